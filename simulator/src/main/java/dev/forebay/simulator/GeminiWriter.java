package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// Writes a [Generation] as Gemini's answer, as server-sent events or as a JSON array.
///
/// @param project whose signature tool calls and thoughts bear
/// @param signs whether the model signs at all
/// @param showThoughts whether thoughts are sent, or only counted
record GeminiWriter(
    String project,
    String responseId,
    String callId,
    String model,
    Generation generation,
    long inputTokens,
    CacheUse cache,
    boolean signs,
    boolean showThoughts) {

  private static final String JSON = "application/json; charset=UTF-8";

  /// How the chunks of a stream are told apart.
  enum Framing {
    EVENTS,
    ARRAY
  }

  Reply.Whole whole() {
    ObjectNode body = JsonText.object();
    ObjectNode candidate = body.putArray("candidates").addObject();
    candidate.set("content", content(parts()));
    candidate.put("finishReason", finishReason()).put("index", 0);
    finish(body, generation.thoughts().size(), visibleTokens());
    return new Reply.Whole(
        JSON, Buffer.buffer(GeminiText.escape(body.toPrettyString()) + "\n"), generation.tokens());
  }

  private int visibleTokens() {
    return generation.words().size() + generation.callTokens();
  }

  private ArrayNode parts() {
    ArrayNode parts = JsonText.array();
    if (showThoughts && !generation.thoughts().isEmpty()) {
      parts.addObject().put("text", generation.thoughtText()).put("thought", true);
    }
    if (!generation.words().isEmpty()) {
      ObjectNode text = parts.addObject().put("text", generation.text());
      if (signs && !generation.thoughts().isEmpty()) {
        text.put("thoughtSignature", signature());
      }
    }
    Generation.ToolCall call = generation.call();
    if (call != null) {
      parts.add(callPart(call));
    }
    return parts;
  }

  private ObjectNode callPart(Generation.ToolCall call) {
    ObjectNode part = JsonText.object();
    part.putObject("functionCall")
        .put("name", call.name())
        .put("id", callId)
        .set("args", call.arguments());
    if (signs) {
      part.put("thoughtSignature", signature());
    }
    return part;
  }

  private String signature() {
    return Signatures.sign(project, generation.thoughtText());
  }

  private String finishReason() {
    return generation.finish() == Generation.Finish.LENGTH ? "MAX_TOKENS" : "STOP";
  }

  private static ObjectNode content(ArrayNode parts) {
    ObjectNode content = JsonText.object();
    content.set("parts", parts);
    return content.put("role", "model");
  }

  /// Adds what stands in every chunk.
  private void finish(ObjectNode body, long thoughts, long visible) {
    ObjectNode usage = body.putObject("usageMetadata").put("promptTokenCount", inputTokens);
    if (cache.read() > 0) {
      usage.put("cachedContentTokenCount", cache.read());
    }
    if (visible > 0) {
      usage.put("candidatesTokenCount", visible);
    }
    usage.put("totalTokenCount", inputTokens + thoughts + visible);
    usage
        .putArray("promptTokensDetails")
        .addObject()
        .put("modality", "TEXT")
        .put("tokenCount", inputTokens);
    if (cache.read() > 0) {
      usage
          .putArray("cacheTokensDetails")
          .addObject()
          .put("modality", "TEXT")
          .put("tokenCount", cache.read());
    }
    if (thoughts > 0) {
      usage.put("thoughtsTokenCount", thoughts);
    }
    body.put("modelVersion", model).put("responseId", responseId);
  }

  Reply.Streamed stream(Framing framing, double eventsPerSecond) {
    List<StreamEvent> events = new ArrayList<>(generation.tokens() + 3);
    Chunks chunks = new Chunks(events, framing);
    int thoughts = 0;
    if (showThoughts) {
      for (String thought : generation.thoughts()) {
        chunks.text(thought, true, ++thoughts, 0, 1);
      }
    }
    int unseen = generation.thoughts().size() - thoughts;
    thoughts = generation.thoughts().size();
    int visible = 0;
    for (String word : generation.words()) {
      chunks.text(word, false, thoughts, ++visible, 1 + unseen);
      unseen = 0;
    }
    Generation.ToolCall call = generation.call();
    if (call != null) {
      visible += generation.callTokens();
      chunks.add(JsonText.array().add(callPart(call)), false, thoughts, visible, visible + unseen);
      unseen = 0;
    }
    ObjectNode last = JsonText.object().put("text", "");
    if (signs && call == null && thoughts > 0) {
      last.put("thoughtSignature", signature());
    }
    chunks.add(JsonText.array().add(last), true, thoughts, visible, unseen);
    if (framing == Framing.ARRAY) {
      events.add(new StreamEvent(Buffer.buffer("\n]\n"), 0));
    }
    return new Reply.Streamed(
        framing == Framing.EVENTS ? "text/event-stream" : JSON,
        events,
        eventsPerSecond,
        (after, kind) -> error(framing, after, kind));
  }

  /// Collects the chunks of one stream.
  private final class Chunks {
    private final List<StreamEvent> events;
    private final Framing framing;

    Chunks(List<StreamEvent> events, Framing framing) {
      this.events = events;
      this.framing = framing;
    }

    void text(String text, boolean thought, long thoughts, long visible, int tokens) {
      ObjectNode part = JsonText.object().put("text", text);
      if (thought) {
        part.put("thought", true);
      }
      add(JsonText.array().add(part), false, thoughts, visible, tokens);
    }

    void add(ArrayNode parts, boolean last, long thoughts, long visible, int tokens) {
      ObjectNode body = JsonText.object();
      ObjectNode candidate = body.putArray("candidates").addObject();
      candidate.set("content", content(parts));
      if (last) {
        candidate.put("finishReason", finishReason());
      }
      candidate.put("index", 0);
      finish(body, thoughts, visible);
      events.add(new StreamEvent(frame(framing, events.size(), body.toString()), tokens));
    }
  }

  private static Buffer frame(Framing framing, int before, String json) {
    String escaped = GeminiText.escape(json);
    return Buffer.buffer(
        switch (framing) {
          case EVENTS -> "data: " + escaped + "\r\n\r\n";
          case ARRAY -> (before == 0 ? "[" : "\n,\r\n") + escaped;
        });
  }

  private Buffer error(Framing framing, int after, StreamError kind) {
    if (kind == StreamError.GEMINI_NO_FINISH) {
      return Buffer.buffer(framing == Framing.EVENTS ? "" : after == 0 ? "[]" : "\n]\n");
    }
    ObjectNode body;
    if (kind == StreamError.GEMINI_BLOCKED) {
      body = JsonText.object();
      body.putObject("promptFeedback").put("blockReason", "PROHIBITED_CONTENT");
      finish(body, 0, 0);
    } else {
      body = FaultErrors.inside(Provider.GEMINI, kind).body(Provider.GEMINI, "");
    }
    if (kind == StreamError.GEMINI_BARE_JSON && framing == Framing.EVENTS) {
      return Buffer.buffer(GeminiText.escape(body.toPrettyString()) + "\n");
    }
    Buffer framed = frame(framing, after, body.toString());
    return framing == Framing.ARRAY ? framed.appendString("\n]\n") : framed;
  }
}
