package dev.forebay.dialect.messages;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.messages.MessagesAnswerReader.Used;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.StreamReader;
import dev.forebay.dialect.neutral.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the events of one stream. *Confined to the exchange.*
///
/// The fields of an event come in any order, so what they say is gathered first. Nothing of it
/// nests deeper than one object, and all deltas share the fields of one.
final class MessagesStreamReader implements StreamReader {

  private final Target target;
  private int calls = -1;
  private boolean inCall;
  private boolean callEmpty;
  private @Nullable String stopSequence;

  /// Characters of text so far, and before the block that is open.
  private int said;

  private int saidBefore;

  /// The sources of the block that is open, which may come before its text.
  private List<Citation> sources = List.of();

  MessagesStreamReader(Target target) {
    this.target = target;
  }

  @Override
  public void event(Slice data, Consumer<AnswerEvent> sink) throws Fault {
    JsonReader json = JsonReader.of(data);
    if (!json.isObject()) {
      return;
    }
    String type = "";
    Inner inner = new Inner();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "delta", "content_block", "message" -> inner.read(json);
        case "usage" -> inner.used = Used.read(json);
        default -> json.skip();
      }
    }
    switch (type) {
      case "content_block_delta" -> delta(inner, sink);
      case "content_block_start" -> blockStart(inner, sink);
      case "message_start" ->
          sink.accept(
              new AnswerEvent.Started(or(inner.id), or(inner.model), inner.used.tier(), null));
      case "content_block_stop" -> {
        // Clients of other dialects parse what they were sent, and cannot parse nothing.
        if (inCall && callEmpty) {
          sink.accept(new AnswerEvent.CallDelta(0, calls, "{}"));
        }
        inCall = false;
        sources(sink);
      }
      case "message_delta" -> messageDelta(inner, sink);
      default -> {}
    }
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void blockStart(Inner block, Consumer<AnswerEvent> sink) {
    inCall = block.type.equals("tool_use");
    callEmpty = true;
    saidBefore = said;
    switch (block.type) {
      case "tool_use" ->
          sink.accept(new AnswerEvent.CallStarted(0, ++calls, or(block.id), or(block.name), false));
      case "text" -> {
        if (!or(block.text).isEmpty()) {
          text(or(block.text), sink);
        }
      }
      case "thinking" -> {
        if (!or(block.thinking).isEmpty()) {
          sink.accept(new AnswerEvent.ReasoningDelta(0, or(block.thinking)));
        }
      }
      case "redacted_thinking" ->
          sink.accept(new AnswerEvent.ReasoningSealed(0, seal(or(block.data)), true));
      default -> {}
    }
  }

  private Seal seal(String payload) {
    return new Seal(Provider.ANTHROPIC, target.group(), payload);
  }

  private void delta(Inner delta, Consumer<AnswerEvent> sink) {
    switch (delta.type) {
      case "text_delta" -> text(or(delta.text), sink);
      case "input_json_delta" -> {
        // Calls of the provider's own tools stream their input too.
        if (inCall && !or(delta.partialJson).isEmpty()) {
          callEmpty = false;
          sink.accept(new AnswerEvent.CallDelta(0, calls, or(delta.partialJson)));
        }
      }
      case "thinking_delta" -> sink.accept(new AnswerEvent.ReasoningDelta(0, or(delta.thinking)));
      case "signature_delta" ->
          sink.accept(new AnswerEvent.ReasoningSealed(0, seal(or(delta.signature)), false));
      case "citations_delta" -> {
        if (delta.citation != null) {
          sources = sources.isEmpty() ? new ArrayList<>(2) : sources;
          sources.add(delta.citation);
        }
      }
      default -> {}
    }
  }

  private void text(String text, Consumer<AnswerEvent> sink) {
    said += text.length();
    sink.accept(new AnswerEvent.TextDelta(0, text));
  }

  /// A source backs up the whole block.
  private void sources(Consumer<AnswerEvent> sink) {
    for (Citation source : sources) {
      sink.accept(new AnswerEvent.Cited(0, source.at(saidBefore, said)));
    }
    sources = List.of();
  }

  private void messageDelta(Inner delta, Consumer<AnswerEvent> sink) {
    if (delta.stopSequence != null) {
      stopSequence = delta.stopSequence;
    }
    if (delta.used.searches() > 0) {
      sink.accept(new AnswerEvent.Noted(null, delta.used.searches()));
    }
    if (delta.stopReason != null) {
      StopReason stop = MessagesAnswerReader.stop(delta.stopReason);
      sink.accept(new AnswerEvent.Finished(0, stop, stopSequence, delta.refusal));
    }
  }

  /// The object inside an event.
  private static final class Inner {
    private String type = "";
    private @Nullable String text;
    private @Nullable String thinking;
    private @Nullable String signature;
    private @Nullable String partialJson;
    private @Nullable String data;
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String model;
    private Used used = Used.NOTHING;
    private @Nullable String stopReason;
    private @Nullable String stopSequence;
    private @Nullable String refusal;
    private @Nullable Citation citation;

    private void read(JsonReader json) throws Fault {
      if (!json.isObject()) {
        json.skip();
        return;
      }
      for (String field = json.nextName(); field != null; field = json.nextName()) {
        switch (field) {
          case "type" -> type = json.text();
          case "text" -> text = json.textOrSkip();
          case "thinking" -> thinking = json.textOrSkip();
          case "signature" -> signature = json.textOrSkip();
          case "partial_json" -> partialJson = json.textOrSkip();
          case "data" -> data = json.textOrSkip();
          case "id" -> id = json.textOrSkip();
          case "name" -> name = json.textOrSkip();
          case "model" -> model = json.textOrSkip();
          case "usage" -> used = Used.read(json);
          case "stop_reason" -> stopReason = json.textOrSkip();
          case "stop_sequence" -> stopSequence = json.textOrSkip();
          case "stop_details" -> refusal = MessagesAnswerReader.explanation(json);
          case "citation" -> {
            if (json.isObject()) {
              // The event's bytes are not ours to keep.
              citation = Citations.one(json).kept();
            } else {
              json.skip();
            }
          }
          default -> json.skip();
        }
      }
    }
  }
}
