package dev.forebay.dialect.responses;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.ErrorWriter;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.chat.ChatLogprobs;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Failure;
import dev.forebay.dialect.neutral.Failures;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.StreamWriter;
import dev.forebay.dialect.neutral.TokenLogprob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one stream. *Confined to the exchange.*
///
/// Every piece goes out at once. What has gone out is also kept, because the dialect repeats it: at
/// the end of each part and item, and whole in the last event.
final class ResponsesStreamWriter implements StreamWriter {

  private final Reply reply;
  private final JsonWriter out;
  private final Echo echo;
  private final JsonWriter finished = new JsonWriter(512);
  private final StringBuilder text = new StringBuilder();
  private final List<Citation> citations = new ArrayList<>();

  /// Of the item's text so far, and of that which comes next.
  private final List<TokenLogprob> logprobs = new ArrayList<>();

  private List<TokenLogprob> next = List.of();
  private final StreamedMedia events;
  private Output output;
  private String model = "";
  private Answer.Notes notes = Answer.Notes.of(null);
  private boolean started;
  private Open open = Open.NOTHING;
  private AnswerEvent.@Nullable CallStarted call;
  private int items;
  private boolean refusesInWords;
  private StopReason stop = StopReason.END;
  private @Nullable String refusal;

  ResponsesStreamWriter(Reply reply, JsonWriter out) {
    this.reply = reply;
    this.out = out;
    this.events = new StreamedMedia(out);
    this.echo = Echo.of(reply.body());
    this.output = new Output(reply, Output.responseId(reply.id()), out);
    finished.array();
  }

