package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.StreamReader;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the pieces of one stream. *Confined to the exchange.*
final class GeminiStreamReader implements StreamReader {

  private final Target target;
  private final Map<Integer, State> states = new HashMap<>();
  private boolean started;

  GeminiStreamReader(Target target) {
    this.target = target;
  }

  /// What one candidate has come to.
  private static final class State {
    private final GeminiParts reader;
    private int calls;

    /// The text so far, which sources are placed in.
    private final List<String> said = new ArrayList<>();

    private State(GeminiParts reader) {
      this.reader = reader;
    }
  }

  @Override
  public void event(Slice data, Consumer<AnswerEvent> sink) throws Fault {
    JsonReader json = JsonReader.of(data);
    if (!json.isObject()) {
      return;
    }
    String id = "";
    String model = "";
    String blocked = null;
    Instant created = null;
    Slice candidates = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "responseId" -> id = json.textOr("");
        case "modelVersion" -> model = json.textOr("");
        case "createTime" -> created = Timestamps.text(json);
        case "promptFeedback" -> blocked = Candidate.blocked(json);
        case "candidates" -> {
          if (json.isArray()) {
            candidates = json.raw();
          } else {
            json.skip();
          }
        }
        default -> json.skip();
      }
    }
    if (!started) {
      started = true;
      sink.accept(new AnswerEvent.Started(id, model, null, created));
    }
    if (candidates != null) {
      for (Candidate candidate : read(candidates, id)) {
        tell(candidate, sink);
      }
    }
    if (blocked != null) {
      sink.accept(new AnswerEvent.Finished(0, StopReason.REFUSAL, null, blocked));
    }
  }

  /// The id that calls are named after stands behind them, so they are read afterwards.
  private List<Candidate> read(Slice array, String id) throws Fault {
    List<Candidate> candidates = new ArrayList<>(1);
    JsonReader json = JsonReader.of(array);
    for (int i = 0; json.nextElement(); i++) {
      Candidate candidate = new Candidate();
      int number = i;
      State state =
          states.computeIfAbsent(
              number,
              key -> new State(new GeminiParts(new CallIds(id, key), target.group(), null)));
      candidate.read(json, state.reader);
      candidates.add(candidate);
    }
    return candidates;
  }

  private void tell(Candidate candidate, Consumer<AnswerEvent> sink) {
    int choice = candidate.index;
    State state = states.get(choice);
    State counted = state == null ? states.get(0) : state;
    if (!candidate.logprobs.isEmpty()) {
      sink.accept(new AnswerEvent.Logprobs(choice, candidate.logprobs));
    }
    for (Part part : candidate.parts) {
      tell(choice, part, counted, sink);
    }
    if (candidate.grounded) {
      String text = counted == null ? "" : String.join("", counted.said);
      for (Citation citation : candidate.grounding.told(text)) {
        sink.accept(new AnswerEvent.Cited(choice, citation));
      }
    }
    if (candidate.finish != null) {
      StopReason stop = Candidate.stop(candidate.finish, counted != null && counted.calls > 0);
      String refusal = GeminiAnswerReader.refusal(stop, candidate.finishMessage);
      sink.accept(new AnswerEvent.Finished(choice, stop, null, refusal));
    }
  }

  private static void tell(
      int choice, Part part, @Nullable State state, Consumer<AnswerEvent> sink) {
    switch (part) {
      case Part.Text text -> {
        if (!text.text().isEmpty()) {
          sink.accept(new AnswerEvent.TextDelta(choice, text.text()));
          if (state != null) {
            state.said.add(text.text());
          }
        }
      }
      case Part.Reasoning reasoning -> {
        if (!reasoning.text().isEmpty()) {
          sink.accept(new AnswerEvent.ReasoningDelta(choice, reasoning.text()));
        }
        if (reasoning.seal() != null) {
          sink.accept(new AnswerEvent.ReasoningSealed(choice, reasoning.seal(), false));
        }
      }
      case Part.ToolCall call -> {
        int number = state == null ? 0 : state.calls++;
        sink.accept(new AnswerEvent.CallStarted(choice, number, call.id(), call.name(), false));
        sink.accept(new AnswerEvent.CallDelta(choice, number, call.arguments().text()));
      }
      case Part.Media media -> {
        if (media.kind() == Part.Media.Kind.AUDIO
            && media.source() instanceof Part.Source.Inline piece) {
          sink.accept(new AnswerEvent.SoundDelta(choice, piece, media.made()));
        } else {
          sink.accept(new AnswerEvent.MediaGiven(choice, media));
        }
      }
      case Part.ToolResult _, Part.Refusal _, Part.Foreign _ -> {}
    }
  }
}
