package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes [Generation]s as a chat completion or its stream of chunks.
///
/// @param obfuscate whether chunks carry a random string that hides their length
record ChatWriter(
    Provider provider,
    String id,
    String callId,
    long created,
    String model,
    List<Generation> choices,
    long inputTokens,
    CacheUse cache,
    boolean usageAsked,
    boolean obfuscate) {

  private static final String FINGERPRINT = "fp_5131a7e1f0";

  Reply.Whole whole() {
    ObjectNode body = head("chat.completion");
    ArrayNode array = body.putArray("choices");
    for (int i = 0; i < choices.size(); i++) {
      Generation generation = choices.get(i);
      ObjectNode choice = array.addObject().put("index", i);
      choice.set("message", message(generation, i));
      choice.putNull("logprobs").put("finish_reason", finishReason(generation));
    }
    body.set("usage", usage());
    body.put("service_tier", "default").put("system_fingerprint", FINGERPRINT);
    return new Reply.Whole("application/json", JsonText.bytes(body), tokens());
  }

  private int tokens() {
    return choices.stream().mapToInt(Generation::tokens).sum();
  }

  private ObjectNode head(String object) {
    return JsonText.object()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", model);
  }

  private ObjectNode message(Generation generation, int index) {
    ObjectNode message = JsonText.object().put("role", "assistant");
    Generation.ToolCall call = generation.call();
    message.put("content", call == null ? generation.text() : null);
    if (call != null) {
      message
          .putArray("tool_calls")
          .addObject()
          .put("id", callId(index))
          .put("type", "function")
          .putObject("function")
          .put("name", call.name())
          .put("arguments", call.arguments().toString());
    }
    message.putNull("refusal").putArray("annotations");
    return message;
  }

  private String callId(int index) {
    return index == 0 ? callId : callId + index;
  }

  private static String finishReason(Generation generation) {
    return switch (generation.finish()) {
      case END, STOP_STRING -> "stop";
      case LENGTH -> "length";
      case TOOL -> "tool_calls";
    };
  }

  private ObjectNode usage() {
    long output = tokens();
    long reasoning = choices.stream().mapToInt(choice -> choice.thoughts().size()).sum();
    ObjectNode usage =
        JsonText.object()
            .put("prompt_tokens", inputTokens)
            .put("completion_tokens", output)
            .put("total_tokens", inputTokens + output);
    usage
        .putObject("prompt_tokens_details")
        .put("cached_tokens", cache.read())
        .put("cache_write_tokens", cache.write())
        .put("audio_tokens", 0);
    usage
        .putObject("completion_tokens_details")
        .put("reasoning_tokens", reasoning)
        .put("audio_tokens", 0)
        .put("accepted_prediction_tokens", 0)
        .put("rejected_prediction_tokens", 0);
    return usage;
  }

  Reply.Streamed stream(double eventsPerSecond) {
    List<StreamEvent> events = new ArrayList<>(tokens() + 4);
    for (int i = 0; i < choices.size(); i++) {
      addChoice(events, choices.get(i), i);
    }
    if (usageAsked) {
      ObjectNode chunk = head("chat.completion.chunk");
      chunk.put("service_tier", "default").put("system_fingerprint", FINGERPRINT);
      chunk.putArray("choices");
      chunk.set("usage", usage());
      events.add(new StreamEvent(Buffer.buffer("data: " + chunk + "\n\n"), 0));
    }
    events.add(new StreamEvent(Buffer.buffer("data: [DONE]\n\n"), 0));
    return new Reply.Streamed(
        "text/event-stream; charset=utf-8",
        events,
        eventsPerSecond,
        (_, kind) -> error(provider, kind));
  }

  private void addChoice(List<StreamEvent> events, Generation generation, int index) {
    Generation.ToolCall call = generation.call();
    String prefix = prefix(index);
    if (call == null) {
      events.add(
          chunk(prefix, "\"role\":\"assistant\",\"content\":\"\",\"refusal\":null", null, 0));
      // The reader waits for the reasoning that is not shown.
      int unseen = generation.thoughts().size();
      for (String word : generation.words()) {
        events.add(chunk(prefix, "\"content\":\"" + JsonText.escape(word) + '"', null, 1 + unseen));
        unseen = 0;
      }
    } else {
      events.add(chunk(prefix, "\"role\":\"assistant\",\"content\":null", null, 0));
      String opening =
          "\"tool_calls\":[{\"index\":0,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"\"}}]"
              .formatted(callId(index), JsonText.escape(call.name()));
      events.add(chunk(prefix, opening, null, generation.thoughts().size()));
      for (String piece : call.pieces()) {
        String delta =
            "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\""
                + JsonText.escape(piece)
                + "\"}}]";
        events.add(chunk(prefix, delta, null, 1));
      }
    }
    events.add(chunk(prefix, "", finishReason(generation), 0));
  }

  private String prefix(int index) {
    return "data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"created\":%d,\"model\":\"%s\",\"service_tier\":\"default\",\"system_fingerprint\":\"%s\",\"choices\":[{\"index\":%d,\"delta\":{"
        .formatted(id, created, JsonText.escape(model), FINGERPRINT, index);
  }

  private StreamEvent chunk(String prefix, String delta, @Nullable String finish, int tokens) {
    StringBuilder data = new StringBuilder(prefix.length() + delta.length() + 96);
    data.append(prefix).append(delta).append('}');
    if (provider == Provider.OPENAI) {
      data.append(",\"logprobs\":null");
    }
    data.append(",\"finish_reason\":");
    if (finish == null) {
      data.append("null");
    } else {
      data.append('"').append(finish).append('"');
    }
    data.append("}]");
    if (usageAsked) {
      data.append(",\"usage\":null");
    }
    if (obfuscate) {
      data.append(",\"obfuscation\":\"").append(noise(data.length())).append('"');
    }
    return new StreamEvent(Buffer.buffer(data.append("}\n\n").toString()), tokens);
  }

  /// Brings a chunk to the next multiple of 16 bytes.
  static String noise(int length) {
    return "hJ3kPq9ZtB7wXc1V".substring(length % 16);
  }

  private static Buffer error(Provider provider, StreamError kind) {
    ObjectNode body = FaultErrors.inside(provider, kind).body(provider, "");
    String name = kind == StreamError.CHAT_NAMED_EVENT ? "event: error\n" : "";
    return Buffer.buffer(name + "data: " + body + "\n\n");
  }
}
