package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// The half-open scopes one attempt tries, as tickets of their gates. Immutable.
///
/// @param provider the ticket of the provider's model, and so on inwards
record Trial(long key, long group, long groupModel, long provider) {

  /// Nothing is half-open.
  static final Trial NONE = new Trial(0, 0, 0, 0);

  /// Enters every half-open gate in the way of `seat`, or none.
  static @Nullable Trial enter(Pool pool, Seat seat, long now, Context context) {
    PoolSettings settings = context.settings();
    Gate modelGate = seat.groupModel.gate();
    long provider = pool.gate.tryEnter(now, settings);
    if (provider < 0) {
      return null;
    }
    long groupModel = modelGate == null ? 0 : modelGate.tryEnter(now, settings);
    long group = groupModel < 0 ? -1 : seat.groupModel.group.gate.tryEnter(now, settings);
    long key = group < 0 ? -1 : seat.node.gate.tryEnter(now, settings);
    Trial trial =
        new Trial(Math.max(key, 0), Math.max(group, 0), Math.max(groupModel, 0), provider);
    if (key < 0) {
      trial.leave(pool, seat);
      return null;
    }
    return trial.isNone() ? NONE : trial;
  }

  boolean isNone() {
    return (key | group | groupModel | provider) == 0;
  }

  /// Gives back the slots that were not decided.
  void leave(Pool pool, Seat seat) {
    if (isNone()) {
      return;
    }
    pool.gate.leave(provider);
    seat.groupModel.group.gate.leave(group);
    seat.node.gate.leave(key);
    Gate modelGate = seat.groupModel.gate();
    if (modelGate != null) {
      modelGate.leave(groupModel);
    }
  }
}
