package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One whole answer, in no dialect. *Immutable.*
///
/// @param model the provider's name of what answered; empty when it did not say
/// @param tier the service tier it ran in, as in [Conversation.Labels]
public record Answer(
    String id, String model, List<Choice> choices, Usage usage, @Nullable String tier) {

  public Answer {
    choices = List.copyOf(choices);
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
