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

  private final LogHistogram outputs = new LogHistogram(4);
  private final LogHistogram ratios = new LogHistogram(4);

  private volatile long expectedOutput = EXPECTED_OUTPUT;
  private volatile long mostOutput = MOST_OUTPUT;
  private volatile double expectedRatio = 1;
  private volatile double mostRatio = 1.25;

  /// Input and output that 9 of 10 such requests stay under.
  long expected(Ask ask) {
    return total(ask, expectedRatio, expectedOutput, true);
  }

  /// Input and output that such a request can use at all.
  long most(Ask ask) {
    return total(ask, mostRatio, mostOutput, false);
  }

  private static long total(Ask ask, double ratio, long output, boolean boundOutput) {
    long cap = ask.outputCap();
    long out = cap < 0 ? output : boundOutput ? Math.min(cap, output) : cap;
    return (long) Math.min(Math.ceil(ask.inputTokens() * ratio) + out, LARGEST);
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
