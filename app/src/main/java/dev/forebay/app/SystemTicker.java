package dev.forebay.app;

import dev.forebay.pool.Ticker;
import java.time.Instant;

/// The machine's own clocks. *Thread-safe.*
public enum SystemTicker implements Ticker {
  INSTANCE;

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}
