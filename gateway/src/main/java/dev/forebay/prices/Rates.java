package dev.forebay.prices;

import dev.forebay.dialect.Usage;

/// What one token of each kind costs, in nano-dollars. Immutable.
///
/// Results of server tools cost what input does, reasoning what output does. Of sound and pictures
/// only what no cache was involved in has a rate of its own: providers do not tell how much of
/// their cached input was which.
///
/// @param input input that no cache was involved in
/// @param cacheRead input read from the provider's prompt cache
/// @param cacheWrite input written to the cache for the short term
/// @param cacheWriteLong input written to the cache for the long term
/// @param output output, reasoning included
/// @param audioInput of the input, sound
/// @param audioOutput of the output, sound
/// @param imageInput of the input, pictures
/// @param imageOutput of the output, pictures
public record Rates(
    long input,
    long cacheRead,
    long cacheWrite,
    long cacheWriteLong,
    long output,
    long audioInput,
    long audioOutput,
    long imageInput,
    long imageOutput) {

  /// A thousand dollars per million tokens; nothing costs more, and sums stay countable.
  public static final long LARGEST = 1_000_000;

  /// No answer has more tokens of one kind.
  private static final long MOST_TOKENS = 1_000_000_000;

  public Rates {
    for (long rate :
        new long[] {
          input,
          cacheRead,
          cacheWrite,
          cacheWriteLong,
          output,
          audioInput,
          audioOutput,
          imageInput,
          imageOutput
        }) {
      if (rate < 0 || rate > LARGEST) {
        throw new IllegalArgumentException("rate: " + rate + " (expected: 0 to " + LARGEST + ")");
      }
    }
  }

  /// Rates of a model that knows text only.
  public static Rates ofText(
      long input, long cacheRead, long cacheWrite, long cacheWriteLong, long output) {
    return new Rates(
        input, cacheRead, cacheWrite, cacheWriteLong, output, input, output, input, output);
  }

  /// What this usage costs.
  Cost of(Usage usage) {
    long fresh = bounded(usage.inFresh());
    long sound = Math.min(bounded(usage.audioIn()), fresh);
    long pictures = Math.min(bounded(usage.imageIn()), fresh - sound);
    long visible = bounded(usage.outVisible());
    long spoken = Math.min(bounded(usage.audioOut()), visible);
    long drawn = Math.min(bounded(usage.imageOut()), visible - spoken);
    return new Cost(
        (fresh - sound - pictures + bounded(usage.toolIn())) * input
            + sound * audioInput
            + pictures * imageInput
            + bounded(usage.inCacheRead()) * cacheRead
            + bounded(usage.inCacheWrite5m()) * cacheWrite
            + bounded(usage.inCacheWrite1h()) * cacheWriteLong
            + (visible - spoken - drawn + bounded(usage.outReasoning())) * output
            + spoken * audioOutput
            + drawn * imageOutput);
  }

  private static long bounded(long tokens) {
    return Math.clamp(tokens, 0, MOST_TOKENS);
  }

  /// The most that a token of input can cost, whatever becomes of it.
  long mostInput() {
    long text = Math.max(Math.max(input, cacheRead), Math.max(cacheWrite, cacheWriteLong));
    return Math.max(text, Math.max(audioInput, imageInput));
  }

  /// The most that a token of output can cost.
  long mostOutput() {
    return Math.max(output, Math.max(audioOutput, imageOutput));
  }
}
