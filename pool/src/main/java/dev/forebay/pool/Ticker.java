package dev.forebay.pool;

import java.time.Instant;

/// The two clocks everything here is told the time by. Thread-safe.
///
/// Durations are measured on the monotonic one, days and `Retry-After` dates on the wall clock;
/// neither is ever read from the system by the code that needs it.
public interface Ticker {

  /// Monotonic time in nanoseconds from an arbitrary origin, as [System#nanoTime()].
  long nanos();

  /// The wall clock.
  Instant now();
}
