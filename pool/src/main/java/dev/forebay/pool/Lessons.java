package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// What a provider's model taught about sizes: how much output it writes, by how much input
/// estimates err, and what limits count of a request. Thread-safe.
///
/// Estimates come in two strengths. The *expected* size is what 9 of 10 requests stay under; the
/// *most* is what a request can use at all. Until enough was seen, sizes are expected small and
/// allowed large: near the end of a budget that lets few requests through at a time, and the first
/// answers teach the rest.
final class Lessons {

  private static final int ENOUGH = 16;
  // A few answers already tell more of a model's tokens than no answer does.
  private static final int A_FEW = 4;
  private static final double MARGIN = 1.25;
  private static final long EXPECTED_OUTPUT = 250;
  private static final long MOST_OUTPUT = 32_768;
  // Some scripts take twice the tokens of English, and a provider puts a few around every prompt.
  private static final double MOST_RATIO = 2;
  private static final long MOST_AROUND = 64;
  private static final double USUAL_TOKENS = 1_000;
  private static final double ONE = 1_024;

  /// No single request is larger; larger claims would only overflow sums.
  private static final long LARGEST = 100_000_000;

  /// A million dollars, for the same reason.
  private static final long LARGEST_COST = 1_000_000_000_000_000L;

  // A mean follows the last some dozen requests.
  private static final double MEMORY = 1.0 / 64;

  private final Counting counting;
  private final LogHistogram outputs = new LogHistogram(4);
  private final LogHistogram ratios = new LogHistogram(4);

  private volatile long expectedOutput = EXPECTED_OUTPUT;
  private volatile long mostOutput = MOST_OUTPUT;
  private volatile double expectedRatio = 1;
  private volatile double mostRatio = MOST_RATIO;
  private volatile long mostAround = MOST_AROUND;

  // Of a conversation whose prompt is cached, the share of the input that is not read from there.
  private final LogHistogram freshShares = new LogHistogram(4);
  private volatile double freshShare = 1;

  // Means of a request, which may be a moment old: of two that learn at once one lesson may be
  // lost.
  private double meanTotal;
  private double meanTokens;
  private double meanInput;
  private double meanOutput;

  // The last mean worth keeping; 0 before there is any.
  private volatile double keptOutput;

  Lessons(Counting counting) {
    this.counting = counting;
  }

  Counting counting() {
    return counting;
  }

  /// What such a request takes of the budgets and limits.
  Need need(Ask ask) {
    long cap = ask.outputCap();
    long in = input(ask, expectedRatio);
    long out = cap < 0 ? expectedOutput : Math.min(cap, expectedOutput);
    long mostIn = Math.max(in, input(ask, mostRatio) + mostAround);
    long mostOut = Math.max(out, cap < 0 ? mostOutput : Math.min(cap, LARGEST));
    TokenPrice price = ask.price();
    return new Need(
        Math.min(in + out, LARGEST),
        Math.min(mostIn + mostOut, LARGEST),
        cost(in, price.input(), out, price.output()),
        cost(mostIn, price.mostInput(), mostOut, price.mostOutput()),
        Math.min(counting.tokens(in, 0, out, cap), LARGEST),
        in,
        writes(cap));
  }

  // On average, because what one writes more another writes less.
  private long writes(long cap) {
    double mean = meanOutput > 0 ? meanOutput : keptOutput;
    long expected = mean == 0 ? EXPECTED_OUTPUT : (long) Math.ceil(mean);
    return cap < 0 ? expected : Math.min(cap, expected);
  }

  /// What it takes where the conversation's prompt is cached.
  Need cached(Need need) {
    double fresh = freshShare;
    return fresh >= 1 || counting != Counting.ANTHROPIC
        ? need
        : need.withCountedInput((long) Math.ceil(need.countedInput() * fresh));
  }

