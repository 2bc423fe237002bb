package dev.forebay.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Looks for what keeps the limit groups of a pool from one request: of each what is in the way for
/// longest, a limit or a cooldown. Groups of which no key may serve, or where only a budget or a
/// pace is in the way, are left out. Confined to the caller.
final class Shortfalls {

  private final Pool pool;
  private final Ask ask;
  private final Needs needs;
  private final long now;
  private final PoolSettings settings;

  /// @param limit null when a cooldown is in the way
  private record Found(GroupModel group, @Nullable Limit limit, @Nullable Gate gate, long until) {}

  Shortfalls(Pool pool, Ask ask, Needs needs, long now) {
    this.pool = pool;
    this.ask = ask;
    this.needs = needs;
    this.now = now;
    this.settings = pool.context().settings();
  }

  /// Those that end first, the soonest one first.
  List<Shortfall> first(int most) {
    PriorityQueue<Found> soonest =
        new PriorityQueue<>(Comparator.comparingLong(Found::until).reversed());
    for (GroupModel group : pool.seating().groupModels()) {
      Found found = Pool.isForeign(ask, group.group) ? null : of(group);
      if (found != null) {
        soonest.add(found);
        if (soonest.size() > most) {
          soonest.remove();
        }
      }
    }
    List<Shortfall> told = new ArrayList<>(soonest.size());
    while (!soonest.isEmpty()) {
      told.addFirst(told(soonest.remove()));
    }
    return told;
  }

  private @Nullable Found of(GroupModel group) {
    Gate key = soonestKey(group.group);
    if (key == null) {
      return null;
    }
    Gate gate = longer(longer(group.group.gate, pool.gate), key);
    Gate modelGate = group.gate();
    gate = modelGate == null ? gate : longer(gate, modelGate);
    long until = gate.freeAt(now, settings);
    Need need = needs.of(group.group);
    Limit scarcest = null;
    Limits limits = group.limits();
    for (Limit limit : limits == null ? new Limit[0] : limits.all()) {
      long free = limit.freeAt(need.of(limit.axis), now);
      if (free > until) {
        scarcest = limit;
        until = free;
      }
    }
    return until <= now ? null : new Found(group, scarcest, gate, until);
  }

  /// The gate of the key that may serve first; null when none may.
  private @Nullable Gate soonestKey(Group group) {
    Gate soonest = null;
    for (Node node : group.members()) {
      if (!node.shut() && node.spec().allows(pool.model())) {
        soonest = soonest == null || longer(node.gate, soonest) == soonest ? node.gate : soonest;
      }
    }
    return soonest;
  }

  private Gate longer(Gate a, Gate b) {
    return b.freeAt(now, settings) > a.freeAt(now, settings) ? b : a;
  }

  private Shortfall told(Found found) {
    Limit limit = found.limit();
    Gate.Closure closed = limit != null || found.gate() == null ? null : found.gate().closure();
    return new Shortfall(
        pool.provider(),
        pool.model(),
        found.group().group.id(),
        limit == null
            ? null
            : new Margin(
                limit.axis, limit.period, limit.limit(), Math.max(limit.remaining(now), 0)),
        limit == null ? 0 : needs.of(found.group().group).of(limit.axis),
        closed == null ? null : closed.reason(),
        found.until() == Context.NEVER ? null : pool.context().at(found.until()));
  }
}
