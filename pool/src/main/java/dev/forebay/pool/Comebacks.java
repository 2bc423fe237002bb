package dev.forebay.pool;

import java.util.ArrayList;
import java.util.List;

/// How keys come back after having been out for long: at little more than their share, because the
/// others have spent their limits and theirs are whole. Thread-safe.
final class Comebacks {

  /// Who was out for less comes back as if it had not been.
  private static final long LONG_OUT = 5_000_000_000L;

  /// How much more than its share of the requests a key takes that comes back.
  private static final double FAIR = 1.6;

  /// Requests per second that are no crowd.
  private static final double FEW = 8;

  private final Context context;
  private final ProviderNodes house;
  private final Seating seating;

  Comebacks(Context context, ProviderNodes house, Seating seating) {
    this.context = context;
    this.house = house;
    this.seating = seating;
  }

  /// The cooldown of these keys ended.
  ///
  /// @param usable keys that nobody switched off or rejected
  void begin(Gate.Closure ended, int usable, Node... nodes) {
    long now = context.nanos();
    if (now - ended.since() < LONG_OUT || usable <= nodes.length) {
      return;
    }
    double fair = Math.max(house.recentPerSecond(now) / usable, FEW);
    for (Node node : nodes) {
      double granted = seating.requestsPerSecond(node);
      double from = FAIR * Math.max(fair, granted / 2);
      double to = Math.max(from, granted == 0 ? 2 * from : FAIR * granted);
      node.pace.start(from, to, context.settings().comebackPeriod(), now);
    }
  }

  /// The provider's model answers again: that keys failed during its outage says nothing of them.
  /// Those that were out alone come back slowly all the same.
  void pardon(int usable) {
    List<Node> pardoned = new ArrayList<>();
    Gate.Closure longest = null;
    for (Seat seat : seating.seats()) {
      Gate.Closure failing = seat.node.gate.pardon(context);
      if (failing != null) {
        house.changed(seat.node);
        pardoned.add(seat.node);
        longest = longest == null || failing.since() < longest.since() ? failing : longest;
      }
    }
    if (longest != null && pardoned.size() * 2 <= usable) {
      begin(longest, usable, pardoned.toArray(Node[]::new));
    }
  }
}
