package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.dialect.BodyEdits.Edit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Whether a request asks for `stream_options.include_usage`, and the splices that make it ask.
/// *Confined to the exchange.*
final class UsageAsking {

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final String FLAG = "\"include_usage\":true";
  private static final byte[] ONLY_FLAG = FLAG.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FLAG_FIRST = (FLAG + ",").getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OBJECT = ("{" + FLAG + "}").getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FIELD =
      ("\"stream_options\":{" + FLAG + "},").getBytes(StandardCharsets.US_ASCII);

  private final JsonParser parser;
  private final List<Edit> edits = new ArrayList<>(1);
  private boolean options;
  private boolean asked;

  UsageAsking(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads the value of `stream_options`; of several the last one counts, and all are edited.
  void options(JsonToken value) throws IOException {
    options = true;
    asked = false;
    long from = Json.tokenStart(parser);
    switch (value) {
      case VALUE_NULL -> edits.add(new Edit(from, from + 4, OBJECT));
      case START_OBJECT -> object(from + 1);
      default -> {
        // Anything else the provider refuses, and better in its own words.
      }
    }
  }

  private void object(long inside) throws IOException {
    boolean empty = true;
    boolean flag = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      empty = false;
      JsonToken value = parser.nextToken();
      if (name.equals("include_usage")) {
        flag = true;
        asked = value == JsonToken.VALUE_TRUE;
        long from = Json.tokenStart(parser);
        if (value == JsonToken.VALUE_FALSE) {
          edits.add(new Edit(from, from + 5, TRUE));
        } else if (value == JsonToken.VALUE_NULL) {
          edits.add(new Edit(from, from + 4, TRUE));
        }
      }
      parser.skipChildren();
    }
    if (!flag) {
      edits.add(new Edit(inside, inside, empty ? ONLY_FLAG : FLAG_FIRST));
    }
  }

  boolean asked() {
    return asked;
  }

  /// What makes the request ask.
  ///
  /// @param root where the root object opens; it is never empty, for it names a model
  List<Edit> edits(long root) {
    return options ? edits : List.of(new Edit(root + 1, root + 1, FIELD));
  }
}
