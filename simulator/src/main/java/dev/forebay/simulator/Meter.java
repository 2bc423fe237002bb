package dev.forebay.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// One limit and what is left of it. Confined to its [LimitGroup]'s lock.
///
/// Per minute: a token bucket that holds one minute's worth. Per day: a counter that starts anew at
/// midnight in the provider's zone. `left` may fall below zero when usage is known only afterwards.
final class Meter {

  private static final double MINUTE_NANOS = 60e9;

  private final Dimension dimension;
  private final long limit;
  private final ZoneId zone;
  private double left;
  private long at;

  Meter(Dimension dimension, long limit, ZoneId zone, long now) {
    this.dimension = dimension;
    this.limit = limit;
    this.zone = zone;
    this.left = limit;
    this.at = dimension.perDay() ? midnightAfter(now) : now;
  }

  Dimension dimension() {
    return dimension;
  }

  long limit() {
    return limit;
  }

  private void refill(long now) {
    if (dimension.perDay()) {
      if (now >= at) {
        left = limit;
        at = midnightAfter(now);
      }
    } else if (now > at) {
      left = Math.min(limit, left + (now - at) * (limit / MINUTE_NANOS));
      at = now;
    }
  }

  /// Whether `amount` is there. Rounding errors of the refill do not refuse.
  boolean has(double amount, long now) {
    refill(now);
    return left + 1e-6 >= amount;
  }

  void take(double amount) {
    left -= amount;
  }

  long remaining(long now) {
    refill(now);
    return Math.max(0, (long) (left + 1e-6));
  }

  /// Nanoseconds until `amount` is there; until midnight, for a daily limit. An amount above the
  /// limit is never there: the time until the bucket is full stands for that.
  long nanosUntil(double amount, long now) {
    refill(now);
    if (dimension.perDay()) {
      return left >= amount ? 0 : at - now;
    }
    double missing = Math.min(amount, limit) - left;
    return missing <= 0 ? 0 : (long) Math.ceil(missing / (limit / MINUTE_NANOS));
  }

  /// Nanoseconds until nothing is missing.
  long nanosUntilFull(long now) {
    refill(now);
    return dimension.perDay() ? at - now : nanosUntil(limit, now);
  }

  private long midnightAfter(long now) {
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(now, 1_000_000_000L), Math.floorMod(now, 1_000_000_000L));
    LocalDate tomorrow = instant.atZone(zone).toLocalDate().plusDays(1);
    return tomorrow.atStartOfDay(zone).toEpochSecond() * 1_000_000_000L;
  }
}
