package dev.forebay.dialect.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Json;
import dev.forebay.dialect.Slice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Walks one JSON document forward. *Confined to one call.*
///
/// Every value that [#nextName] or [#nextElement] has come to must be read, walked or skipped
/// before the next one is asked for.
public final class JsonReader {

  /// Bytes up to which a string is not worth keeping as it is.
  private static final int SHORT = 64;

  private final Slice json;
  private final JsonParser parser;
  private final @Nullable Where base;

  private JsonReader(Slice json, JsonParser parser, @Nullable Where base) {
    this.json = json;
    this.parser = parser;
    this.base = base;
  }

  /// A reader that stands on the document's root, which must be an object.
  public static JsonReader ofObject(Slice json) throws Fault {
    JsonReader reader = of(json);
    if (!reader.isObject()) {
      throw new Fault(
          GatewayError.Kind.INVALID_JSON,
          null,
          "The body must be a JSON object, but is " + reader.kind() + ".");
    }
    return reader;
  }

  /// A reader that stands on the document's root, whatever that is.
  public static JsonReader of(Slice json) throws Fault {
    return of(json, null);
  }

  /// A reader of a value that was kept aside.
  ///
  /// @param base where the value stood
  public static JsonReader of(Slice json, @Nullable Where base) throws Fault {
    try {
      JsonReader reader = new JsonReader(json, Json.parser(json), base);
      if (reader.next() != null && Json.tokenStart(reader.parser) < 0) {
        throw new Fault(
            GatewayError.Kind.INVALID_JSON, null, "The body must be JSON in UTF-8, but is not.");
      }
      return reader;
    } catch (IOException e) {
      throw new Fault(GatewayError.Kind.INVALID_JSON, null, "The body cannot be read as JSON.");
    }
  }

  private @Nullable JsonToken next() throws Fault {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// Moves on to the next field of the object being walked, and to its value; null at the object's
  /// end.
  public @Nullable String nextName() throws Fault {
    try {
      String name = parser.nextFieldName();
      if (name != null) {
        parser.nextToken();
      }
      return name;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// Moves on to the next element of the array being walked; false at the array's end.
  public boolean nextElement() throws Fault {
    JsonToken token = next();
    return token != null && token != JsonToken.END_ARRAY;
  }

  /// Makes sure that nothing follows the document.
  public void end() throws Fault {
    if (next() != null) {
      throw new Fault(
          GatewayError.Kind.INVALID_JSON,
          null,
          "The body goes on behind its JSON value, at byte " + Json.tokenStart(parser) + ".");
    }
  }

  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  public boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  public boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  public boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /// Begins to walk the object that must be current.
  public void object() throws Fault {
    if (!isObject()) {
      throw wrong("an object");
    }
  }

  /// Begins to walk the object that is current; false when it is null instead.
  public boolean objectOrNull() throws Fault {
    if (isNull()) {
      return false;
    }
    object();
    return true;
  }

  /// Begins to walk the array that must be current.
  public void array() throws Fault {
    if (!isArray()) {
      throw wrong("an array");
    }
  }

  /// Begins to walk the array that is current; false when it is null instead.
  public boolean arrayOrNull() throws Fault {
    if (isNull()) {
      return false;
    }
    array();
    return true;
  }

  public String text() throws Fault {
    if (!isText()) {
      throw wrong("a string");
    }
    try {
      return parser.getText();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// The string that is current, decoded only when it is short.
  public Words words() throws Fault {
    if (!isText()) {
      throw wrong("a string");
    }
    int from = (int) Json.tokenStart(parser);
    int to = Json.stringEnd(json, from);
    // Of a string that does not end the parser says where it broke off.
    return to < 0 || to - from < SHORT ? Words.of(text()) : Words.literal(json.part(from, to));
  }

  public @Nullable Words wordsOrNull() throws Fault {
    return isNull() ? null : words();
  }

  public @Nullable String textOrNull() throws Fault {
    return isNull() ? null : text();
  }

  /// The text of a string; null for anything else, which is passed over.
  public @Nullable String textOrSkip() throws Fault {
    if (isText()) {
      return text();
    }
    skip();
    return null;
  }

  public @Nullable Boolean flag() throws Fault {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw wrong("true or false");
    };
  }

  public @Nullable Long integer() throws Fault {
    Double number = number("an integer");
    if (number == null) {
      return null;
    }
    try {
      return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
          ? parser.getLongValue()
          : Long.valueOf((long) (double) number);
    } catch (IOException e) {
      throw wrong("an integer");
    }
  }

  public @Nullable Double number() throws Fault {
    return number("a number");
  }

  private @Nullable Double number(String expected) throws Fault {
    if (isNull()) {
      return null;
    }
    if (!parser.currentToken().isNumeric()) {
      throw wrong(expected);
    }
    try {
      double number = parser.getDoubleValue();
      if (!Double.isFinite(number)) {
        throw wrong(expected);
      }
      return number;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// The bytes of the value, whatever it is; a range of the document.
  public Slice raw() throws Fault {
    try {
      int from = (int) Json.tokenStart(parser);
      parser.skipChildren();
      parser.finishToken();
      return json.part(from, (int) Json.position(parser));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// The bytes of the value; null when it is null.
  public @Nullable Slice rawOrNull() throws Fault {
    return isNull() ? null : raw();
  }

  public void skip() throws Fault {
    try {
      parser.skipChildren();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// The path to the value; empty at the root.
  public String path() {
    String path = Json.path(parser);
    if (base == null) {
      return path == null ? "" : path;
    }
    return path == null ? base.toString() : base + (path.startsWith("[") ? path : "." + path);
  }

  /// The value is not what it must be.
  public Fault wrong(String expected) {
    String path = path();
    String subject = path.isEmpty() ? "The body" : "\"" + path + "\"";
    return new Fault(
        GatewayError.Kind.INVALID_REQUEST,
        path,
        subject + " must be " + expected + ", but is " + kind() + ".");
  }

  private String kind() {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case null -> "empty";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "no value";
    };
  }

  private Fault broken(IOException e) {
    String path = path();
    String reason =
        e instanceof JsonProcessingException syntax ? Json.reason(syntax, path) : "it breaks off";
    return new Fault(
        GatewayError.Kind.INVALID_JSON,
        path.isEmpty() ? null : path,
        "The body is not valid JSON: " + reason + ".");
  }
}
