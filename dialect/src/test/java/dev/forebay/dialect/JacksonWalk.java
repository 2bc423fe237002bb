package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Jackson's parser finds in a document: the measure for the reader of our own.
///
/// @param found every name, and every scalar with its path, in order, as far as the document goes
/// @param values every value as it stands, the inner before the outer
/// @param whole the document is well-formed
/// @param path where it breaks off; empty at the root
public record JacksonWalk(List<String> found, List<String> values, boolean whole, String path) {

  public static JacksonWalk of(Slice json) {
    List<String> found = new ArrayList<>();
    List<String> values = new ArrayList<>();
    try (JsonParser parser = Json.parser(json)) {
      try {
        boolean utf8 = parser.nextToken() == null || Json.tokenStart(parser) >= 0;
        if (!utf8 || parser.currentToken() == null) {
          return new JacksonWalk(found, values, false, "");
        }
        value(json, parser, found, values);
        return new JacksonWalk(found, values, parser.nextToken() == null, "");
      } catch (IOException e) {
        return new JacksonWalk(found, values, false, path(parser));
      }
    } catch (IOException e) {
      return new JacksonWalk(found, values, false, "");
    }
  }

  /// A field whose name is empty is not told from the root.
  private static String path(JsonParser parser) {
    String path = Json.path(parser);
    return path == null ? "" : path;
  }

  private static void value(Slice json, JsonParser parser, List<String> found, List<String> values)
      throws IOException {
    String path = path(parser);
    int from = (int) Json.tokenStart(parser);
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          found.add(name);
          parser.nextToken();
          value(json, parser, found, values);
        }
      }
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(json, parser, found, values);
        }
      }
      case VALUE_STRING -> {
        found.add(path + " is \"" + parser.getText());
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        Long integer = integer(parser);
        double number = parser.getDoubleValue();
        found.add(path + " is " + (Double.isFinite(number) ? number : "too large"));
        found.add("as an integer " + integer);
      }
      default -> found.add(path + " is " + parser.getText());
    }
    parser.finishToken();
    // Behind a number that is the whole document Jackson looks one byte too far.
    values.add(json.part(from, (int) Json.position(parser)).text().stripTrailing());
  }

  private static @Nullable Long integer(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      double number = parser.getDoubleValue();
      return Double.isFinite(number) ? (long) number : null;
    }
    try {
      return parser.getLongValue();
    } catch (IOException tooLong) {
      return null;
    }
  }
}
