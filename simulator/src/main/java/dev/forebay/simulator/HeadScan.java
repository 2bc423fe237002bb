package dev.forebay.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/// The model and the stream flag of a request, found without building its tree.
sealed interface HeadScan {

  /// @param model empty if the body names none
  /// @param usage whether `stream_options.include_usage` is set
  record Head(String model, boolean stream, boolean usage) implements HeadScan {}

  record Malformed(String reason) implements HeadScan {}

  JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(64 << 20).build())
          .build();

  static HeadScan scan(byte[] body) {
    String model = "";
    boolean stream = false;
    boolean usage = false;
    try (JsonParser parser = FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Malformed("expected an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("model") && value == JsonToken.VALUE_STRING) {
          model = parser.getText();
        } else if (name.equals("stream") && value.isBoolean()) {
          stream = parser.getBooleanValue();
        } else if (name.equals("stream_options") && value == JsonToken.START_OBJECT) {
          usage = includesUsage(parser);
        } else {
          parser.skipChildren();
        }
      }
      return new Head(model, stream, usage);
    } catch (IOException malformed) {
      return new Malformed(JsonText.reason(malformed));
    }
  }

  private static boolean includesUsage(JsonParser parser) throws IOException {
    boolean usage = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("include_usage");
      JsonToken value = parser.nextToken();
      if (wanted) {
        usage = value == JsonToken.VALUE_TRUE;
      }
      parser.skipChildren();
    }
    return usage;
  }
}