  /// Tokens, input and output, that go with one unit of an axis.
  double tokensPer(Axis axis) {
    double counted =
        switch (axis) {
          case REQUESTS -> 1;
          case TOKENS -> meanTokens;
          case INPUT_TOKENS -> meanInput;
          case OUTPUT_TOKENS -> meanOutput;
        };
    double total = meanTotal;
    if (total <= 0 || counted <= 0) {
      return axis == Axis.REQUESTS ? USUAL_TOKENS : 1;
    }
    return total / counted;
  }

  /// What a limit of tokens counts of a request on average.
  double meanTokens() {
    double mean = meanTokens;
    return mean > 0 ? mean : USUAL_TOKENS;
  }

  private static long input(Ask ask, double ratio) {
    return (long) Math.min(Math.ceil(ask.inputTokens() * ratio), LARGEST);
  }

  private static long cost(long in, long inPrice, long out, long outPrice) {
    double cost = (double) in * inPrice + (double) out * outPrice;
    return (long) Math.min(cost, LARGEST_COST);
  }

  /// A request with an estimate of `estimate` used this; -1 for what was not reported.
  ///
  /// @param cached of `input`, what was read from the prompt cache
  void learn(long estimate, long cap, long input, long cached, long output) {
    if (input > 0 && output >= 0) {
      meanTotal = mean(meanTotal, input + (double) output);
      meanTokens = mean(meanTokens, counting.tokens(input, cached, output, cap));
      meanInput = mean(meanInput, counting.input(input, cached));
      meanOutput = mean(meanOutput, output);
    }
    if (output >= 0) {
      outputs.add(output);
      if (due(outputs.size())) {
        expectedOutput = outputs.quantile(0.9);
        // Half as much again: the largest seen is not the largest there is.
        mostOutput = outputs.quantile(1) * 3 / 2;
        keptOutput = meanOutput;
      }
    }
    if (input > 0 && estimate > 0) {
      ratios.add((long) (input * ONE / estimate));
      int seen = ratios.size();
      if (due(seen)) {
        expectedRatio = Math.clamp(ratios.quantile(0.9) / ONE, 0.1, 10);
        allow(ratios.quantile(1) / ONE);
      } else if (seen >= A_FEW && seen < ENOUGH) {
        allow(ratios.quantile(1) / ONE * MARGIN);
      }
    }
  }

  private void allow(double ratio) {
    mostRatio = Math.clamp(ratio, 0.1, 10);
    mostAround = 0;
  }

  /// A conversation was served where its prompt was cached, and `share` of its input was not read
  /// from there.
  void learnFresh(double share) {
    freshShares.add((long) (share * ONE));
    if (due(freshShares.size())) {
      // Who counts on more of a cache than is there is refused.
      freshShare = Math.clamp(freshShares.quantile(0.97) / ONE, 0, 1);
    }
  }

  /// What should outlive a restart; null when nothing was learned.
  PoolState.@Nullable SavedLesson save(String provider, String model) {
    double mean = keptOutput;
    return mean == 0
        ? null
        : new PoolState.SavedLesson(
            provider,
            model,
            Math.round(expectedRatio * 1_000),
            Math.round(mostRatio * 1_000),
            expectedOutput,
            mostOutput,
            Math.max(Math.round(mean), 1));
  }

  /// Begins with what was learned before a restart.
  void restore(PoolState.SavedLesson saved) {
    expectedRatio = Math.clamp(saved.inputPerMille() / 1e3, 0.1, 10);
    allow(Math.max(saved.mostInputPerMille() / 1e3, expectedRatio));
    expectedOutput = Math.clamp(saved.output(), 0, LARGEST);
    mostOutput = Math.clamp(saved.mostOutput(), expectedOutput, LARGEST);
    keptOutput = Math.clamp(saved.meanOutput(), 0, LARGEST);
  }

  private static double mean(double before, double more) {
    return before == 0 ? more : before + (more - before) * MEMORY;
  }

  private static boolean due(int size) {
    return size >= ENOUGH && (size < 128 || size % 16 == 0);
  }
}
