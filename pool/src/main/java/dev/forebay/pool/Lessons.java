package dev.forebay.pool;

/// What a provider's model taught about sizes: how much output it writes, and by how much input
/// estimates err. Thread-safe.
///
/// Estimates come in two strengths. The *expected* size is what 9 of 10 requests stay under; the
/// *most* is what a request can use at all. Until enough was seen, output is expected small and
/// allowed large: near the end of a budget that lets one request through at a time, and the first
/// answers teach the rest.
final class Lessons {

  private static final int ENOUGH = 16;
  private static final long EXPECTED_OUTPUT = 250;
  private static final long MOST_OUTPUT = 32_768;
  private static final double ONE = 1_024;

  /// No single request is larger; larger claims would only overflow sums.
  private static final long LARGEST = 100_000_000;

  /// A million dollars, for the same reason.
  private static final long LARGEST_COST = 1_000_000_000_000_000L;

  private final LogHistogram outputs = new LogHistogram(4);
  private final LogHistogram ratios = new LogHistogram(4);

  private volatile long expectedOutput = EXPECTED_OUTPUT;
  private volatile long mostOutput = MOST_OUTPUT;
  private volatile double expectedRatio = 1;
  private volatile double mostRatio = 1.25;

  /// What such a request takes of the budgets.
  Need need(Ask ask) {
    long cap = ask.outputCap();
    long in = input(ask, expectedRatio);
    long out = cap < 0 ? expectedOutput : Math.min(cap, expectedOutput);
    long mostIn = Math.max(in, input(ask, mostRatio));
    long mostOut = Math.max(out, cap < 0 ? mostOutput : Math.min(cap, LARGEST));
    TokenPrice price = ask.price();
    return new Need(
        Math.min(in + out, LARGEST),
        Math.min(mostIn + mostOut, LARGEST),
        cost(in, price.input(), out, price.output()),
        cost(mostIn, price.mostInput(), mostOut, price.mostOutput()));
  }

  private static long input(Ask ask, double ratio) {
    return (long) Math.min(Math.ceil(ask.inputTokens() * ratio), LARGEST);
  }

  private static long cost(long in, long inPrice, long out, long outPrice) {
    double cost = (double) in * inPrice + (double) out * outPrice;
    return (long) Math.min(cost, LARGEST_COST);
  }

  /// A request with an estimate of `estimate` used this; -1 for what was not reported.
  void learn(long estimate, long input, long output) {
    if (output >= 0) {
      outputs.add(output);
      if (due(outputs.size())) {
        expectedOutput = outputs.quantile(0.9);
        // Half as much again: the largest seen is not the largest there is.
        mostOutput = outputs.quantile(1) * 3 / 2;
      }
    }
    if (input > 0 && estimate > 0) {
      ratios.add((long) (input * ONE / estimate));
      if (due(ratios.size())) {
        expectedRatio = Math.clamp(ratios.quantile(0.9) / ONE, 0.1, 10);
        mostRatio = Math.clamp(ratios.quantile(1) / ONE, 0.1, 10);
      }
    }
  }

  private static boolean due(int size) {
    return size >= ENOUGH && (size < 128 || size % 16 == 0);
  }
}
