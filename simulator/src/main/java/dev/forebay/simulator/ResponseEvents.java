package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// The events of one streamed response, numbered from 0. Confined to one call.
final class ResponseEvents {

  private final ResponsesWriter writer;
  private final ResponseItems items;
  private final Generation generation;
  private final boolean obfuscate;
  private final List<StreamEvent> events = new ArrayList<>();
  private int output;

  ResponseEvents(ResponsesWriter writer, boolean obfuscate) {
    this.writer = writer;
    this.items = writer.items();
    this.generation = items.generation();
    this.obfuscate = obfuscate;
  }

  List<StreamEvent> write() {
    lifecycle("response.created", writer.response("in_progress"));
    lifecycle("response.in_progress", writer.response("in_progress"));
    if (items.reasons()) {
      reasoning();
    }
    Generation.ToolCall call = generation.call();
    if (call == null) {
      message();
    } else {
      functionCall(call);
    }
    lifecycle(items.incomplete() ? "response.incomplete" : "response.completed", writer.finished());
    return events;
  }

  private void lifecycle(String type, ObjectNode response) {
    ObjectNode data = data(type);
    data.set("response", response);
    add(type, data, 0);
  }

  private void item(String type, ObjectNode item, int tokens) {
    ObjectNode data = data(type).put("output_index", output);
    data.set("item", item);
    add(type, data, tokens);
  }

  private void reasoning() {
    item("response.output_item.added", items.reasoning(false), 0);
    int unseen = generation.thoughts().size();
    if (items.summarized()) {
      unseen = 0;
      String id = items.reasoningId();
      part(
          "response.reasoning_summary_part.added",
          id,
          "summary_index",
          ResponseItems.summaryPart(""));
      for (String thought : generation.thoughts()) {
        delta("response.reasoning_summary_text.delta", id, "summary_index", thought);
      }
      ObjectNode done =
          at("response.reasoning_summary_text.done", id)
              .put("summary_index", 0)
              .put("text", generation.thoughtText());
      add("response.reasoning_summary_text.done", done, 0);
      part(
          "response.reasoning_summary_part.done",
          id,
          "summary_index",
          ResponseItems.summaryPart(generation.thoughtText()));
    }
    item("response.output_item.done", items.reasoning(true), unseen);
    output++;
  }

  private void message() {
    String id = items.messageId();
    item("response.output_item.added", items.message(false), 0);
    part("response.content_part.added", id, "content_index", ResponseItems.textPart(""));
    for (String word : generation.words()) {
      delta("response.output_text.delta", id, "content_index", word);
    }
    ObjectNode done =
        at("response.output_text.done", id).put("content_index", 0).put("text", generation.text());
    done.putArray("logprobs");
    add("response.output_text.done", done, 0);
    part(
        "response.content_part.done",
        id,
        "content_index",
        ResponseItems.textPart(generation.text()));
    item("response.output_item.done", items.message(true), 0);
    output++;
  }

  private void functionCall(Generation.ToolCall call) {
    String id = items.functionId();
    item("response.output_item.added", items.functionCall(call, false), 0);
    for (String piece : call.pieces()) {
      delta("response.function_call_arguments.delta", id, "", piece);
    }
    add(
        "response.function_call_arguments.done",
        at("response.function_call_arguments.done", id)
            .put("name", call.name())
            .put("arguments", call.arguments().toString()),
        0);
    item("response.output_item.done", items.functionCall(call, true), 0);
    output++;
  }

  private void part(String type, String itemId, String index, ObjectNode part) {
    ObjectNode data = at(type, itemId).put(index, 0);
    data.set("part", part);
    add(type, data, 0);
  }

  private ObjectNode at(String type, String itemId) {
    return data(type).put("item_id", itemId).put("output_index", output);
  }

  private ObjectNode data(String type) {
    return JsonText.object().put("type", type).put("sequence_number", events.size());
  }

  private void add(String type, ObjectNode data, int tokens) {
    events.add(
        new StreamEvent(Buffer.buffer("event: " + type + "\ndata: " + data + "\n\n"), tokens));
  }

  private void delta(String type, String itemId, String index, String text) {
    StringBuilder data = new StringBuilder(256 + text.length());
    data.append("event: ").append(type).append("\ndata: {\"type\":\"").append(type);
    data.append("\",\"sequence_number\":").append(events.size());
    data.append(",\"item_id\":\"").append(itemId);
    data.append("\",\"output_index\":").append(output);
    if (!index.isEmpty()) {
      data.append(",\"").append(index).append("\":0");
    }
    data.append(",\"delta\":\"");
    JsonText.escape(text, data);
    data.append('"');
    if (type.equals("response.output_text.delta")) {
      data.append(",\"logprobs\":[]");
    }
    if (obfuscate) {
      data.append(",\"obfuscation\":\"").append(ChatWriter.noise(data.length())).append('"');
    }
    events.add(new StreamEvent(Buffer.buffer(data.append("}\n\n").toString()), 1));
  }
}
