package dev.forebay.pool;

import java.time.Duration;
import java.util.Objects;

/// How long a scope cools after a refusal, before jitter.
///
/// The wait is `floor` the first time and doubles with every burst that follows without a success
/// in between, up to `cap`. What the provider said is never undercut, whatever the cap.
///
/// @param floor the least wait; zero for the pool's own first cooldown
/// @param cap the most a doubled wait may reach; zero for the pool's own longest cooldown
/// @param provenance [Provenance#PROVIDER] when `floor` is the provider's word
public record Cooldown(Duration floor, Duration cap, Provenance provenance) {

  public Cooldown {
    Objects.requireNonNull(provenance, "provenance");
    if (floor.isNegative() || cap.isNegative()) {
      throw new IllegalArgumentException(
          "floor: " + floor + ", cap: " + cap + " (expected: neither below zero)");
    }
  }

  /// What the provider asked for.
  public static Cooldown hinted(Duration floor) {
    return new Cooldown(floor, Duration.ZERO, Provenance.PROVIDER);
  }

  /// Nothing is known but that it was refused.
  public static Cooldown unknown() {
    return new Cooldown(Duration.ZERO, Duration.ZERO, Provenance.ESTIMATED);
  }

  /// A guess between two bounds.
  public static Cooldown between(Duration floor, Duration cap) {
    return new Cooldown(floor, cap, Provenance.ESTIMATED);
  }
}
