package dev.forebay.dialect.chat;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.ErrorWriter;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Failure;
import dev.forebay.dialect.neutral.Failures;
import dev.forebay.dialect.neutral.Moderation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.StreamWriter;
import dev.forebay.dialect.neutral.TokenLogprob;
import dev.forebay.dialect.neutral.ToolIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one stream of chunks. *Confined to the exchange.*
final class ChatStreamWriter implements StreamWriter {

  private static final byte[] DATA = ascii("data: ");
  private static final byte[] DELTA = ascii(",\"delta\":{");
  private static final byte[] UNFINISHED = ascii("},\"logprobs\":null,\"finish_reason\":null}]");
  private static final byte[] LOGPROBS = ascii("},\"logprobs\":{\"content\":");
  private static final byte[] LOGPROBS_END = ascii(",\"refusal\":null},\"finish_reason\":null}]");
  private static final byte[] CHOICES = ascii(",\"choices\":[{\"index\":");
  private static final byte[] COMMA = ascii(",");
  private static final byte[] NO_USAGE = ascii(",\"usage\":null");
  private static final byte[] END = ascii("}\n\n");
  private static final byte[] DONE = ascii("data: [DONE]\n\n");

  /// Of a provider that has not said it has begun.
  private static final AnswerEvent.Started UNSAID = new AnswerEvent.Started("", "", null, null);

  private final Reply reply;
  private final JsonWriter out;
  private final boolean usageAsked;
  private final List<State> choices = new ArrayList<>(1);

  /// How every chunk begins, up to its choices.
  private byte[] head = {};

  ChatStreamWriter(Reply reply, JsonWriter out) {
    this.reply = reply;
    this.out = out;
    this.usageAsked = reply.request().usageAsked();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// What one choice has come to.
  private static final class State {
    private int length;
    private boolean refusesInWords;
    private boolean finished;
    private boolean called;
    private boolean sounded;
    private boolean expiryTold;
    private int pictures;

    /// Of the text that comes next.
    private List<TokenLogprob> logprobs = List.of();

    /// Which calls take text.
    private final BitSet freeform = new BitSet();
  }

  @Override
  public void event(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.TextDelta(int choice, String text) -> {
        if (!text.isEmpty()) {
          state(choice).length += text.length();
          begin(choice).field("content", text);
          end(choice);
        }
      }
      case AnswerEvent.ReasoningDelta(int choice, String text) -> {
        if (!text.isEmpty()) {
          text(choice, "reasoning_content", text);
        }
      }
      case AnswerEvent.RefusalDelta(int choice, String text) -> {
        state(choice).refusesInWords = true;
        text(choice, "refusal", text);
      }
      case AnswerEvent.CallStarted started -> callStarted(started);
      case AnswerEvent.CallDelta(int choice, int call, String fragment) -> {
        boolean freeform = call >= 0 && state(choice).freeform.get(call);
        begin(choice).array("tool_calls").object().field("index", call);
        out.object(freeform ? "custom" : "function");
        out.field(freeform ? "input" : "arguments", fragment);
        out.endObject().endObject().endArray();
        end();
      }
      case AnswerEvent.ReasoningSealed(int choice, Seal seal, boolean redacted) -> {
        begin(choice).array("reasoning_details");
        ChatDetails.write(null, "", seal, redacted, out);
        out.endArray();
        end();
      }
      case AnswerEvent.Cited(int choice, var citation) -> {
        if (citation.url() != null) {
          begin(choice).array("annotations");
          ChatAnswerWriter.annotation(citation, 0, state(choice).length, out);
          out.endArray();
          end();
        }
      }
      case AnswerEvent.Logprobs(int choice, var logprobs) -> {
        flush(choice);
        state(choice).logprobs = logprobs;
      }
      case AnswerEvent.Noted(Moderation moderation, _) -> {
        if (moderation != null) {
          begin(0).framing(UNFINISHED).framing(COMMA);
          ChatModeration.write(moderation, out);
          finishChunk(null, false);
        }
      }
      case AnswerEvent.Finished finished -> finished(finished);
      case AnswerEvent.Started started -> start(started);
      case AnswerEvent.SoundDelta sound -> sound(sound);
      case AnswerEvent.MediaGiven(int choice, var media) -> {
        if (ChatImages.isPicture(media)) {
          int picture = state(choice).pictures++;
          begin(choice).array("images");
          ChatImages.write(media, picture, out);
          out.endArray();
          end();
        } else {
          text(choice, "content", Sound.unshown(media));
        }
      }
    }
  }

