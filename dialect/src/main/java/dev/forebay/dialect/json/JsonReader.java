package dev.forebay.dialect.json;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.JsonTokens.Token;
import org.jspecify.annotations.Nullable;

/// Walks one JSON document forward. *Confined to one call.*
///
/// Every value that [#nextName] or [#nextElement] has come to must be read, walked or skipped
/// before the next one is asked for.
public final class JsonReader {

  private final Slice json;
  private final JsonTokens tokens;

  private JsonReader(Slice json, JsonTokens tokens) {
    this.json = json;
    this.tokens = tokens;
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
    JsonTokens tokens = new JsonTokens(json, base);
    tokens.root();
    return new JsonReader(json, tokens);
  }

  /// Moves on to the next field of the object being walked, and to its value; null at the object's
  /// end.
  public @Nullable String nextName() throws Fault {
    return tokens.inObject() && tokens.field() ? tokens.name() : null;
  }

  /// Moves on to the next element of the array being walked; false at the array's end.
  public boolean nextElement() throws Fault {
    return tokens.inArray() && tokens.element();
  }

  /// Makes sure that nothing follows the document.
  public void end() throws Fault {
    int behind = tokens.behind();
    if (behind >= 0) {
      throw new Fault(
          GatewayError.Kind.INVALID_JSON,
          null,
          "The body goes on behind its JSON value, at byte " + behind + ".");
    }
  }

  public boolean isNull() {
    return tokens.token() == Token.NULL;
  }

  public boolean isText() {
    return tokens.token() == Token.TEXT;
  }

  public boolean isObject() {
    return tokens.token() == Token.OBJECT;
  }

  public boolean isArray() {
    return tokens.token() == Token.ARRAY;
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
    return tokens.text();
  }

  /// The string that is current, to be decoded when somebody asks.
  public Words words() throws Fault {
    if (!isText()) {
      throw wrong("a string");
    }
    return tokens.words();
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

  /// The text of a string; `otherwise` for anything else, which is passed over.
  public String textOr(String otherwise) throws Fault {
    String text = textOrSkip();
    return text == null ? otherwise : text;
  }

  public @Nullable Boolean flag() throws Fault {
    return switch (tokens.token()) {
      case TRUE -> true;
      case FALSE -> false;
      case NULL -> null;
      case NONE, OBJECT, OBJECT_END, ARRAY, ARRAY_END, TEXT, INTEGER, DECIMAL ->
          throw wrong("true or false");
    };
  }

  public @Nullable Long integer() throws Fault {
    if (tokens.token() != Token.INTEGER) {
      Double number = number("an integer");
      return number == null ? null : Long.valueOf((long) (double) number);
    }
    try {
      return tokens.integer();
    } catch (NumberFormatException tooLong) {
      throw wrong("an integer");
    }
  }

  public @Nullable Double number() throws Fault {
    return number("a number");
  }

  /// A number; null for anything else, which is passed over.
  public @Nullable Double numberOrSkip() throws Fault {
    if (tokens.token() == Token.INTEGER || tokens.token() == Token.DECIMAL) {
      double number = tokens.decimal();
      return Double.isFinite(number) ? number : null;
    }
    skip();
    return null;
  }

  /// A number without its fraction; null for anything else, which is passed over.
  public @Nullable Long wholeOrSkip() throws Fault {
    Double number = numberOrSkip();
    return number == null ? null : Long.valueOf((long) (double) number);
  }

  private @Nullable Double number(String expected) throws Fault {
    if (isNull()) {
      return null;
    }
    if (tokens.token() != Token.INTEGER && tokens.token() != Token.DECIMAL) {
      throw wrong(expected);
    }
    double number = tokens.decimal();
    if (!Double.isFinite(number)) {
      throw wrong(expected);
    }
    return number;
  }

  /// The bytes of the value, whatever it is; a range of the document.
  public Slice raw() throws Fault {
    int from = tokens.from();
    tokens.skip();
    return json.part(from, tokens.to());
  }

  /// The bytes of the value; null when it is null.
  public @Nullable Slice rawOrNull() throws Fault {
    return isNull() ? null : raw();
  }

  public void skip() throws Fault {
    tokens.skip();
  }

  /// The path to the value; empty at the root.
  public String path() {
    return tokens.path();
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
    return switch (tokens.token()) {
      case NONE -> "empty";
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case TEXT -> "a string";
      case INTEGER, DECIMAL -> "a number";
      case TRUE, FALSE -> "a boolean";
      case NULL -> "null";
      case OBJECT_END, ARRAY_END -> "no value";
    };
  }
}
