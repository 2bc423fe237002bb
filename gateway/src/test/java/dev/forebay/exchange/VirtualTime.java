package dev.forebay.exchange;

import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Time that jumps from one planned piece of work to the next. *Confined to one test.*
final class VirtualTime implements Ticker, Timers {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  private record Event(long atNanos, long number, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparing(Event::number));
  private long nanos;
  private long planned;

  /// Plans work for a moment after the beginning.
  void at(Duration moment, Runnable action) {
    events.add(new Event(moment.toNanos(), planned++, action));
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    Event event = new Event(nanos + delay.toNanos(), planned++, action);
    events.add(event);
    return () -> events.remove(event);
  }

  @Override
  public void soon(Runnable action) {
    after(Duration.ZERO, action);
  }

  /// Does all that is planned, and what that plans.
  void run() {
    for (Event event = events.poll(); event != null; event = events.poll()) {
      nanos = event.atNanos();
      event.action().run();
    }
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos);
  }
}
