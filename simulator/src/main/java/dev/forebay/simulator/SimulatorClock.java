package dev.forebay.simulator;

import java.time.Instant;

/// The time by which limits refill, days end and cached prompts expire.
///
/// It does not pace streams: a [Pace] is real time. Implementations must be thread-safe.
@FunctionalInterface
public interface SimulatorClock {

  /// Nanoseconds since 1970-01-01T00:00Z.
  long epochNanos();

  /// The same moment as an [Instant].
  default Instant now() {
    long nanos = epochNanos();
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  /// Wall time at the call, moved on by the monotonic clock, so that it never steps back.
  static SimulatorClock system() {
    Instant start = Instant.now();
    long base = start.getEpochSecond() * 1_000_000_000L + start.getNano();
    long origin = System.nanoTime();
    return () -> base + (System.nanoTime() - origin);
  }
}
