package dev.forebay.dialect.messages;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.ErrorWriter;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Failure;
import dev.forebay.dialect.neutral.Failures;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.StreamWriter;
import dev.forebay.dialect.neutral.ToolIds;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes one stream: blocks one after the other, each opened and closed. *Confined to the
/// exchange.*
final class MessagesStreamWriter implements StreamWriter {

  private static final byte[] DELTA =
      ascii("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":");
  private static final byte[] TEXT = ascii(",\"delta\":{\"type\":\"text_delta\",\"text\":\"");
  private static final byte[] JSON =
      ascii(",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"");
  private static final byte[] THINKING =
      ascii(",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"");
  private static final byte[] SIGNATURE =
      ascii(",\"delta\":{\"type\":\"signature_delta\",\"signature\":\"");
  private static final byte[] CITATION =
      ascii(",\"delta\":{\"type\":\"citations_delta\",\"citation\":");
  private static final byte[] CITATION_END = ascii("}}\n\n");
  private static final byte[] DELTA_END = ascii("\"}}\n\n");
  private static final byte[] END = ascii("\n\n");

  private enum Block {
    NONE,
    TEXT,
    THINKING,
    CALL
  }

  private final Reply reply;
  private final JsonWriter out;
  private boolean started;
  private Block block = Block.NONE;
  private int index = -1;
  private int call = -1;
  private @Nullable StopReason stop;
  private @Nullable String stopSequence;
  private @Nullable String refusal;
  private Answer.Notes notes = Answer.Notes.of(null);
  private @Nullable StringBuilder refusing;

  /// A signature that came behind content. Clients take the last block for the answer, so it goes
  /// out with the next content, and not at all when there is none.
  private @Nullable Seal waiting;

  /// Sound that came, and whether its words did.
  private Part.Source.@Nullable Inline sound;

  private boolean soundTold;

  MessagesStreamWriter(Reply reply, JsonWriter out) {
    this.reply = reply;
    this.out = out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void event(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.TextDelta(int choice, String text) -> {
        if (choice == 0 && !text.isEmpty()) {
          open(Block.TEXT);
          delta(TEXT, text);
        }
      }
      case AnswerEvent.CallDelta(int choice, int number, String fragment) -> {
        if (choice == 0 && number == call && block == Block.CALL) {
          delta(JSON, fragment);
        }
      }
      case AnswerEvent.CallStarted started -> {
        if (started.choice() == 0) {
          callStarted(started);
        }
      }
      case AnswerEvent.ReasoningDelta(int choice, String text) -> {
        if (choice == 0 && !text.isEmpty()) {
          open(Block.THINKING);
          delta(THINKING, text);
        }
      }
      case AnswerEvent.ReasoningSealed sealed -> {
        if (sealed.choice() == 0) {
          sealed(sealed);
        }
      }
      case AnswerEvent.RefusalDelta(int choice, String text) -> {
        if (choice == 0 && !text.isEmpty()) {
          refusing = (refusing == null ? new StringBuilder() : refusing).append(text);
          open(Block.TEXT);
          delta(TEXT, text);
        }
      }
      case AnswerEvent.Finished finished -> {
        if (finished.choice() == 0) {
          stop = finished.stop();
          stopSequence = finished.stopSequence();
          refusal = finished.refusal();
        }
      }
      case AnswerEvent.Started(String id, String model, String tier, _) -> {
        notes = Answer.Notes.of(tier);
        start(id, model);
      }
      case AnswerEvent.Noted noted -> notes = notes.with(noted);
      case AnswerEvent.MediaGiven(int choice, var media) ->
          event(new AnswerEvent.TextDelta(choice, Sound.unshown(media)));
      case AnswerEvent.SoundDelta(int choice, var piece, var made) -> {
        sound = choice == 0 ? piece : sound;
        if (made != null && made.transcript() != null) {
          soundTold = true;
          event(new AnswerEvent.TextDelta(choice, made.transcript()));
        }
      }
      case AnswerEvent.Cited(int choice, var citation) -> {
        if (choice == 0 && block == Block.TEXT && Citations.isTold(citation)) {
          out.framing(DELTA).number(index).framing(CITATION);
          Citations.write(citation, reply.target(), out);
          out.framing(CITATION_END);
        }
      }
      case AnswerEvent.Logprobs _ -> {}
    }
  }

  private void start(String id, String model) {
    if (started) {
      return;
    }
    started = true;
    event("message_start").object().field("type", "message_start").object("message");
    out.field("id", MessagesAnswerWriter.id(reply.id(id)));
    out.field("type", "message").field("role", "assistant");
    out.field("model", reply.model(model)).array("content").endArray();
    out.nothing("stop_reason").nothing("stop_sequence").name("usage");
    MessagesAnswerWriter.usage(Usage.of(reply.inputTokens(), 0), notes, out);
    out.endObject().endObject().framing(END);
  }

  private JsonWriter event(String name) {
    return out.framing(ascii("event: " + name + "\ndata: "));
  }

  private void delta(byte[] kind, String text) {
    out.framing(DELTA).number(index).framing(kind).inString(text).framing(DELTA_END);
  }

  private void open(Block wanted) {
    if (block == wanted) {
      return;
    }
    sealWaiting();
    begin(wanted);
    out.field("type", wanted == Block.TEXT ? "text" : "thinking");
    out.field(wanted == Block.TEXT ? "text" : "thinking", "");
    if (wanted == Block.THINKING) {
      out.field("signature", "");
    }
    out.endObject().endObject().framing(END);
  }

  private void begin(Block wanted) {
    start("", "");
    close();
    block = wanted;
    index++;
    event("content_block_start").object().field("type", "content_block_start");
    out.field("index", index).object("content_block");
  }

  private void callStarted(AnswerEvent.CallStarted started) {
    sealWaiting();
    begin(Block.CALL);
    call = started.call();
    out.field("type", "tool_use").field("id", ToolIds.id(started.id()));
    out.field("name", reply.toolName(started.name())).object("input").endObject();
    out.endObject().endObject().framing(END);
  }

  private void sealed(AnswerEvent.ReasoningSealed sealed) {
    Seal seal = sealed.seal();
    if (sealed.redacted() && seal.owner() == Provider.ANTHROPIC) {
      begin(Block.NONE);
      out.field("type", "redacted_thinking").field("data", seal.heldBy(Provider.ANTHROPIC));
      out.endObject().endObject().framing(END);
      stopBlock();
      return;
    }
    if (block == Block.TEXT || block == Block.CALL) {
      waiting = seal;
    } else {
      seal(seal);
    }
  }

  private void seal(Seal seal) {
    open(Block.THINKING);
    delta(SIGNATURE, MessagesAnswerWriter.signature(seal, reply));
    block = Block.NONE;
    stopBlock();
  }

  private void sealWaiting() {
    Seal seal = waiting;
    if (seal != null) {
      waiting = null;
      seal(seal);
    }
  }

  private void close() {
    if (block == Block.THINKING) {
      delta(SIGNATURE, MessagesAnswerWriter.signature(null, reply));
    }
    if (block != Block.NONE) {
      block = Block.NONE;
      stopBlock();
    }
  }

  private void stopBlock() {
    event("content_block_stop").object().field("type", "content_block_stop");
    out.field("index", index).endObject().framing(END);
  }

  @Override
  public void end(Usage usage) {
    start("", "");
    if (sound != null && !soundTold) {
      event(new AnswerEvent.TextDelta(0, Sound.unshown(Part.Media.Kind.AUDIO, sound)));
    }
    close();
    event("message_delta").object().field("type", "message_delta").object("delta");
    String why = refusal == null && refusing != null ? refusing.toString() : refusal;
    // Some streams end without saying why.
    StopReason unsaid = call >= 0 ? StopReason.TOOL_CALL : StopReason.END;
    MessagesAnswerWriter.stop(stop == null ? unsaid : stop, stopSequence, why, out);
    out.endObject().name("usage");
    MessagesAnswerWriter.usage(usage, notes, out);
    out.endObject().framing(END);
    event("message_stop").object().field("type", "message_stop").endObject().framing(END);
  }

  @Override
  public void failure(Failure failure) {
    event("error");
    Failures.anthropic(failure, null, out);
    out.framing(END);
  }

  @Override
  public void error(GatewayError error) {
    event("error").framing(ascii(ErrorWriter.eventJson(Dialect.ANTHROPIC_MESSAGES, error, 0)));
    out.framing(END);
  }
}
