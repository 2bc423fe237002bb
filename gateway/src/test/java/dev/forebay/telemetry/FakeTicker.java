package dev.forebay.telemetry;

import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.time.Instant;

/// Time that moves when a test says so.
final class FakeTicker implements Ticker {

  private long nanos;

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant now() {
    return Reports.START.plusNanos(nanos);
  }

  void advance(Duration time) {
    nanos += time.toNanos();
  }
}
