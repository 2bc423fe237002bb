package dev.forebay.pool;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts who is left out of a ready set, and why. Written by one refresh; afterwards immutable.
///
/// It is counted when the ready set is built, and every draw from that set refers to it: telling
/// why costs a request nothing, unless it was tried before.
final class Skips {

  private static final int MOST_NAMES = 4;

  private final Map<Skipped.Reason, Integer> counts = new EnumMap<>(Skipped.Reason.class);
  private final Map<Skipped.Reason, List<String>> names = new EnumMap<>(Skipped.Reason.class);

  /// Counts a seat that is out.
  void out(Seat seat) {
    Node node = seat.node;
    if (node.paused()) {
      add(Skipped.Reason.PAUSED, node);
    } else if (node.rejection() != null) {
      add(Skipped.Reason.REJECTED, node);
    } else {
      add(reason(seat), node);
    }
  }

  private static Skipped.Reason reason(Seat seat) {
    if (seat.node.withheld() != null) {
      return Skipped.Reason.UNEQUIPPED;
    }
    Gate.Closure longest = null;
    Gate modelGate = seat.groupModel.gate();
    for (Gate gate : new Gate[] {seat.node.gate, seat.groupModel.group.gate, modelGate}) {
      Gate.Closure closure = gate == null ? null : gate.closure();
      if (closure != null && (longest == null || closure.until() > longest.until())) {
        longest = closure;
      }
    }
    if (longest == null || seat.node.budgets.spent(seat.node.spec())) {
      return Skipped.Reason.OVER_BUDGET;
    }
    return switch (longest.cause()) {
      case RATE_LIMIT, QUOTA, SPEND_LIMIT, CREDIT -> Skipped.Reason.THROTTLED;
      case OVERLOADED, FAILING -> Skipped.Reason.FAILING;
      case MODEL_UNAVAILABLE, FORBIDDEN -> Skipped.Reason.MODEL_MISSING;
      case CREDENTIAL -> Skipped.Reason.REJECTED;
    };
  }

  void add(Skipped.Reason reason, Node node) {
    counts.merge(reason, 1, Integer::sum);
    List<String> some = names.computeIfAbsent(reason, _ -> new ArrayList<>(MOST_NAMES));
    if (some.size() < MOST_NAMES) {
      some.add(node.spec().name());
    }
  }

  /// Counts those of a tier that were not considered: for a reason that all of it has, if there is
  /// one, and those that were tried.
  private void add(Skipped.@Nullable Reason reason, List<Seat> tier, List<String> tried) {
    for (Seat seat : tier) {
      if (tried.contains(seat.node.id)) {
        add(Skipped.Reason.TRIED, seat.node);
      } else if (reason != null) {
        add(reason, seat.node);
      }
    }
  }

  /// What a draw from the tier of `priority` skipped: those who are out, the other tiers, and whom
  /// the exchange had tried when the set still held them.
  ///
  /// @param tiers the ready seats by priority
  /// @param tried the ids of the keys that the exchange had tried
  List<Skipped> of(int priority, List<List<Seat>> tiers, List<String> tried) {
    Skips all = new Skips();
    all.counts.putAll(counts);
    names.forEach((reason, some) -> all.names.put(reason, new ArrayList<>(some)));
    for (int other = tiers.size() - 1; other > 0; other--) {
      all.add(reason(other, priority), tiers.get(other), tried);
    }
    List<Skipped> skipped = new ArrayList<>();
    all.counts.forEach((reason, count) ->
        skipped.add(
            new Skipped(reason, count, List.copyOf(all.names.getOrDefault(reason, List.of())))));
    return List.copyOf(skipped);
  }

  private static Skipped.@Nullable Reason reason(int other, int priority) {
    if (other == priority) {
      return null;
    }
    return other > priority ? Skipped.Reason.BUSY : Skipped.Reason.LOWER_PRIORITY;
  }
}
