package dev.forebay.bench.goodput;

import dev.forebay.exchange.Timers;
import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/// Virtual time: what is to happen, in the order of its instants and then of its planning. Not
/// thread-safe.
final class Timeline implements Ticker, Timers {

  static final long SECOND = 1_000_000_000L;
  static final long MINUTE = 60 * SECOND;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Instant origin;
  private long now;
  private long planned;

  /// @param origin what the wall clock shows at instant 0
  Timeline(Instant origin) {
    this.origin = origin;
  }

  private static final class Event implements Comparable<Event>, Timer {
    private final long at;
    private final long number;
    private final Runnable action;
    private boolean cancelled;

    Event(long at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Instant now() {
    return at(now);
  }

  /// What the wall clock shows at an instant.
  Instant at(long nanos) {
    return origin.plusNanos(nanos);
  }

  /// Nanoseconds of the wall clock since 1970 at an instant.
  long epochNanos(long nanos) {
    return Math.addExact(
        Math.multiplyExact(origin.getEpochSecond(), SECOND), origin.getNano() + nanos);
  }

  Timer at(long nanos, Runnable action) {
    Event event = new Event(Math.max(nanos, now), planned++, action);
    events.add(event);
    return event;
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    return at(now + delay.toNanos(), action);
  }

  @Override
  public void soon(Runnable action) {
    at(now, action);
  }

  /// Lets everything happen that is planned up to `end`.
  void run(long end) {
    while (!events.isEmpty() && events.peek().at <= end) {
      Event next = events.poll();
      now = next.at;
      if (!next.cancelled) {
        next.action.run();
      }
    }
    now = Math.max(now, end);
  }
}
