package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// Counts the failures of a provider's model in a row, to tell a failing provider from a failing
/// key. Thread-safe.
final class Breaker {

  private volatile int failures;
  private @Nullable String firstKey;
  private boolean severalKeys;

  /// A success between two failures ends the row.
  void succeeded() {
    if (failures != 0) {
      reset();
    }
  }

  /// Counts a failure; true when it completes a row of `enough` on more than one key, or on the
  /// only one there is. A completed row starts anew.
  synchronized boolean failed(String keyId, int enough, boolean onlyKey) {
    if (failures++ == 0) {
      firstKey = keyId;
      severalKeys = false;
    } else if (!keyId.equals(firstKey)) {
      severalKeys = true;
    }
    if (failures < enough || !(severalKeys || onlyKey)) {
      return false;
    }
    reset();
    return true;
  }

  synchronized void reset() {
    failures = 0;
  }
}
