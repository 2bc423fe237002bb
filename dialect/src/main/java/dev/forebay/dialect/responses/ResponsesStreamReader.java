package dev.forebay.dialect.responses;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.chat.ChatLogprobs;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.StreamReader;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.TokenLogprob;
import dev.forebay.dialect.responses.ResponsesAnswerReader.Item;
import dev.forebay.dialect.responses.ResponsesAnswerReader.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the events of one stream. *Confined to the exchange.*
final class ResponsesStreamReader implements StreamReader {

  private static final Where ITEM = Where.of("item");

  private final ResponsesAnswerReader items;

  /// The calls, by the index of their item.
  private final Map<Long, Call> calls = new HashMap<>();

  private boolean refused;
  private long reasoningAt = -1;
  private long summaryAt;

  ResponsesStreamReader(Target target) {
    this.items = new ResponsesAnswerReader(target);
  }

  private static final class Call {
    private final int number;
    private boolean told;

    private Call(int number) {
      this.number = number;
    }
  }

  @Override
  public void event(Slice data, Consumer<AnswerEvent> sink) throws Fault {
    JsonReader json = JsonReader.of(data);
    if (!json.isObject()) {
      return;
    }
    Event event = new Event();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> event.type = json.text();
        case "delta" -> event.delta = json.textOrSkip();
        case "output_index" -> event.index = number(json);
        case "summary_index", "content_index" -> event.part = number(json);
        case "item", "response", "annotation" -> {
          if (json.isObject()) {
            event.inner = json.raw();
          } else {
            json.skip();
          }
        }
        case "logprobs" -> event.logprobs = ChatLogprobs.list(json);
        default -> json.skip();
      }
    }
    tell(event, sink);
  }

  private static long number(JsonReader json) throws Fault {
    Long number = json.wholeOrSkip();
    return number == null ? 0 : number;
  }

  private static final class Event {
    private String type = "";
    private @Nullable String delta;
    private long index;
    private long part;
    private @Nullable Slice inner;
    private List<TokenLogprob> logprobs = List.of();
  }

  private void tell(Event event, Consumer<AnswerEvent> sink) throws Fault {
    String delta = event.delta == null ? "" : event.delta;
    switch (event.type) {
      case "response.output_text.delta" -> {
        if (!event.logprobs.isEmpty()) {
          sink.accept(new AnswerEvent.Logprobs(0, event.logprobs));
        }
        if (!delta.isEmpty()) {
          sink.accept(new AnswerEvent.TextDelta(0, delta));
        }
      }
      case "response.refusal.delta" -> {
        refused = true;
        sink.accept(new AnswerEvent.RefusalDelta(0, delta));
      }
      case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" -> {
        Call call = calls.get(event.index);
        if (call != null && !delta.isEmpty()) {
          call.told = true;
          sink.accept(new AnswerEvent.CallDelta(0, call.number, delta));
        }
      }
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" -> {
        boolean another = reasoningAt == event.index && summaryAt != event.part;
        reasoningAt = event.index;
        summaryAt = event.part;
        sink.accept(new AnswerEvent.ReasoningDelta(0, another ? "\n\n" + delta : delta));
      }
      case "response.output_text.annotation.added" -> {
        if (event.inner != null) {
          JsonReader annotation = JsonReader.of(event.inner);
          sink.accept(new AnswerEvent.Cited(0, ResponsesContent.citation(annotation)));
        }
      }
      case "response.audio.delta" -> {
        Source.Inline piece = new Source.Inline(Sound.SAMPLES, delta);
        sink.accept(new AnswerEvent.SoundDelta(0, piece, null));
      }
      case "response.audio.transcript.delta" -> {
        Source.Inline piece = new Source.Inline(Sound.SAMPLES, "");
        Part.Made made = new Part.Made(null, delta, null);
        sink.accept(new AnswerEvent.SoundDelta(0, piece, made));
      }
      case "response.output_item.added" -> added(event, sink);
      case "response.output_item.done" -> done(event, sink);
      case "response.created" -> {
        Response response = response(event);
        sink.accept(
            new AnswerEvent.Started(response.id, response.model, response.tier, response.created));
      }
      case "response.completed", "response.incomplete" -> {
        Response response = response(event);
        StopReason stop =
            ResponsesAnswerReader.stop(response.status, response.reason, !calls.isEmpty(), refused);
        if (response.moderation != null || response.searches > 0) {
          sink.accept(new AnswerEvent.Noted(response.moderation, response.searches));
        }
        sink.accept(new AnswerEvent.Finished(0, stop, null, null));
      }
      default -> {}
    }
  }

  private static Response response(Event event) throws Fault {
    Response response = new Response();
    if (event.type.equals("response.incomplete")) {
      response.status = "incomplete";
    }
    if (event.inner != null) {
      response.read(JsonReader.ofObject(event.inner), null);
    }
    return response;
  }

  private void added(Event event, Consumer<AnswerEvent> sink) throws Fault {
    if (event.inner == null) {
      return;
    }
    Item item = Item.read(JsonReader.of(event.inner), ITEM);
    if (item.isCall()) {
      Call call = new Call(calls.size());
      calls.put(event.index, call);
      String id = item.callId == null ? String.valueOf(item.id) : item.callId;
      sink.accept(
          new AnswerEvent.CallStarted(0, call.number, id, item.fullName(), item.isFreeform()));
    }
  }

  private void done(Event event, Consumer<AnswerEvent> sink) throws Fault {
    if (event.inner == null) {
      return;
    }
    Item item = Item.read(JsonReader.of(event.inner), ITEM);
    Call call = calls.get(event.index);
    if (item.isCall() && call != null && !call.told) {
      String whole = item.text.isEmpty() && !item.isFreeform() ? "{}" : item.text;
      sink.accept(new AnswerEvent.CallDelta(0, call.number, whole));
    }
    Media picture = item.picture(ITEM);
    if (picture != null) {
      sink.accept(new AnswerEvent.MediaGiven(0, picture));
    }
    Seal seal = item.type.equals("reasoning") ? items.seal(item) : null;
    if (seal != null) {
      sink.accept(new AnswerEvent.ReasoningSealed(0, seal, false));
    }
  }
}
