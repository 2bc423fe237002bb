package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

import java.util.random.RandomGenerator;

/// When clients come: at random, at a rate that may swing.
///
/// @param periodNanos how long one swing takes; 0 for a steady rate
/// @param burstNanos how much of a swing is burst
/// @param burst how many times the mean rate comes in a burst
record Arrivals(long periodNanos, long burstNanos, double burst) {

  static final Arrivals STEADY = new Arrivals(0, 0, 1);

  /// Four seconds in twenty come at three times the mean rate.
  static final Arrivals BURSTY = new Arrivals(20 * SECOND, 4 * SECOND, 3);

  /// The next arrival after `now`, at a mean rate of `perSecond`.
  long next(long now, double perSecond, RandomGenerator random) {
    double owed = -Math.log(1 - random.nextDouble());
    long at = now;
    while (true) {
      double rate = perSecond * factor(at) / SECOND;
      long until = periodNanos == 0 ? Long.MAX_VALUE : changeAfter(at);
      double most = rate * (until - at);
      if (owed <= most) {
        return at + (long) (owed / rate);
      }
      owed -= most;
      at = until;
    }
  }

  private double factor(long at) {
    if (periodNanos == 0) {
      return 1;
    }
    double share = (double) burstNanos / periodNanos;
    return at % periodNanos < burstNanos ? burst : (1 - share * burst) / (1 - share);
  }

  private long changeAfter(long at) {
    long in = at % periodNanos;
    return at - in + (in < burstNanos ? burstNanos : periodNanos);
  }
}
