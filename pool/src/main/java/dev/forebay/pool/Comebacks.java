package dev.forebay.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How keys come back after having been out for long: at little more than their share, because the
/// others have spent their limits and theirs are whole. Thread-safe.
final class Comebacks {

  /// Who was out for less comes back as if it had not been.
  private static final long LONG_OUT = 5_000_000_000L;

  /// How much more than its share of the requests a key takes that comes back.
  private static final double FAIR = 1.6;

  /// What it takes at first of what it is granted, before [#FAIR]: with less its limits would still
  /// be whole when it is held back no longer.
  private static final double LEAST = 0.65;

  /// Requests per second that are no crowd.
  private static final double FEW = 8;

  private static final double MANY = 150;

  /// How long a key that comes back before all others is held back of whose limits nothing is
  /// known.
  private static final Duration ALONE = Duration.ofSeconds(5);

  /// How long keys keep to their limits that come back before the others, or with them.
  private static final Duration TOGETHER = Duration.ofSeconds(30);

  private static final Node[] NOBODY = {};

  private final Context context;
  private final ProviderNodes house;
  private final Seating seating;

  // Who came back last before all others; of two at once one may be forgotten.
  private volatile Node[] alone = NOBODY;
  private volatile long aloneUntil = Long.MIN_VALUE;

  Comebacks(Context context, ProviderNodes house, Seating seating) {
    this.context = context;
    this.house = house;
    this.seating = seating;
  }

  /// The cooldown of these keys ended.
  void begin(Gate.Closure ended, Node... nodes) {
    long now = context.nanos();
    int open = open(now);
    if (now - ended.since() < LONG_OUT || seating.seats().length <= nodes.length) {
      return;
    }
    if (open <= nodes.length) {
      // Nobody else serves: everything is their share, until others follow in a moment.
      Duration longest = ALONE;
      for (Node node : nodes) {
        double granted = FAIR * seating.requestsPerSecond(node);
        double most = granted == 0 ? MANY : Math.max(granted, FEW);
        Duration period = granted == 0 ? ALONE : TOGETHER;
        node.pace.start(Math.min(2 * FEW, most), most, period, now);
        longest = granted == 0 ? longest : TOGETHER;
      }
      alone = nodes;
      aloneUntil = Context.plus(now, longest);
      return;
    }
    share(now, nodes);
    if (now < aloneUntil) {
      share(now, alone);
      alone = NOBODY;
    }
  }

  // Those who will follow count as well.
  private void share(long now, Node... nodes) {
    double fair = Math.max(house.recentPerSecond(now) / seating.seats().length, FEW);
    for (Node node : nodes) {
      double granted = seating.requestsPerSecond(node);
      double from = FAIR * Math.max(fair, LEAST * granted);
      double to = Math.max(from, granted == 0 ? 2 * from : FAIR * granted);
      node.pace.start(from, to, context.settings().comebackPeriod(), now);
    }
  }

  /// Keys that serve now.
  private int open(long now) {
    int count = 0;
    for (Seat seat : seating.seats()) {
      Node node = seat.node;
      int door = Math.max(node.gate.door(now), seat.groupModel.group.gate.door(now));
      boolean serves = !node.shut() && Math.max(door, seat.groupModel.door(now)) == Gate.OPEN;
      count += serves ? 1 : 0;
    }
    return count;
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
      } else {
        together(seat.node);
      }
    }
    if (longest != null && pardoned.size() * 2 <= usable) {
      begin(longest, pardoned.toArray(Node[]::new));
    } else {
      pardoned.forEach(this::together);
    }
  }

  /// All come back together, and everybody has waited: none of them faster than its limits bear.
  private void together(Node node) {
    double granted = FAIR * seating.requestsPerSecond(node);
    if (granted > 0) {
      node.pace.start(granted, granted, TOGETHER, context.nanos());
    }
  }
}
