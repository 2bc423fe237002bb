package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// Writes a [Generation] as Anthropic's message or stream of events.
///
/// @param organization whose signature thinking blocks bear
/// @param showThoughts whether thinking is sent, or only its signature
record MessagesWriter(
    String organization,
    String id,
    String toolUseId,
    String model,
    Generation generation,
    long inputTokens,
    CacheUse cache,
    boolean showThoughts) {

  Reply.Whole whole() {
    return new Reply.Whole("application/json", JsonText.bytes(message()), generation.tokens());
  }

  /// The whole message.
  ObjectNode message() {
    ObjectNode message = head();
    message.set("content", content());
    message.put("stop_reason", stopReason());
    message.put("stop_sequence", generation.stopString());
    message.set("usage", usage(generation.tokens()));
    return message;
  }

  ArrayNode content() {
    ArrayNode content = JsonText.array();
    if (!generation.thoughts().isEmpty()) {
      content
          .addObject()
          .put("type", "thinking")
          .put("thinking", showThoughts ? generation.thoughtText() : "")
          .put("signature", signature());
    }
    if (!generation.words().isEmpty()) {
      content.addObject().put("type", "text").put("text", generation.text());
    }
    Generation.ToolCall call = generation.call();
    if (call != null) {
      ObjectNode block = content.addObject().put("type", "tool_use").put("id", toolUseId);
      block.put("name", call.name()).set("input", call.arguments());
    }
    return content;
  }

  private ObjectNode head() {
    return JsonText.object()
        .put("id", id)
        .put("type", "message")
        .put("role", "assistant")
        .put("model", model);
  }

  private String signature() {
    return Signatures.sign(organization, generation.thoughtText());
  }

  private String stopReason() {
    return switch (generation.finish()) {
      case END -> "end_turn";
      case LENGTH -> "max_tokens";
      case TOOL -> "tool_use";
      case STOP_STRING -> "stop_sequence";
    };
  }

  private ObjectNode usage(long outputTokens) {
    ObjectNode usage = JsonText.object();
    usage.put("input_tokens", inputTokens - cache.read() - cache.write());
    usage.put("cache_creation_input_tokens", cache.write());
    usage.put("cache_read_input_tokens", cache.read());
    usage
        .putObject("cache_creation")
        .put("ephemeral_5m_input_tokens", cache.writeShort())
        .put("ephemeral_1h_input_tokens", cache.writeLong());
    usage.put("output_tokens", outputTokens);
    if (!generation.thoughts().isEmpty()) {
      usage.putObject("output_tokens_details").put("thinking_tokens", generation.thoughts().size());
    }
    return usage.put("service_tier", "standard").put("inference_geo", "global");
  }

  Reply.Streamed stream(double eventsPerSecond) {
    return new Reply.Streamed(
        "text/event-stream; charset=utf-8", events(), eventsPerSecond, MessagesWriter::error);
  }

  private List<StreamEvent> events() {
    List<StreamEvent> events = new ArrayList<>(generation.tokens() + 10);
    ObjectNode message = head();
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.set("usage", usage(1));
    ObjectNode start = JsonText.object().put("type", "message_start");
    start.set("message", message);
    events.add(event("message_start", start.toString(), 0));
    int index = 0;
    if (!generation.thoughts().isEmpty()) {
      addThinking(events, index++);
    }
    if (!generation.words().isEmpty()) {
      addText(events, index++);
    }
    Generation.ToolCall call = generation.call();
    if (call != null) {
      addToolUse(events, index, call);
    }
    ObjectNode delta = JsonText.object().put("type", "message_delta");
    delta
        .putObject("delta")
        .put("stop_reason", stopReason())
        .put("stop_sequence", generation.stopString());
    delta.set("usage", usage(generation.tokens()));
    events.add(event("message_delta", delta.toString(), 0));
    events.add(event("message_stop", "{\"type\":\"message_stop\"}", 0));
    return events;
  }

  private void addThinking(List<StreamEvent> events, int index) {
    open(events, index, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
    int unseen = 0;
    for (String thought : generation.thoughts()) {
      if (showThoughts) {
        events.add(delta(index, "thinking_delta", "thinking", thought, 1));
      } else {
        unseen++;
      }
    }
    events.add(delta(index, "signature_delta", "signature", signature(), unseen));
    close(events, index);
  }

  private void addText(List<StreamEvent> events, int index) {
    open(events, index, "{\"type\":\"text\",\"text\":\"\"}");
    for (String word : generation.words()) {
      events.add(delta(index, "text_delta", "text", word, 1));
    }
    close(events, index);
  }

  private void addToolUse(List<StreamEvent> events, int index, Generation.ToolCall call) {
    ObjectNode block = JsonText.object().put("type", "tool_use").put("id", toolUseId);
    block.put("name", call.name()).putObject("input");
    open(events, index, block.toString());
    events.add(delta(index, "input_json_delta", "partial_json", "", 0));
    for (String piece : call.pieces()) {
      events.add(delta(index, "input_json_delta", "partial_json", piece, 1));
    }
    close(events, index);
  }

  private static void open(List<StreamEvent> events, int index, String block) {
    events.add(
        event(
            "content_block_start",
            "{\"type\":\"content_block_start\",\"index\":"
                + index
                + ",\"content_block\":"
                + block
                + "}",
            0));
    if (index == 0) {
      events.add(event("ping", "{\"type\":\"ping\"}", 0));
    }
  }

  private static StreamEvent delta(int index, String type, String field, String text, int tokens) {
    StringBuilder data = new StringBuilder(128 + text.length());
    data.append("{\"type\":\"content_block_delta\",\"index\":").append(index);
    data.append(",\"delta\":{\"type\":\"").append(type).append("\",\"").append(field);
    data.append("\":\"");
    JsonText.escape(text, data);
    data.append("\"}}");
    return event("content_block_delta", data, tokens);
  }

  private static void close(List<StreamEvent> events, int index) {
    events.add(
        event(
            "content_block_stop", "{\"type\":\"content_block_stop\",\"index\":" + index + "}", 0));
  }

  private static StreamEvent event(String name, CharSequence data, int tokens) {
    return new StreamEvent(Buffer.buffer("event: " + name + "\ndata: " + data + "\n\n"), tokens);
  }

  private static Buffer error(int events, StreamError kind) {
    ObjectNode data = JsonText.object().put("type", "error");
    data.set("error", FaultErrors.inside(Provider.ANTHROPIC, kind).anthropicError());
    return Buffer.buffer("event: error\ndata: " + data + "\n\n");
  }
}
