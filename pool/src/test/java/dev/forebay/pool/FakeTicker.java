package dev.forebay.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// Both clocks, advanced by hand. Thread-safe.
final class FakeTicker implements Ticker {

  private final Instant start;
  private final AtomicLong elapsed = new AtomicLong();
  private volatile Duration wallOffset = Duration.ZERO;
  private volatile Runnable meanwhile = () -> {};

  FakeTicker(Instant start) {
    this.start = start;
  }

  FakeTicker() {
    this(Instant.parse("2026-11-23T10:00:00Z"));
  }

  @Override
  public long nanos() {
    Runnable others = meanwhile;
    meanwhile = () -> {};
    others.run();
    meanwhile = others;
    // An origin that is neither zero nor positive, as the real one may be.
    return elapsed.get() - 5_000_000_000L;
  }

  @Override
  public Instant now() {
    return start.plusNanos(elapsed.get()).plus(wallOffset);
  }

  void advance(Duration duration) {
    elapsed.addAndGet(duration.toNanos());
  }

  /// What others do just before each look at the clock. Confined to one thread.
  void meanwhile(Runnable others) {
    meanwhile = others;
  }

  /// Sets the wall clock, and leaves the monotonic one alone.
  void shiftWall(Duration offset) {
    wallOffset = wallOffset.plus(offset);
  }
}
