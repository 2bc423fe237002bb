package dev.forebay.pool;

import java.time.Duration;

/// Bounds retries to a share of recent requests plus a floor per second, so that an outage of the
/// provider is not amplified [1]. Thread-safe, lock-free.
///
/// Requests deposit the share, retries withdraw one; the balance forgets over ten seconds, deposits
/// as well as debts. The floor is the debt allowed: at a debt of `floor x 10 s` forgetting pays
/// back exactly `floor` retries a second.
///
/// [1] Finagle, RetryBudget: https://twitter.github.io/finagle/guide/Clients.html#retries
public final class RetryBudget {

  private static final Duration MEMORY = Duration.ofSeconds(10);
  private static final double RATE = Decayed.rate(MEMORY);

  private final Context context;
  private final Meter balance = new Meter();

  RetryBudget(Context context) {
    this.context = context;
  }

  /// Counts a request that was sent for the first time.
  public void request() {
    balance.add(context.nanos(), context.settings().retryShare(), RATE);
  }

  /// Takes one retry, or refuses.
  public boolean tryRetry() {
    double debt = (double) context.settings().retryFloorPerSecond() * MEMORY.toSeconds();
    return balance.addIfAtLeast(context.nanos(), -1, -debt, RATE);
  }
}
