package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How this module reads JSON: the one parser factory, and words for what it trips over.
public final class Json {

  /// Deeper nesting than this is refused; the providers stop earlier.
  public static final int MAX_DEPTH = 500;

  private static final int LONGEST_REASON = 300;

  /// Names come from callers: they are neither interned, nor do colliding ones stop the parser (its
  /// table then simply forgets them). Strings are only bounded by the body that holds them.
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  static JsonParser parser(Slice json) throws IOException {
    return FACTORY.createParser(json.array(), json.offset(), json.length());
  }

  /// Moves to a field of the object that is current or opens next, and on to its value; false when
  /// there is none, with the object passed.
  static boolean find(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() == null) {
      parser.nextToken();
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals(field)) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  /// The text of a string in the root object; null when it has none, or is no JSON.
  static byte @Nullable [] topLevelString(Slice json, String field) {
    try (JsonParser parser = parser(json)) {
      return find(parser, field) && parser.currentToken() == JsonToken.VALUE_STRING
          ? parser.getText().getBytes(StandardCharsets.UTF_8)
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  /// Whether a document is whole and well-formed.
  public static boolean isValid(Slice json) {
    try (JsonParser parser = parser(json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether the current value holds anything: it is no null, no false and not empty. An object or
  /// array is passed over.
  static boolean isSomething(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL, VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getTextLength() > 0;
      case START_OBJECT, START_ARRAY -> {
        JsonToken first = parser.nextToken();
        boolean empty = first == JsonToken.END_OBJECT || first == JsonToken.END_ARRAY;
        int open = empty ? 0 : 1;
        while (open > 0) {
          if (first.isStructStart()) {
            open++;
          } else if (first.isStructEnd()) {
            open--;
          }
          first = open > 0 ? parser.nextToken() : first;
        }
        yield !empty;
      }
      default -> true;
    };
  }

  /// The bytes of a JSON string literal, quotes included.
  public static byte[] quoted(String text) {
    byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    byte[] quoted = new byte[escaped.length + 2];
    quoted[0] = '"';
    System.arraycopy(escaped, 0, quoted, 1, escaped.length);
    quoted[quoted.length - 1] = '"';
    return quoted;
  }

  /// Where the current token begins, in bytes from the beginning of the document.
  static long tokenStart(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  /// Where the parser stands: behind the current token, once that has been read in full.
  static long position(JsonParser parser) {
    return parser.currentLocation().getByteOffset();
  }

  /// The path to where the parser stands, as `messages[2].content`; null at the root.
  static @Nullable String path(JsonParser parser) {
    StringBuilder path = new StringBuilder();
    JsonStreamContext context = parser.getParsingContext();
    int steps = 0;
    while (context != null && !context.inRoot()) {
      // Paths of a hostile depth would only be noise.
      if (++steps > 12) {
        path.insert(0, "…");
        break;
      }
      if (context.inArray()) {
        path.insert(0, "[" + Math.max(0, context.getCurrentIndex()) + "]");
      } else if (context.getCurrentName() != null) {
        String name = context.getCurrentName();
        path.insert(0, "." + (name.length() > 60 ? name.substring(0, 60) + "…" : name));
      }
      context = context.getParent();
    }
    if (path.isEmpty()) {
      return null;
    }
    return path.charAt(0) == '.' ? path.substring(1) : path.toString();
  }

  /// What is wrong with a document, with its position.
  static String reason(JsonProcessingException e, @Nullable String path) {
    if (e instanceof StreamConstraintsException && e.getOriginalMessage().contains("nesting")) {
      return "it is nested deeper than " + MAX_DEPTH + " levels";
    }
    String message = e.getOriginalMessage();
    if (message.length() > LONGEST_REASON) {
      message = message.substring(0, LONGEST_REASON) + "…";
    }
    StringBuilder reason = new StringBuilder();
    if (e.getLocation() != null) {
      reason
          .append("byte ")
          .append(e.getLocation().getByteOffset())
          .append(", line ")
          .append(e.getLocation().getLineNr())
          .append(", column ")
          .append(e.getLocation().getColumnNr());
      if (path != null) {
        reason.append(", in ").append(path);
      }
      reason.append(": ");
    }
    return reason.append(message).toString();
  }
}
