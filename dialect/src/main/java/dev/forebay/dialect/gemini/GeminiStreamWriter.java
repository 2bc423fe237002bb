package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.ErrorWriter;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Arguments;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Failure;
import dev.forebay.dialect.neutral.Failures;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.StreamWriter;
import dev.forebay.dialect.neutral.TokenLogprob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one stream: events, or the elements of an array. *Confined to the exchange.*
///
/// A call goes out whole, as clients expect it, once its arguments have come; why the answer ended
/// goes out with the usage.
final class GeminiStreamWriter implements StreamWriter {

  private static final byte[] DATA = ascii("data: ");
  private static final byte[] END = ascii("\n\n");

  private final Reply reply;
  private final JsonWriter out;
  private final List<State> choices = new ArrayList<>(1);
  private String id = "";
  private String model = "";
  private @Nullable Instant created;
  private boolean elementPassed;

  GeminiStreamWriter(Reply reply, JsonWriter out) {
    this.reply = reply;
    this.out = out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// What one choice has come to.
  private final class State {
    private final GeminiAnswerWriter parts = new GeminiAnswerWriter(reply, out);
    private final StringBuilder arguments = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>();
    private AnswerEvent.@Nullable CallStarted call;
    private final List<String> said = new ArrayList<>();
    private List<TokenLogprob> logprobs = List.of();
    private @Nullable StopReason stop;
    private @Nullable String refusal;
  }

  private State state(int choice) {
    while (choices.size() <= choice) {
      choices.add(new State());
    }
    return choices.get(choice);
  }

  @Override
  public void event(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Started started -> {
        id = started.id();
        model = started.model();
        created = started.created();
      }
      case AnswerEvent.TextDelta(int choice, String text) -> text(choice, text);
      case AnswerEvent.RefusalDelta(int choice, String text) -> text(choice, text);
      case AnswerEvent.ReasoningDelta(int choice, String text) -> {
        State state = flushed(choice);
        if (state.parts.shown() && !text.isEmpty()) {
          begin();
          state.parts.thought(text, null, false);
          end(choice);
        }
      }
      case AnswerEvent.ReasoningSealed sealed -> {
        State state = flushed(sealed.choice());
        begin();
        state.parts.thought("", sealed.seal(), sealed.redacted());
        end(sealed.choice());
      }
      case AnswerEvent.CallStarted started -> {
        State state = flushed(started.choice());
        state.call = started;
      }
      case AnswerEvent.CallDelta delta -> state(delta.choice()).arguments.append(delta.fragment());
      case AnswerEvent.MediaGiven given -> {
        State state = flushed(given.choice());
        begin();
        state.parts.part(given.media());
        end(given.choice());
      }
      case AnswerEvent.SoundDelta sound -> {
        Part.Made made = sound.made();
        boolean words = made != null && made.transcript() != null;
        if (words || !sound.piece().base64().isEmpty()) {
          State state = flushed(sound.choice());
          begin();
          state.parts.media(sound.piece(), made);
          end(sound.choice());
        }
      }
      case AnswerEvent.Logprobs logprobs -> {
        State state = state(logprobs.choice());
        if (!state.logprobs.isEmpty()) {
          begin();
          end(logprobs.choice());
        }
        state.logprobs = logprobs.logprobs();
      }
      case AnswerEvent.Noted _ -> {}
      case AnswerEvent.Cited cited -> {
        state(cited.choice()).citations.add(cited.citation());
      }
      case AnswerEvent.Finished finished -> {
        State state = flushed(finished.choice());
        state.stop = finished.stop();
        state.refusal = finished.refusal();
      }
    }
  }

  private void text(int choice, String text) {
    if (!text.isEmpty()) {
      State state = flushed(choice);
      state.said.add(text);
      begin();
      state.parts.text(text);
      end(choice);
    }
  }

  /// Sends the call that has been coming, if any.
  private State flushed(int choice) {
    State state = state(choice);
    AnswerEvent.CallStarted call = state.call;
    if (call != null) {
      state.call = null;
      String text = state.arguments.toString();
      state.arguments.setLength(0);
      begin();
      state.parts.call(call.id(), call.name(), arguments(text));
      end(choice);
    }
    return state;
  }

  /// Arguments that were cut off are no object, and go out as the text they are.
  private static Slice arguments(String text) {
    Slice object = Arguments.object(text);
    return object == null ? Slice.of(new JsonWriter(64).text(text).take()) : object;
  }

  private void begin() {
    if (reply.serverSentEvents()) {
      out.framing(DATA);
    } else {
      out.framing(ascii(elementPassed ? ",\r\n" : "["));
    }
    elementPassed = true;
    out.object().array("candidates").object().object("content").array("parts");
  }

  private void end(int choice) {
    out.endArray().field("role", "model").endObject().field("index", choice);
    logprobs(choice);
    endChunk(null);
  }

  /// Those that wait for a chunk to go out with.
  private void logprobs(int choice) {
    State state = state(choice);
    if (!state.logprobs.isEmpty()) {
      GeminiLogprobs.write(state.logprobs, out);
      state.logprobs = List.of();
    }
  }

  private void endChunk(@Nullable Usage usage) {
    out.endObject().endArray();
    head(usage);
  }

  private void head(@Nullable Usage usage) {
    if (usage != null) {
      out.name("usageMetadata");
      GeminiAnswerWriter.usage(usage, out);
    }
    out.field("modelVersion", reply.model(model));
    GeminiAnswerWriter.created(created, out);
    out.field("responseId", reply.id(id)).endObject();
    if (reply.serverSentEvents()) {
      out.framing(END);
    }
  }

  @Override
  public void end(Usage usage) {
    state(0);
    for (int i = 0; i < choices.size(); i++) {
      State state = flushed(i);
      begin();
      out.object().field("text", "").endObject();
      out.endArray().field("role", "model").endObject();
      StopReason stop = state.stop == null ? StopReason.END : state.stop;
      out.field("finishReason", GeminiAnswerWriter.finish(stop)).field("index", i);
      if (stop == StopReason.REFUSAL) {
        out.optional("finishMessage", state.refusal);
      }
      logprobs(i);
      if (!state.citations.isEmpty()) {
        String text = String.join("", state.said);
        Sources sources = new Sources(text);
        state.citations.forEach(citation -> sources.add(citation, 0, text.length()));
        sources.write(out);
      }
      endChunk(i == choices.size() - 1 ? usage : null);
    }
    close();
  }

  private void close() {
    if (!reply.serverSentEvents()) {
      out.framing(ascii("]"));
    }
  }

  @Override
  public void failure(Failure failure) {
    beginError();
    Failures.gemini(failure, out);
    endError();
  }

  @Override
  public void error(GatewayError error) {
    beginError();
    out.framing(ascii(ErrorWriter.eventJson(Dialect.GEMINI_GENERATE, error, 0)));
    endError();
  }

  private void beginError() {
    out.framing(reply.serverSentEvents() ? DATA : ascii(elementPassed ? "," : "["));
  }

  private void endError() {
    out.framing(reply.serverSentEvents() ? END : ascii("]"));
  }
}