  private void sound(AnswerEvent.SoundDelta sound) {
    State state = state(sound.choice());
    Part.Made made = sound.made();
    String id = made == null ? null : made.id();
    Long expires = made == null ? null : made.expires();
    begin(sound.choice()).object("audio");
    if (!state.sounded || id != null) {
      out.field("id", ChatAnswerWriter.soundId(id, reply));
    }
    if (!sound.piece().base64().isEmpty()) {
      out.field("data", sound.piece().base64());
    }
    out.optional("transcript", made == null ? null : made.transcript());
    out.optional("expires_at", expires).endObject();
    state.sounded = true;
    state.expiryTold |= expires != null;
    end();
  }

  private void start(AnswerEvent.Started started) {
    if (head.length > 0) {
      return;
    }
    JsonWriter beginning = new JsonWriter(192);
    beginning.framing(DATA).object().field("id", ChatAnswerWriter.id(reply.id(started.id())));
    beginning.field("object", "chat.completion.chunk");
    beginning.field("created", ChatAnswerWriter.created(started.created(), reply));
    beginning.field("model", reply.model(started.model()));
    beginning.optional("service_tier", started.tier());
    head = beginning.take();
  }

  /// The state of a choice, which is announced when it is first heard of.
  private State state(int choice) {
    while (choices.size() <= choice) {
      choices.add(new State());
      start(UNSAID);
      int index = choices.size() - 1;
      out.framing(head).framing(CHOICES).number(index).framing(DELTA);
      out.field("role", "assistant").field("content", "").nothing("refusal");
      end();
    }
    return choices.get(choice);
  }

  private JsonWriter begin(int choice) {
    state(choice);
    return out.framing(head).framing(CHOICES).number(choice).framing(DELTA);
  }

  private void text(int choice, String field, String text) {
    begin(choice).field(field, text);
    end();
  }

  private void end() {
    out.framing(UNFINISHED);
    finishChunk(null, false);
  }

  /// Ends a chunk that may have log probabilities with it.
  private void end(int choice) {
    State state = state(choice);
    if (state.logprobs.isEmpty()) {
      end();
      return;
    }
    out.framing(LOGPROBS);
    ChatLogprobs.write(state.logprobs, out);
    out.framing(LOGPROBS_END);
    finishChunk(null, false);
    state.logprobs = List.of();
  }

  /// Writes the log probabilities that no text has come to.
  private void flush(int choice) {
    if (!state(choice).logprobs.isEmpty()) {
      begin(choice);
      end(choice);
    }
  }

  private void finishChunk(@Nullable Usage usage, boolean last) {
    if (usageAsked) {
      if (last) {
        out.framing(ascii(",\"usage\":"));
        ChatAnswerWriter.usage(usage, out);
      } else {
        out.framing(NO_USAGE);
      }
    }
    out.framing(END);
  }

  private void callStarted(AnswerEvent.CallStarted started) {
    begin(started.choice()).array("tool_calls").object().field("index", started.call());
    state(started.choice()).called = true;
    state(started.choice()).freeform.set(started.call(), started.freeform());
    String type = started.freeform() ? "custom" : "function";
    out.field("id", ToolIds.id(started.id())).field("type", type).object(type);
    out.field("name", reply.toolName(started.name()));
    out.field(started.freeform() ? "input" : "arguments", "");
    out.endObject();
    ChatAnswerWriter.signature(reply, out);
    out.endObject().endArray();
    end();
  }

  private void finished(AnswerEvent.Finished finished) {
    State state = state(finished.choice());
    state.finished = true;
    flush(finished.choice());
    if (state.sounded && !state.expiryTold) {
      begin(finished.choice()).object("audio").field("expires_at", reply.epochSeconds());
      out.endObject();
      end();
    }
    if (finished.stop() == StopReason.REFUSAL && finished.refusal() != null) {
      text(finished.choice(), "refusal", finished.refusal());
    }
    begin(finished.choice()).framing(ascii("},\"logprobs\":null,\"finish_reason\":"));
    out.text(ChatAnswerWriter.finish(finished.stop(), state.refusesInWords));
    out.framing(ascii("}]"));
    finishChunk(null, false);
  }

  @Override
  public void end(Usage usage) {
    state(0);
    for (int i = 0; i < choices.size(); i++) {
      // Some streams end without saying why.
      if (!choices.get(i).finished) {
        StopReason stop = choices.get(i).called ? StopReason.TOOL_CALL : StopReason.END;
        finished(new AnswerEvent.Finished(i, stop, null, null));
      }
    }
    if (usageAsked) {
      out.framing(head).framing(ascii(",\"choices\":[]"));
      finishChunk(usage, true);
    }
    out.framing(DONE);
  }

  @Override
  public void failure(Failure failure) {
    out.framing(ascii("event: error\ndata: "));
    Failures.openAi(failure, out);
    out.framing(ascii("\n\n"));
  }

  @Override
  public void error(GatewayError error) {
    String json = ErrorWriter.eventJson(Dialect.OPENAI_CHAT, error, 0);
    out.framing(ascii("event: error\ndata: " + json + "\n\n"));
  }
}
