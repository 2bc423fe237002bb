package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// Writes a [Generation] as a Responses object or its stream of events.
///
/// @param request whose settings the answer repeats
/// @param removed reasoning items that were left out of the input, with the reason
record ResponsesWriter(
    JsonNode request,
    String id,
    long createdAt,
    String model,
    ResponseItems items,
    long inputTokens,
    CacheUse cache,
    ArrayNode removed) {

  private static final String[] REPEATED = {
    "instructions",
    "max_output_tokens",
    "max_tool_calls",
    "previous_response_id",
    "prompt_cache_key",
    "safety_identifier",
    "user"
  };

  Reply.Whole whole() {
    return new Reply.Whole(
        "application/json", JsonText.bytes(finished()), items.generation().tokens());
  }

  /// The response at its end.
  ObjectNode finished() {
    ObjectNode response = response(items.incomplete() ? "incomplete" : "completed");
    if (items.incomplete()) {
      response.putObject("incomplete_details").put("reason", "max_output_tokens");
    } else {
      response.put("completed_at", createdAt);
    }
    response.set("output", items.output());
    response.set("usage", usage());
    return response;
  }

  /// The response without output.
  ObjectNode response(String status) {
    ObjectNode response =
        JsonText.object()
            .put("id", id)
            .put("object", "response")
            .put("created_at", createdAt)
            .put("status", status)
            .put("background", false)
            .put("model", model);
    response.putNull("error").putNull("incomplete_details");
    for (String name : REPEATED) {
      response.set(name, request.path(name).deepCopy());
      if (response.get(name).isMissingNode()) {
        response.putNull(name);
      }
    }
    response.putArray("output");
    response.put("parallel_tool_calls", request.path("parallel_tool_calls").asBoolean(true));
    ObjectNode reasoning = response.putObject("reasoning");
    reasoning.put("effort", text(request.path("reasoning"), "effort"));
    reasoning.put("summary", text(request.path("reasoning"), "summary"));
    response.put("service_tier", "default");
    response.put("store", request.path("store").asBoolean(true));
    response.put("temperature", request.path("temperature").asDouble(1));
    setText(response);
    JsonNode choice = request.path("tool_choice");
    if (choice.isMissingNode() || choice.isNull()) {
      response.put("tool_choice", "auto");
    } else {
      response.set("tool_choice", choice);
    }
    response.set(
        "tools", request.path("tools").isArray() ? request.get("tools") : JsonText.array());
    response.put("top_logprobs", 0).put("top_p", request.path("top_p").asDouble(1));
    response.put("truncation", "disabled").putNull("usage");
    response.set(
        "metadata",
        request.path("metadata").isObject() ? request.get("metadata") : JsonText.object());
    if (!removed.isEmpty()) {
      response.set("input_transformations", removed);
    }
    return response;
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.path(name).isTextual() ? node.get(name).textValue() : null;
  }

  private void setText(ObjectNode response) {
    ObjectNode text = response.putObject("text");
    JsonNode format = request.path("text").path("format");
    if (format.isObject()) {
      text.set("format", format);
    } else {
      text.putObject("format").put("type", "text");
    }
    text.put("verbosity", request.path("text").path("verbosity").asText("medium"));
  }

  private ObjectNode usage() {
    Generation generation = items.generation();
    ObjectNode usage = JsonText.object().put("input_tokens", inputTokens);
    ObjectNode details = usage.putObject("input_tokens_details");
    details.put("cached_tokens", cache.read()).put("cache_write_tokens", cache.write());
    details
        .putObject("cache_write_tokens_details")
        .put("ttl_30m_tokens", cache.write())
        .put("ttl_12h_tokens", 0);
    usage.put("output_tokens", generation.tokens());
    usage.putObject("output_tokens_details").put("reasoning_tokens", generation.thoughts().size());
    return usage.put("total_tokens", inputTokens + generation.tokens());
  }

  Reply.Streamed stream(double eventsPerSecond, boolean obfuscate) {
    return new Reply.Streamed(
        "text/event-stream; charset=utf-8",
        new ResponseEvents(this, obfuscate).write(),
        eventsPerSecond,
        this::error);
  }

  private Buffer error(int events, StreamError kind) {
    ApiError error = FaultErrors.inside(Provider.OPENAI, kind);
    StringBuilder out = new StringBuilder();
    int sequence = events;
    if (kind != StreamError.RESPONSES_FAILED) {
      ObjectNode data = JsonText.object().put("type", "error").put("sequence_number", sequence++);
      if (kind == StreamError.RESPONSES_FLAT) {
        data.put("code", error.code()).put("message", error.message()).putNull("param");
      } else {
        data.set("error", error.openaiError());
      }
      out.append("event: error\ndata: ").append(data).append("\n\n");
    }
    ObjectNode failed = response("failed");
    failed.putObject("error").put("code", error.code()).put("message", error.message());
    ObjectNode data =
        JsonText.object().put("type", "response.failed").put("sequence_number", sequence);
    data.set("response", failed);
    out.append("event: response.failed\ndata: ").append(data).append("\n\n");
    return Buffer.buffer(out.toString());
  }
}
