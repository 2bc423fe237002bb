package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// A node's place in one pool. What is not final is written under the pool's refresh lock.
final class Seat {

  /// What the last refresh saw.
  enum State {
    NEW,
    OUT,
    HALF_OPEN,
    OPEN
  }

  final Node node;
  final GroupModel groupModel;

  // Per token: one over the node's share of its group's tokens per minute.
  float weight = 1;

  // Its group's tokens per minute, its own share of them; 0 where nothing is known.
  double share;

  // Whether that grew at once, as when a quota comes back.
  boolean grew;

  // How fast it is taken, for what its limits grant.
  final FairPace pace = new FairPace();

  State state = State.NEW;

  Seat(Node node, GroupModel groupModel) {
    this.node = node;
    this.groupModel = groupModel;
  }

  /// The group of all that are not shut; null when there are several, or none.
  static @Nullable Group loneGroup(Seat[] seats) {
    Group lone = null;
    for (Seat seat : seats) {
      Group group = seat.groupModel.group;
      if (!seat.node.shut() && group != lone) {
        if (lone != null) {
          return null;
        }
        lone = group;
      }
    }
    return lone;
  }

  double load(long now, double rate) {
    return node.load.value(now, rate) * weight;
  }

  /// Until when there is no room for this request: limits have nothing left, or it is held back;
  /// `now` or earlier when there is.
  long lacksUntil(Need need, long now) {
    Limits limits = groupModel.limits();
    long limited = limits == null ? now : limits.freeAt(need, now);
    long paced = Math.max(groupModel.group.pace.freeAt(now), node.pace.freeAt(now));
    return Math.max(limited, paced);
  }
}
