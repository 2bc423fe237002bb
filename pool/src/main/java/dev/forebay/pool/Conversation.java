package dev.forebay.pool;

import java.time.Duration;

/// A conversation whose prompt the provider caches, as far as a pool must know it.
///
/// @param fingerprint what its requests have in common and others have not; 0 for none
/// @param life how long the provider keeps the cache after a use
public record Conversation(long fingerprint, Duration life) {

  /// A request that belongs to no conversation.
  public static final Conversation NONE = new Conversation(0, Duration.ZERO);

  public Conversation {
    if (life.isNegative()) {
      throw new IllegalArgumentException("life: " + life + " (expected: >= 0)");
    }
  }

  /// Whether there is anything to come back to.
  public boolean known() {
    return fingerprint != 0;
  }
}
