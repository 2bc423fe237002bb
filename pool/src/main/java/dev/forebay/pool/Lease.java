package dev.forebay.pool;

import java.time.Duration;

/// One attempt's hold on a node: an in-flight slot and reserved tokens. Confined to the exchange.
public final class Lease {

  private final Pools pools;
  private final KeySpec key;
  private final Draw draw;
  private final long reservedTokens;
  private boolean settled;

  Lease(Pools pools, KeySpec key, Draw draw, long reservedTokens) {
    this.pools = pools;
    this.key = key;
    this.draw = draw;
    this.reservedTokens = reservedTokens;
  }

  public String keyId() {
    return key.id();
  }

  public String keyName() {
    return key.name();
  }

  public String group() {
    return key.limitGroup();
  }

  /// Whether this attempt is the one that tries a half-open scope.
  public boolean trial() {
    return false;
  }

  public Draw draw() {
    return draw;
  }

  public long reservedTokens() {
    return reservedTokens;
  }

  /// First content, or the head of a 2xx answer: opens what this attempt tries.
  public void answered(Duration latency) {}

  /// What the answer's rate-limit headers said; -1 for unknown.
  public void headroom(
      long requestsLimit,
      long requestsRemaining,
      long requestsResetNanos,
      long tokensLimit,
      long tokensRemaining,
      long tokensResetNanos) {}

  /// Ends the hold, exactly once; a second call changes nothing and returns false.
  public boolean settle(Outcome outcome, long tokensUsed, long outputTokens, long inputTokens) {
    if (settled) {
      return false;
    }
    settled = true;
    pools.settled(key.id(), outcome, tokensUsed);
    return true;
  }
}
