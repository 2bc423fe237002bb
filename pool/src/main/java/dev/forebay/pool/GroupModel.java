package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// A limit group as it stands for one model: its cooldown and what is left of its limits. Both
/// appear when the provider first speaks of them, because most pairs never need them. Thread-safe.
final class GroupModel {

  final Group group;
  private volatile @Nullable Gate gate;
  private volatile @Nullable Limits limits;

  GroupModel(Group group) {
    this.group = group;
  }

  @Nullable Gate gate() {
    return gate;
  }

  @Nullable Limits limits() {
    return limits;
  }

  synchronized Gate gateOrNew() {
    Gate known = gate;
    if (known == null) {
      known = new Gate(0);
      gate = known;
    }
    return known;
  }

  synchronized Limits limitsOrNew() {
    Limits known = limits;
    if (known == null) {
      known = new Limits();
      limits = known;
    }
    return known;
  }

  int door(long now) {
    Gate known = gate;
    return known == null ? Gate.OPEN : known.door(now);
  }
}
