package dev.forebay.app.roundtrip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.neutral.AnswerEvent;
import java.util.List;

/// Streams as lists of events: the smallest ones around an event, and their form on the wire.
final class Streams {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String CHUNK =
      """
      {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",
       "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\
      """;
  private static final String CANDIDATE =
      "{\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\",\"content\":{\"role\":\"model\"}}]}";

  private static final String MESSAGE_START =
      """
      {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"m",
       "content":[],"stop_reason":null,"stop_sequence":null,
       "usage":{"input_tokens":1,"output_tokens":1}}}\
      """;
  private static final String BLOCK_START =
      "{\"type\":\"content_block_start\",\"index\":2001,\"content_block\":%s}";
  private static final String BLOCK_STOP = "{\"type\":\"content_block_stop\",\"index\":2001}";
  private static final String TEXT_DELTA =
      """
      {"type":"content_block_delta","index":2001,"delta":{"type":"text_delta","text":"said"}}\
      """;
  private static final String MESSAGE_DELTA =
      """
      {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},
       "usage":{"output_tokens":2}}\
      """;
  private static final String MESSAGE_STOP = "{\"type\":\"message_stop\"}";

  private static final String CREATED =
      """
      {"type":"response.created","sequence_number":0,
       "response":{"id":"r","object":"response","model":"m","status":"in_progress","output":[]}}\
      """;
  private static final String CALL_ADDED =
      """
      {"type":"response.output_item.added","sequence_number":1,"output_index":2001,
       "item":{"type":"%s","id":"one-item_id","call_id":"call","name":"f"}}\
      """;
  private static final String OUTPUT_TEXT =
      """
      {"type":"response.output_text.delta","sequence_number":1,"output_index":2001,
       "content_index":2001,"item_id":"one-item_id","delta":"said","logprobs":[]}\
      """;
  private static final String COMPLETED =
      """
      {"type":"response.completed","sequence_number":9,
       "response":{"id":"r","object":"response","model":"m","status":"completed","output":[]}}\
      """;

  private Streams() {}

  /// What a stream says. *Immutable.*
  record Steps(List<AnswerEvent> events, Usage usage) {}

  /// The events of the smallest stream that has this one.
  static ArrayNode around(Wire wire, JsonNode event) {
    ArrayNode stream = JsonNodeFactory.instance.arrayNode();
    switch (wire) {
      case CHAT -> stream.add(event).add(json(CHUNK));
      // Nothing comes after a refused prompt and after the end.
      case GEMINI -> {
        stream.add(event);
        boolean ends = event.at("/candidates/0").has("finishReason");
        if (!event.has("promptFeedback") && !ends) {
          stream.add(json(CANDIDATE));
        }
      }
      case MESSAGES -> message(event, stream);
      case RESPONSES -> response(event, stream);
    }
    return stream;
  }

  private static void message(JsonNode event, ArrayNode stream) {
    String type = event.path("type").asText();
    if (!type.equals("message_start")) {
      stream.add(json(MESSAGE_START));
    }
    boolean inBlock = type.equals("content_block_delta") || type.equals("content_block_stop");
    if (inBlock) {
      stream.add(json(BLOCK_START.formatted(block(event.path("delta").path("type").asText()))));
    }
    if (event.path("delta").path("type").asText().equals("citations_delta")) {
      stream.add(json(TEXT_DELTA));
    }
    stream.add(event);
    if (type.equals("content_block_start") || type.equals("content_block_delta")) {
      stream.add(json(BLOCK_STOP));
    }
    if (!type.equals("message_delta")) {
      stream.add(json(MESSAGE_DELTA));
    }
    if (!type.equals("message_stop")) {
      stream.add(json(MESSAGE_STOP));
    }
  }

  private static String block(String delta) {
    return switch (delta) {
      case "input_json_delta" -> "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}";
      case "thinking_delta", "signature_delta" ->
          "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}";
      default -> "{\"type\":\"text\",\"text\":\"\"}";
    };
  }

  private static void response(JsonNode event, ArrayNode stream) {
    String type = event.path("type").asText();
    boolean begins = type.equals("response.created");
    boolean ends = type.equals("response.completed") || type.equals("response.incomplete");
    if (!begins) {
      stream.add(json(CREATED));
    }
    String call =
        type.startsWith("response.function_call_arguments")
            ? "function_call"
            : type.startsWith("response.custom_tool_call_input") ? "custom_tool_call" : "";
    if (!call.isEmpty()) {
      stream.add(json(CALL_ADDED.formatted(call)));
    }
    if (type.equals("response.output_item.done")) {
      JsonNode added = event.deepCopy();
      ((com.fasterxml.jackson.databind.node.ObjectNode) added)
          .put("type", "response.output_item.added");
      stream.add(added);
    }
    if (type.equals("response.output_text.annotation.added")) {
      stream.add(json(OUTPUT_TEXT));
    }
    stream.add(event);
    if (!ends) {
      stream.add(json(COMPLETED));
    }
  }

  /// The stream as it comes over the wire.
  static String sse(JsonNode events) {
    StringBuilder text = new StringBuilder();
    for (JsonNode event : events) {
      if (event.hasNonNull("type")) {
        text.append("event: ").append(event.path("type").asText()).append('\n');
      }
      text.append("data: ").append(event).append("\n\n");
    }
    return text.toString();
  }

  /// The events of what came over the wire.
  static ArrayNode events(String sse) {
    ArrayNode events = JsonNodeFactory.instance.arrayNode();
    for (String line : sse.split("\n", -1)) {
      if (line.startsWith("data: {")) {
        events.add(json(line.substring("data: ".length())));
      }
    }
    return events;
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
