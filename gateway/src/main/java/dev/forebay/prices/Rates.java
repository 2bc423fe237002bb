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

  /// Nor have all of a day.
  private static final long MOST_IN_SUM = 100 * MOST_TOKENS;

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
    return of(usage, MOST_TOKENS);
  }

  /// What many requests cost together that used so much together.
  Cost ofSum(Usage sum) {
    return of(sum, MOST_IN_SUM);
  }

  private Cost of(Usage usage, long most) {
    long fresh = bounded(usage.inFresh(), most);
    long sound = Math.min(bounded(usage.audioIn(), most), fresh);
    long pictures = Math.min(bounded(usage.imageIn(), most), fresh - sound);
    long visible = bounded(usage.outVisible(), most);
    long spoken = Math.min(bounded(usage.audioOut(), most), visible);
    long drawn = Math.min(bounded(usage.imageOut(), most), visible - spoken);
    return new Cost(
        (fresh - sound - pictures + bounded(usage.toolIn(), most)) * input
            + sound * audioInput
            + pictures * imageInput
            + bounded(usage.inCacheRead(), most) * cacheRead
            + bounded(usage.inCacheWrite5m(), most) * cacheWrite
            + bounded(usage.inCacheWrite1h(), most) * cacheWriteLong
            + (visible - spoken - drawn + bounded(usage.outReasoning(), most)) * output
            + spoken * audioOutput
            + drawn * imageOutput);
  }

  /// What many requests would cost more together without a cache, in nano-dollars: what reading
  /// from it spares, less what writing to it adds. All of it is taken for text.
  long saved(Usage sum) {
    return bounded(sum.inCacheRead(), MOST_IN_SUM) * (input - cacheRead)
        - bounded(sum.inCacheWrite5m(), MOST_IN_SUM) * (cacheWrite - input)
        - bounded(sum.inCacheWrite1h(), MOST_IN_SUM) * (cacheWriteLong - input);
  }

  private static long bounded(long tokens, long most) {
    return Math.clamp(tokens, 0, most);
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