  @Override
  public void event(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.TextDelta(int choice, String delta) -> {
        if (choice == 0 && !delta.isEmpty()) {
          open(Open.TEXT);
          delta("response.output_text.delta", delta);
        }
      }
      case AnswerEvent.RefusalDelta(int choice, String delta) -> {
        if (choice == 0 && !delta.isEmpty()) {
          refusesInWords = true;
          open(Open.REFUSAL);
          delta("response.refusal.delta", delta);
        }
      }
      case AnswerEvent.ReasoningDelta(int choice, String delta) -> {
        if (choice == 0 && !delta.isEmpty()) {
          open(Open.REASONING);
          delta("response.reasoning_summary_text.delta", delta);
        }
      }
      case AnswerEvent.ReasoningSealed sealed -> {
        if (sealed.choice() == 0) {
          open(Open.REASONING);
          closeReasoning(sealed.seal(), sealed.redacted());
        }
      }
      case AnswerEvent.CallStarted begun -> {
        if (begun.choice() == 0) {
          close();
          begin(Open.CALL);
          call = begun;
          added(begun.freeform() ? "ctc" : "fc");
        }
      }
      case AnswerEvent.CallDelta(int choice, int of, String fragment) -> {
        AnswerEvent.CallStarted current = call;
        if (choice == 0 && current != null && of == current.call() && open == Open.CALL) {
          delta(
              current.freeform()
                  ? "response.custom_tool_call_input.delta"
                  : "response.function_call_arguments.delta",
              fragment);
        }
      }
      case AnswerEvent.Cited(int choice, Citation citation) -> {
        if (choice == 0 && citation.url() != null && open == Open.TEXT) {
          cited(citation);
        }
      }
      case AnswerEvent.Logprobs(int choice, var more) -> {
        if (choice == 0) {
          logprobs.addAll(next);
          next = more;
        }
      }
      case AnswerEvent.Noted noted -> notes = notes.with(noted);
      case AnswerEvent.Finished end -> {
        if (end.choice() == 0) {
          stop = end.stop();
          refusal = end.refusal();
        }
      }
      case AnswerEvent.Started(String id, String said, String tier, Instant created) -> {
        output = new Output(reply, Output.responseId(reply.id(id)), out);
        model = said;
        notes = new Answer.Notes(tier, created, null, 0);
        start();
      }
      case AnswerEvent.SoundDelta sound -> {
        if (sound.choice() == 0) {
          start();
          events.sound(sound);
        }
      }
      case AnswerEvent.MediaGiven(int choice, var media) -> {
        if (choice == 0) {
          given(media);
        }
      }
    }
  }

  private void given(Part.Media media) {
    if (media.kind() == Part.Media.Kind.IMAGE
        && media.source() instanceof Part.Source.Inline picture) {
      close();
      begin(Open.NOTHING);
      events.picture(output, index(), picture);
      kept().picture(index(), picture, "completed");
    } else {
      event(new AnswerEvent.TextDelta(0, Sound.unshown(media)));
    }
  }

  private void start() {
    if (started) {
      return;
    }
    started = true;
    for (String type : new String[] {"response.created", "response.in_progress"}) {
      event(type).name("response");
      echo.begin(reply, output.id(), model, "in_progress", null, notes, out);
      out.array("output").endArray().nothing("usage").endObject();
      end();
    }
  }

  private JsonWriter event(String type) {
    return events.event(type);
  }

  private void end() {
    events.end();
  }

  private int index() {
    return items - 1;
  }

  private String itemId() {
    return output.itemId(open.kind(call != null && call.freeform()), index());
  }

  private void begin(Open wanted) {
    start();
    open = wanted;
    items++;
    text.setLength(0);
    citations.clear();
    logprobs.clear();
  }

  /// Opens an item of that kind, with its only part.
  private void open(Open wanted) {
    if (open == wanted) {
      return;
    }
    close();
    begin(wanted);
    switch (wanted) {
      case REASONING -> {
        added("rs");
        event("response.reasoning_summary_part.added").field("item_id", itemId());
        out.field("output_index", index()).field("summary_index", 0).name("part");
        out.object().field("type", "summary_text").field("text", "").endObject();
        end();
      }
      case TEXT, REFUSAL -> {
        added("msg");
        part("response.content_part.added", "");
      }
      case NOTHING, CALL -> {}
    }
  }

  private void added(String kind) {
    event("response.output_item.added").field("output_index", index()).name("item");
    switch (kind) {
      case "msg" -> {
        output.beginMessage(index(), "in_progress");
        output.endMessage();
      }
      case "rs" -> output.reasoning(index(), "", null, false);
      default -> call(output, "", "in_progress");
    }
    end();
  }

  private void call(Output to, String arguments, String status) {
    AnswerEvent.CallStarted current = call;
    if (current != null) {
      to.call(index(), current.id(), current.name(), arguments, current.freeform(), status);
    }
  }

  private void part(String type, String words) {
    event(type).field("item_id", itemId()).field("output_index", index());
    out.field("content_index", 0).name("part");
    part(output, words);
    end();
  }

  private void part(Output to, String words) {
    if (open == Open.REFUSAL) {
      to.refusal(words);
    } else {
      to.text(words, citations, logprobs);
    }
  }

  private void delta(String type, String delta) {
    text.append(delta);
    event(type).field("item_id", itemId()).field("output_index", index());
    switch (open) {
      case TEXT -> {
        out.field("content_index", 0).field("delta", delta).name("logprobs");
        ChatLogprobs.write(next, out);
        logprobs.addAll(next);
        next = List.of();
      }
      case REFUSAL -> out.field("content_index", 0).field("delta", delta);
      case REASONING -> out.field("summary_index", 0).field("delta", delta);
      case CALL, NOTHING -> out.field("delta", delta);
    }
    end();
  }

  private void cited(Citation citation) {
    event("response.output_text.annotation.added").field("item_id", itemId());
    out.field("output_index", index()).field("content_index", 0);
    out.field("annotation_index", citations.size()).name("annotation");
    output.annotation(citation, text.length());
    end();
    citations.add(citation);
  }

  private void close() {
    switch (open) {
      case NOTHING -> {}
      case TEXT, REFUSAL -> closeMessage();
      case REASONING -> closeReasoning(null, false);
      case CALL -> closeCall();
    }
    open = Open.NOTHING;
  }

  private void closeMessage() {
    logprobs.addAll(next);
    next = List.of();
    String words = text.toString();
    boolean refuses = open == Open.REFUSAL;
    event(refuses ? "response.refusal.done" : "response.output_text.done");
    out.field("item_id", itemId()).field("output_index", index()).field("content_index", 0);
    out.field(refuses ? "refusal" : "text", words);
    if (!refuses) {
      out.name("logprobs");
      ChatLogprobs.write(logprobs, out);
    }
    end();
    part("response.content_part.done", words);
    event("response.output_item.done").field("output_index", index()).name("item");
    message(output, words);
    end();
    message(kept(), words);
  }

  private void message(Output to, String words) {
    to.beginMessage(index(), "completed");
    part(to, words);
    to.endMessage();
  }

  /// Where the items of the last event gather.
  private Output kept() {
    return new Output(reply, output.id(), finished);
  }

  private void closeReasoning(@Nullable Seal seal, boolean redacted) {
    String words = text.toString();
    event("response.reasoning_summary_text.done").field("item_id", itemId());
    out.field("output_index", index()).field("summary_index", 0).field("text", words);
    end();
    event("response.reasoning_summary_part.done").field("item_id", itemId());
    out.field("output_index", index()).field("summary_index", 0).name("part");
    out.object().field("type", "summary_text").field("text", words).endObject();
    end();
    event("response.output_item.done").field("output_index", index()).name("item");
    output.reasoning(index(), words, seal, redacted);
    end();
    kept().reasoning(index(), words, seal, redacted);
    open = Open.NOTHING;
  }

  private void closeCall() {
    AnswerEvent.CallStarted current = call;
    if (current == null) {
      return;
    }
    String arguments = text.toString();
    event(
        current.freeform()
            ? "response.custom_tool_call_input.done"
            : "response.function_call_arguments.done");
    out.field("item_id", itemId()).field("output_index", index());
    if (!current.freeform()) {
      output.name(reply.toolName(current.name()));
    }
    out.field(current.freeform() ? "input" : "arguments", arguments);
    end();
    event("response.output_item.done").field("output_index", index()).name("item");
    call(output, arguments, "completed");
    end();
    call(kept(), arguments, "completed");
  }

  @Override
  public void end(Usage usage) {
    start();
    if (stop == StopReason.REFUSAL && refusal != null && !refusesInWords) {
      event(new AnswerEvent.RefusalDelta(0, refusal));
    }
    close();
    events.soundEnds();
    String status = ResponsesAnswerWriter.status(stop, refusesInWords);
    event("response." + status).name("response");
    echo.begin(reply, output.id(), model, status, stop, notes, out);
    finished.endArray();
    out.name("output").raw(Slice.of(finished.take()));
    Output.usage(usage, out);
    out.endObject();
    end();
  }

  @Override
  public void failure(Failure failure) {
    event("error").field("code", Failures.openAiCode(failure));
    out.field("message", failure.message()).field("param", failure.param());
    end();
  }

  @Override
  public void error(GatewayError error) {
    String json = ErrorWriter.eventJson(Dialect.OPENAI_RESPONSES, error, events.next());
    out.framing(("event: error\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
  }
}
