package dev.forebay.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/// JSON trees to and from bytes.
final class JsonText {

  /// One string may be as long as the largest body that any of the APIs takes.
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(64 << 20).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonText() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// The tree of a request body.
  static JsonNode parse(byte[] body) throws IOException {
    return MAPPER.readTree(body);
  }

  static Buffer bytes(JsonNode node) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(node));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static Buffer pretty(JsonNode node) {
    return Buffer.buffer(node.toPrettyString() + "\n");
  }

  /// Appends `text` with the escapes that stand between the quotes of a JSON string.
  static void escape(CharSequence text, StringBuilder out) {
    JsonStringEncoder.getInstance().quoteAsString(text, out);
  }

  static String escape(CharSequence text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    escape(text, out);
    return out.toString();
  }

  /// The string under `name`, or empty when it is missing or no string.
  static String string(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? value.textValue() : "";
  }

  /// What is wrong with JSON that did not parse, in one line.
  static String reason(IOException malformed) {
    return malformed instanceof JsonProcessingException problem && problem.getLocation() != null
        ? problem.getOriginalMessage()
            + " (line "
            + problem.getLocation().getLineNr()
            + ", column "
            + problem.getLocation().getColumnNr()
            + ")"
        : "it is not UTF-8";
  }
}
