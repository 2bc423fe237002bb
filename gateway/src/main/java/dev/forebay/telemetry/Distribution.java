package dev.forebay.telemetry;

import java.util.concurrent.atomic.LongAdder;

/// How many durations fell into each bucket, and their sum. *Thread-safe.*
///
/// One addition per bucket and no lock: the price an event loop pays for a histogram.
final class Distribution {

  /// Upper bounds. A cached answer takes milliseconds, a long agent turn many minutes; the bounds
  /// grow by about a half each time, which bounds the error of a quantile.
  private static final long[] BOUNDS_MILLIS = {
    1, 2, 5, 10, 20, 35, 50, 75, 100, 150, 250, 350, 500, 750, 1_000, 1_500, 2_500, 3_500, 5_000,
    7_500, 10_000, 15_000, 25_000, 35_000, 60_000, 120_000, 300_000, 600_000
  };

  private static final long[] BOUNDS_NANOS = new long[BOUNDS_MILLIS.length];

  static {
    for (int i = 0; i < BOUNDS_MILLIS.length; i++) {
      BOUNDS_NANOS[i] = BOUNDS_MILLIS[i] * 1_000_000;
    }
  }

  /// One for each bound and one for what is larger than all.
  private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];

  private final LongAdder sumNanos = new LongAdder();

  Distribution() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  void record(long nanos) {
    int low = 0;
    int high = BOUNDS_NANOS.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (nanos <= BOUNDS_NANOS[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    buckets[low].increment();
    sumNanos.add(nanos);
  }

  /// The upper bounds in seconds, the last one infinite.
  static double[] boundsSeconds() {
    double[] seconds = new double[BOUNDS_MILLIS.length + 1];
    for (int i = 0; i < BOUNDS_MILLIS.length; i++) {
      seconds[i] = BOUNDS_MILLIS[i] / 1000.0;
    }
    seconds[BOUNDS_MILLIS.length] = Double.POSITIVE_INFINITY;
    return seconds;
  }

  /// How many fell into each bucket.
  long[] counts() {
    long[] counts = new long[buckets.length];
    for (int i = 0; i < buckets.length; i++) {
      counts[i] = buckets[i].sum();
    }
    return counts;
  }

  double sumSeconds() {
    return sumNanos.sum() / 1e9;
  }
}
