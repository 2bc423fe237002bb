package dev.forebay.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A limit group as it stands for one model: its cooldown and what is left of its limits. Both
/// appear when the provider first speaks of them, because most pairs never need them. Thread-safe.
final class GroupModel {

  private static final VarHandle USED = used();

  final Group group;

  // What conversations use of it, Decayed over minutes; see Affinity.
  private volatile long used = Decayed.EMPTY;

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

  /// The tokens that conversations used of it lately, or have reserved.
  double used(long now) {
    return Decayed.value(used, now, Homes.RATE);
  }

  /// A conversation uses `tokens`, or when negative does not.
  void use(double tokens, long now) {
    long before;
    do {
      before = used;
    } while (!USED.compareAndSet(
        this, before, Decayed.plusAtLeastZero(before, now, tokens, Homes.RATE)));
  }

  private static VarHandle used() {
    try {
      return MethodHandles.lookup().findVarHandle(GroupModel.class, "used", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  int door(long now) {
    Gate known = gate;
    return known == null ? Gate.OPEN : known.door(now);
  }
}
