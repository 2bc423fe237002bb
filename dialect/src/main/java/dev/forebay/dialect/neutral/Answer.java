package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One whole answer, in no dialect. *Immutable.*
///
/// @param model the provider's name of what answered; empty when it did not say
public record Answer(String id, String model, List<Choice> choices, Usage usage, Notes notes) {

  public Answer {
    choices = List.copyOf(choices);
  }

  /// What the provider says beside the answer. Null is *not said*.
  ///
  /// @param tier the service tier it ran in, as in [Conversation.Labels]
  /// @param created when it was made
  /// @param searches how often the web was searched for it
  public record Notes(
      @Nullable String tier,
      @Nullable Instant created,
      @Nullable Moderation moderation,
      long searches) {

    public static Notes of(@Nullable String tier) {
      return new Notes(tier, null, null, 0);
    }

    /// These, with what has come since.
    public Notes with(AnswerEvent.Noted noted) {
      Moderation latest = noted.moderation() == null ? moderation : noted.moderation();
      return new Notes(tier, created, latest, Math.max(searches, noted.searches()));
    }
  }

  /// One of the answers asked for.
  ///
  /// @param stopSequence the one that was hit
  /// @param refusal why the provider declined, in its words
  /// @param logprobs one for each token, where asked for
  public record Choice(
      List<Part> parts,
      StopReason stop,
      @Nullable String stopSequence,
      @Nullable String refusal,
      List<TokenLogprob> logprobs) {

    public Choice {
      parts = List.copyOf(parts);
      logprobs = List.copyOf(logprobs);
    }
  }
}
