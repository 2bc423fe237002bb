package dev.forebay.pool;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Outcomes by chance.
final class Outcomes {

  private Outcomes() {}

  static Outcome any(RandomGenerator random) {
    return switch (random.nextInt(13)) {
      case 0, 1, 2, 3 -> new Outcome.Served(Duration.ofMillis(random.nextLong(1, 5_000)));
      case 4, 5 -> throttled(random);
      case 6, 7 -> new Outcome.Failed("502");
      case 8 -> new Outcome.KeyRejected("401");
      case 9 -> new Outcome.RequestRejected(400);
      case 10 -> new Outcome.SlowDown("Slow Down");
      case 11 -> new Outcome.OverLimit("Request too large");
      default -> new Outcome.Abandoned(Duration.ofMillis(random.nextLong(1, 5_000)));
    };
  }

  private static Outcome throttled(RandomGenerator random) {
    Scope scope = Scope.values()[random.nextInt(Scope.values().length)];
    Cause cause = Cause.values()[random.nextInt(Cause.values().length)];
    Cooldown cooldown =
        random.nextBoolean()
            ? Cooldown.hinted(Duration.ofMillis(random.nextLong(100_000)))
            : Cooldown.between(
                Duration.ofMillis(random.nextLong(2_000)),
                Duration.ofMillis(random.nextLong(100_000)));
    return new Outcome.Throttled(scope, cooldown, cause, "429");
  }
}
