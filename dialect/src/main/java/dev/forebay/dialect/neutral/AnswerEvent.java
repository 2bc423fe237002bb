package dev.forebay.dialect.neutral;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a streamed answer, in no dialect. *Immutable.*
///
/// A part ends where one of another kind begins, where a call of another number begins, and where
/// its choice is finished. The end of the stream and its usage are no events: see [StreamWriter].
public sealed interface AnswerEvent {

  /// The provider has begun; the first event, once.
  ///
  /// @param tier and the rest as in [Answer.Notes]
  record Started(String id, String model, @Nullable String tier, @Nullable Instant created)
      implements AnswerEvent {}

  record TextDelta(int choice, String text) implements AnswerEvent {}

  /// The text so far is backed up.
  record Cited(int choice, Citation citation) implements AnswerEvent {}

  record RefusalDelta(int choice, String text) implements AnswerEvent {}

  record ReasoningDelta(int choice, String text) implements AnswerEvent {}

  /// The reasoning so far is complete; without any, the seal belongs to the part that follows.
  record ReasoningSealed(int choice, Seal seal, boolean redacted) implements AnswerEvent {}

  /// @param call number of the call within its choice, from 0
  record CallStarted(int choice, int call, String id, String name, boolean freeform)
      implements AnswerEvent {}

  /// A piece of the JSON of the arguments; of the text itself when the call is freeform.
  record CallDelta(int choice, int call, String fragment) implements AnswerEvent {}

  /// A picture, or something else that is whole.
  record MediaGiven(int choice, Part.Media media) implements AnswerEvent {}

  /// A piece of sound, of its words, or of both.
  ///
  /// @param piece its bytes are whole in themselves; empty where only words came
  record SoundDelta(int choice, Part.Source.Inline piece, Part.@Nullable Made made)
      implements AnswerEvent {}

  /// Of the tokens of the text that follows; at the end of a choice, of all that came before.
  record Logprobs(int choice, List<TokenLogprob> logprobs) implements AnswerEvent {}

  /// What the provider says beside the answer, before it has finished it.
  ///
  /// @param searches and the rest as in [Answer.Notes]
  record Noted(@Nullable Moderation moderation, long searches) implements AnswerEvent {}

  /// @param refusal why the provider declined, in its words
  record Finished(
      int choice, StopReason stop, @Nullable String stopSequence, @Nullable String refusal)
      implements AnswerEvent {}
}
