package dev.forebay.bench;

import dev.forebay.pool.Ticker;
import java.time.Instant;

/// The machine's clocks, because reading them is part of the price.
final class BenchTicker implements Ticker {

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}
