package dev.forebay.pool;

/// Bounds retries to a share of requests plus a floor. Thread-safe.
public final class RetryBudget {

  private double balance;

  public synchronized void request() {
    balance = Math.min(balance + 0.2, 100);
  }

  public synchronized boolean tryRetry() {
    if (balance < 1) {
      return false;
    }
    balance--;
    return true;
  }
}
