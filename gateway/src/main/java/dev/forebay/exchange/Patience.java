package dev.forebay.exchange;

import java.time.Duration;

/// How often one exchange has tried and how long it has waited, over all its targets. Confined to
/// the exchange.
final class Patience {

  private final int maxAttempts;
  private final long maxWaitNanos;
  private int attempts;
  private long waitedNanos;

  Patience(Limits limits) {
    this.maxAttempts = limits.maxAttempts();
    this.maxWaitNanos = limits.maxWait().toNanos();
  }

  void attempted() {
    attempts++;
  }

  void waited(Duration delay) {
    waitedNanos += delay.toNanos();
  }

  int attempts() {
    return attempts;
  }

  boolean spent() {
    return attempts >= maxAttempts;
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, leftNanos()));
  }

  long leftNanos() {
    return maxWaitNanos - waitedNanos;
  }
}
