package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// What the provider allots to one limit group for the models of one group, as far as it is known.
/// Thread-safe.
final class Allotment {

  // Appear when the provider first speaks of them, because most never do.
  private volatile @Nullable Limits limits;

  @Nullable Limits limits() {
    return limits;
  }

  synchronized Limits limitsOrNew() {
    Limits known = limits;
    if (known == null) {
      known = new Limits();
      limits = known;
    }
    return known;
  }

  /// Takes over what is known of another one that turned out to be the same.
  void join(Allotment other) {
    Limits theirs = other.limits;
    if (theirs != null && other != this) {
      limitsOrNew().join(theirs);
    }
  }
}
