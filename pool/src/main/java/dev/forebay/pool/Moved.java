package dev.forebay.pool;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was known of a limit group when keys of it went to another one. Immutable.
///
/// @param whole whether nobody stayed: the two are one from now on. Else only the cooldowns come
///   along: who was told to wait is not asked because somebody thought better of whose it is, but
///   each has limits of its own to learn
/// @param models the group as the pools knew it
record Moved(Group from, Group to, boolean whole, Map<Pool, GroupModel> models) {

  /// Called before anybody is moved: afterwards a pool may have forgotten the group at any moment.
  static Moved of(Group from, Group to, boolean whole, Iterable<Pool> pools) {
    Map<Pool, GroupModel> models = new HashMap<>();
    for (Pool pool : pools) {
      GroupModel known = pool.seating().groupModel(from);
      if (known != null && known.isKnown()) {
        models.put(pool, known);
      }
    }
    return new Moved(from, to, whole, models);
  }

  /// Takes over what came along.
  ///
  /// @param news what is to be told when no lock is held
  void join(List<Runnable> news) {
    to.gate.join(from.gate);
    Set<Allotment> taken = new HashSet<>();
    models.forEach((pool, known) -> {
      GroupModel joined = pool.groupModel(to);
      // Several models may share what is left: it is taken over once.
      if (joined != null && whole && taken.add(known.allotment)) {
        joined.allotment.join(known.allotment);
      }
      if (joined != null && joined.join(known)) {
        news.add(() -> pool.cooled(Scope.GROUP_MODEL, to, joined.gateOrNew()));
      }
    });
  }
}
