package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.MINUTE;

import java.time.Instant;
import java.time.ZoneId;

/// One limit of one organisation and what is left of it. Instants are those of the wall clock, in
/// nanoseconds. Not thread-safe.
sealed interface Meter {

  Axis axis();

  /// What may be used in one period.
  long limit();

  /// What is left; below zero when more was used than there was.
  double left(long wall);

  void take(double amount, long wall);

  /// When `amount` is there if nothing else is taken.
  long nanosUntil(double amount, long wall);

  /// Whether `amount` is there. Rounding errors of a refill do not refuse.
  default boolean has(double amount, long wall) {
    return left(wall) + 1e-6 >= amount;
  }

  default long nanosUntilFull(long wall) {
    return nanosUntil(limit(), wall);
  }

  /// A token bucket that holds one minute's worth and refills continuously.
  final class Bucket implements Meter {
    private final Axis axis;
    private final long limit;
    private double left;
    private long at;

    Bucket(Axis axis, long limit) {
      this.axis = axis;
      this.limit = limit;
      this.left = limit;
    }

    @Override
    public Axis axis() {
      return axis;
    }

    @Override
    public long limit() {
      return limit;
    }

    @Override
    public double left(long wall) {
      left = Math.min(limit, left + (wall - at) * ((double) limit / MINUTE));
      at = wall;
      return left;
    }

    @Override
    public void take(double amount, long wall) {
      left = left(wall) - amount;
    }

    @Override
    public long nanosUntil(double amount, long wall) {
      double missing = Math.min(amount, limit) - left(wall);
      return missing <= 0 ? 0 : (long) Math.ceil(missing / ((double) limit / MINUTE));
    }
  }

  /// A counter that starts anew with every period of the wall clock: a minute, or a day in `zone`.
  final class Window implements Meter {

    private static final ZoneId DAYS_OF = ZoneId.of("America/Los_Angeles");

    private final Axis axis;
    private final long limit;
    private double left;
    private long ends;

    Window(Axis axis, long limit) {
      this.axis = axis;
      this.limit = limit;
    }

    @Override
    public Axis axis() {
      return axis;
    }

    @Override
    public long limit() {
      return limit;
    }

    @Override
    public double left(long wall) {
      if (wall >= ends) {
        left = limit;
        ends = axis == Axis.REQUESTS_PER_DAY ? midnight(wall) : wall - wall % MINUTE + MINUTE;
      }
      return left;
    }

    private static long midnight(long wall) {
      Instant now = Instant.ofEpochSecond(wall / Timeline.SECOND);
      return now.atZone(DAYS_OF).toLocalDate().plusDays(1).atStartOfDay(DAYS_OF).toEpochSecond()
          * Timeline.SECOND;
    }

    @Override
    public void take(double amount, long wall) {
      left = left(wall) - amount;
    }

    @Override
    public long nanosUntil(double amount, long wall) {
      return left(wall) >= Math.min(amount, limit) ? 0 : ends - wall;
    }
  }
}
