package dev.forebay.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A limit group as it stands for one model: its cooldown, which appears when the provider first
/// speaks of one, because most pairs never need it, and what is left of its limits, which other
/// models may draw on as well. Thread-safe.
final class GroupModel {

  private static final String USED_UP = "the quota of the day is used up";

  final Group group;

  /// What conversations use of it; see [Affinity].
  final Use use;

  // The seats that may serve at all, as the last refresh counted them; guarded by its lock.
  int seats;

  final Allotment allotment;

  private volatile @Nullable Gate gate;

  GroupModel(Group group, Allotment allotment, Use use) {
    this.group = group;
    this.allotment = allotment;
    this.use = use;
  }

  @Nullable Gate gate() {
    return gate;
  }

  @Nullable Limits limits() {
    return allotment.limits();
  }

  synchronized Gate gateOrNew() {
    Gate known = gate;
    if (known == null) {
      known = new Gate(0);
      gate = known;
    }
    return known;
  }

  /// Takes over the cooldown of another group. Returns whether there was one.
  boolean join(GroupModel other) {
    Gate closed = other.gate;
    return closed != null && closed.closure() != null && gateOrNew().join(closed);
  }

  /// Whether there is anything to take over.
  boolean isKnown() {
    Gate known = gate;
    return limits() != null || (known != null && known.closure() != null);
  }

  /// Closes it until a quota of the day begins anew of which nothing is left: its refusals would do
  /// so, and nobody has to be refused for it.
  void rest(Pool pool, long now) {
    Limits known = limits();
    long until = known == null ? now : known.restsUntil(now);
    if (until > now) {
      Gate closed = gateOrNew();
      Cooldown rest = Cooldown.hinted(Duration.ofNanos(until - now));
      if (closed.refused(now, rest, Cause.QUOTA, USED_UP, pool.context())) {
        pool.cooled(Scope.GROUP_MODEL, group, closed);
      }
    }
  }

  /// Until when it is out because of how fast it was asked; `now` when it is not.
  long throttledUntil(long now) {
    Gate known = gate;
    Gate.Closure closed = known == null ? null : known.closure();
    return closed == null || closed.cause() != Cause.RATE_LIMIT
        ? now
        : Math.max(closed.until(), now);
  }

  /// Whether it was not refused since it last answered.
  boolean isOpen() {
    Gate known = gate;
    return known == null || known.closure() == null;
  }

  /// Whether it is out because of limits.
  boolean isLimited() {
    Gate known = gate;
    Gate.Closure closed = known == null ? null : known.closure();
    return closed != null && (closed.cause() == Cause.RATE_LIMIT || closed.cause() == Cause.QUOTA);
  }

  int door(long now) {
    Gate known = gate;
    return known == null ? Gate.OPEN : known.door(now);
  }
}
