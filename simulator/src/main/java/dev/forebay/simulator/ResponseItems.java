package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The output items of one response.
///
/// @param encrypted whether reasoning carries its encrypted content
/// @param summarized whether reasoning carries a summary
record ResponseItems(
    String organization,
    String suffix,
    String callId,
    Generation generation,
    boolean encrypted,
    boolean summarized) {

  String reasoningId() {
    return "rs_" + suffix;
  }

  String messageId() {
    return "msg_" + suffix;
  }

  String functionId() {
    return "fc_" + suffix;
  }

  boolean reasons() {
    return !generation.thoughts().isEmpty();
  }

  boolean incomplete() {
    return generation.finish() == Generation.Finish.LENGTH;
  }

  ArrayNode output() {
    ArrayNode output = JsonText.array();
    if (reasons()) {
      output.add(reasoning(true));
    }
    if (generation.call() != null) {
      output.add(functionCall(generation.call(), true));
    } else {
      output.add(message(true));
    }
    return output;
  }

  ObjectNode reasoning(boolean done) {
    ObjectNode item = JsonText.object().put("id", reasoningId()).put("type", "reasoning");
    ArrayNode summary = item.putArray("summary");
    if (done && summarized) {
      summary.add(summaryPart(generation.thoughtText()));
    }
    if (encrypted) {
      item.put("encrypted_content", done ? Signatures.sign(organization, reasoningId()) : "");
    }
    return item;
  }

  static ObjectNode summaryPart(String text) {
    return JsonText.object().put("type", "summary_text").put("text", text);
  }

  ObjectNode message(boolean done) {
    ObjectNode item = JsonText.object().put("id", messageId()).put("type", "message");
    item.put("status", done ? status() : "in_progress");
    ArrayNode content = item.putArray("content");
    if (done) {
      content.add(textPart(generation.text()));
    }
    return item.put("role", "assistant");
  }

  private String status() {
    return incomplete() ? "incomplete" : "completed";
  }

  static ObjectNode textPart(String text) {
    ObjectNode part = JsonText.object().put("type", "output_text");
    part.putArray("annotations");
    part.putArray("logprobs");
    return part.put("text", text);
  }

  ObjectNode functionCall(Generation.ToolCall call, boolean done) {
    return JsonText.object()
        .put("id", functionId())
        .put("type", "function_call")
        .put("status", done ? "completed" : "in_progress")
        .put("arguments", done ? call.arguments().toString() : "")
        .put("call_id", callId)
        .put("name", call.name());
  }
}
