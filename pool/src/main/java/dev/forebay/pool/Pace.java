package dev.forebay.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Holds requests back for a while. Requests are spaced by a generic cell rate algorithm without
/// burst. Thread-safe; taking a turn is lock-free.
///
/// A limit group that its provider asked to slow down sends half its measured rate at once, then
/// additively more until it is back at the whole [1]. A key that was out for long comes back at
/// little more than its share: with its limits untouched it could take all there is, and everybody
/// who waits would go to it.
///
/// [1] D. Chiu, R. Jain, Analysis of the Increase and Decrease Algorithms for Congestion Avoidance
/// in Computer Networks, Computer Networks and ISDN Systems 17, 1989.
final class Pace {

  /// However little was measured, a paced group still sends one request every two seconds.
  private static final double LEAST_PER_SECOND = 0.5;

  /// @param from requests per second at `setAt`
  /// @param to requests per second at `endsAt`, where the pace is lifted
  private record Ramp(double from, double to, long setAt, long endsAt) {

    long interval(long now) {
      double progress = (double) (now - setAt) / (endsAt - setAt);
      return (long) (1e9 / (from + (to - from) * Math.clamp(progress, 0, 1)));
    }
  }

  private final AtomicLong nextAt = new AtomicLong();
  private volatile @Nullable Ramp ramp;
  private long lastSetAt = Long.MIN_VALUE;

  /// Slows a group down that sent `measuredPerSecond`; once per burst, as a [Gate].
  synchronized boolean slowDown(long startedAt, double measuredPerSecond, Context context) {
    if (startedAt <= lastSetAt) {
      return false;
    }
    long now = context.nanos();
    // The measure looks back further than the last slow-down.
    double to = Math.max(Math.min(measuredPerSecond, perSecond(now)), 2 * LEAST_PER_SECOND);
    long ends = Context.plus(now, context.settings().slowDownPeriod());
    Ramp slower = new Ramp(to / 2, to, now, ends);
    ramp = slower;
    lastSetAt = now;
    nextAt.set(now + slower.interval(now));
    return true;
  }

  /// Lets requests pass at `from` a second at first and at `to` a second at the end of `period`.
  synchronized void start(double from, double to, Duration period, long now) {
    double least = Math.max(from, LEAST_PER_SECOND);
    Ramp slower = new Ramp(least, Math.max(to, least), now, Context.plus(now, period));
    nextAt.set(now);
    ramp = slower;
  }

  /// When the next request may go: `now` or earlier when it may go at once.
  long freeAt(long now) {
    Ramp slow = ramp;
    return slow == null || now >= slow.endsAt ? now : Math.min(nextAt.get(), slow.endsAt);
  }

  /// Takes a turn. Returns the interval to hand to [#giveBack], 0 when there is no pace to keep and
  /// -1 when it is too early.
  long take(long now) {
    Ramp slow = ramp;
    if (slow == null) {
      return 0;
    }
    if (now >= slow.endsAt) {
      lift(slow);
      return 0;
    }
    long interval = slow.interval(now);
    while (true) {
      long next = nextAt.get();
      if (now < next) {
        return -1;
      }
      // Being late by less than an interval is made up for, or the rate would never be reached.
      if (nextAt.compareAndSet(next, Math.max(next, now - interval) + interval)) {
        return interval;
      }
    }
  }

  /// Undoes a turn that was not used.
  void giveBack(long interval) {
    nextAt.addAndGet(-interval);
  }

  /// Requests per second allowed now; infinite when nothing holds the group back.
  double perSecond(long now) {
    Ramp slow = ramp;
    return slow == null || now >= slow.endsAt ? Double.POSITIVE_INFINITY : 1e9 / slow.interval(now);
  }

  /// Ends it, on a person's word.
  synchronized void lift() {
    ramp = null;
  }

  private synchronized void lift(Ramp ended) {
    if (ramp == ended) {
      ramp = null;
    }
  }
}
