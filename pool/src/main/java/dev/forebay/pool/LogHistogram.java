package dev.forebay.pool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// A small histogram of non-negative values in logarithmic buckets [1] that forgets: when it is
/// full every count is halved, so that quantiles follow the last few thousand values. Thread-safe;
/// adding is lock-free but for the halving.
///
/// [1] G. Tene, HdrHistogram: https://hdrhistogram.org
final class LogHistogram {

  private static final int HIGHEST_BIT = 40;
  private static final int FULL = 2_048;

  private final int subBits;
  private final AtomicIntegerArray counts;
  private final AtomicInteger total = new AtomicInteger();

  /// A histogram whose buckets are `2^-subBits` of their value wide.
  LogHistogram(int subBits) {
    this.subBits = subBits;
    this.counts = new AtomicIntegerArray((HIGHEST_BIT - subBits + 2) << subBits);
  }

  /// Values in it, at most a few thousand.
  int size() {
    return total.get();
  }

  void add(long value) {
    counts.incrementAndGet(bucket(value));
    if (total.incrementAndGet() >= FULL) {
      halve();
    }
  }

  private synchronized void halve() {
    if (total.get() < FULL) {
      return;
    }
    int left = 0;
    for (int i = 0; i < counts.length(); i++) {
      int count = counts.get(i);
      int half = count / 2;
      left += counts.addAndGet(i, half - count);
    }
    total.set(left);
  }

  /// The upper edge of the bucket below which `share` of the values lie; 0 when it is empty.
  long quantile(double share) {
    int last = 0;
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    long wanted = (long) Math.ceil(sum * share);
    long seen = 0;
    for (int i = 0; i < counts.length() && seen < wanted; i++) {
      seen += counts.get(i);
      last = i;
    }
    return sum == 0 ? 0 : upperEdge(last);
  }

  private int bucket(long value) {
    long bounded = Math.clamp(value, 0, (1L << HIGHEST_BIT) - 1);
    int shift = Math.max(63 - Long.numberOfLeadingZeros(bounded | 1) - subBits, 0);
    return (shift << subBits) + (int) (bounded >> shift);
  }

  private long upperEdge(int bucket) {
    int shift = Math.max((bucket >> subBits) - 1, 0);
    long mantissa = bucket - ((long) shift << subBits);
    return ((mantissa + 1) << shift) - 1;
  }
}
