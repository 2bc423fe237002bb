package dev.forebay.dialect.translate;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StreamTap;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.StreamReader;
import dev.forebay.dialect.neutral.Target;

/// Watches the beginning of a stream for the model's own refusal. *Confined to the exchange.*
///
/// A model declines when it says so, or a filter of its provider does, before there is any text,
/// call, picture, sound or thought.
public final class DeclineWatch {

  private static final StreamTap.Out NOWHERE = (array, offset, length) -> {};

  private final StreamTap tap;
  private final StreamReader reader;
  private boolean refuses;
  private boolean answers;

  private DeclineWatch(Operation operation, boolean sse) {
    this.tap = StreamTap.watched(operation, sse, this::event);
    this.reader = Translator.outbound(operation.dialect()).stream(target(operation));
  }

  /// @param sse the stream is one of events; else (Gemini) a JSON array
  public static DeclineWatch of(Operation operation, boolean sse) {
    return new DeclineWatch(operation, sse);
  }

  private static Target target(Operation operation) {
    return Target.of(operation.provider(), operation.dialect(), "");
  }

  /// Looks at the next bytes of the provider.
  public void feed(byte[] array, int offset, int length) {
    if (!answers) {
      tap.feed(array, offset, length, NOWHERE);
    }
  }

  private void event(Slice data) {
    try {
      reader.event(data, this::event);
    } catch (Fault unreadable) {
      // Whoever relays the stream finds that out, too.
      answers = true;
    }
  }

  private void event(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.RefusalDelta _ -> refuses = true;
      case AnswerEvent.Finished finished -> {
        boolean refusal = finished.stop() == StopReason.REFUSAL;
        refuses |= refusal;
        answers |= !refusal;
      }
      case AnswerEvent.TextDelta _,
          AnswerEvent.ReasoningDelta _,
          AnswerEvent.ReasoningSealed _,
          AnswerEvent.CallStarted _,
          AnswerEvent.CallDelta _,
          AnswerEvent.SoundDelta _,
          AnswerEvent.MediaGiven _ ->
          answers = true;
      case AnswerEvent.Started _,
          AnswerEvent.Cited _,
          AnswerEvent.Logprobs _,
          AnswerEvent.Noted _ -> {}
    }
  }

  /// Whether the model has declined and said nothing else so far.
  public boolean declines() {
    return refuses && !answers;
  }

  /// Whether every choice of a whole answer ends as a refusal, whatever came before.
  public static boolean inAnswer(Operation operation, Slice answer) {
    Dialect dialect = operation.dialect();
    try {
      Answer read = Translator.outbound(dialect).read(answer, target(operation), Usage.NONE);
      return !read.choices().isEmpty()
          && read.choices().stream().allMatch(choice -> choice.stop() == StopReason.REFUSAL);
    } catch (Fault unreadable) {
      return false;
    }
  }
}
