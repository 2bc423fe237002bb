package dev.forebay.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that moves only when told to. Thread-safe.
public final class ManualClock implements SimulatorClock {

  private final AtomicLong nanos;

  public ManualClock(Instant start) {
    nanos = new AtomicLong(start.getEpochSecond() * 1_000_000_000L + start.getNano());
  }

  @Override
  public long epochNanos() {
    return nanos.get();
  }

  /// Moves the clock on.
  public void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("step: " + step + " (expected: zero or more)");
    }
    nanos.addAndGet(step.toNanos());
  }
}
