package dev.forebay.storage;

import java.time.Duration;

/// How the storage thread works. Immutable.
///
/// @param flush how long usage rows wait for others; with the time a commit takes it has to stay
///   under the second that a crash may cost
/// @param batch rows of one transaction; as many wake the thread before its time
/// @param capacity rows that wait in memory while the store fails; beyond it the oldest are dropped
/// @param saveState how often the pools are looked at; the same holds for it
/// @param keepRows how long usage rows are kept; daily totals are kept for ever
/// @param keepHours how long totals of hours are kept
public record WriteSettings(
    Duration flush,
    int batch,
    int capacity,
    Duration saveState,
    Duration keepRows,
    Duration keepHours) {

  /// A quarter of a second between flushes, half a second between looks at the pools, rows for 90
  /// days, hours for 45.
  public static final WriteSettings DEFAULT =
      new WriteSettings(
          Duration.ofMillis(250),
          5_000,
          200_000,
          Duration.ofMillis(500),
          Duration.ofDays(90),
          Duration.ofDays(45));

  public WriteSettings {
    if (batch < 1 || capacity < batch) {
      throw new IllegalArgumentException(
          "batch: " + batch + ", capacity: " + capacity + " (expected: 1 <= batch <= capacity)");
    }
  }

  /// These settings with rows kept for another time.
  public WriteSettings withKeepRows(Duration other) {
    return new WriteSettings(flush, batch, capacity, saveState, other, keepHours);
  }
}
