package dev.forebay.storage;

import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.time.Instant;

/// A clock that a test moves. Thread-safe.
public final class FakeTicker implements Ticker {

  private long nanos = 1_000;

  private Instant now = Instant.parse("2026-11-23T10:00:00Z");

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  public synchronized void advance(Duration time) {
    nanos += time.toNanos();
    now = now.plus(time);
  }
}
