package dev.forebay.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Models of one provider that draw on the same limits: a model under its name with and without a
/// date, and at Anthropic all versions of a line, as Opus 4.1 and 4.5. Whoever uses two of them has
/// one quota, not two. Thread-safe.
///
/// Each of them has a pool of its own, because what their requests cost, and whether they are to be
/// had at all, differs. What they have in common is what a limit group has left for them, and how
/// long it is to be left alone when that is nothing.
final class ModelGroup {

  private static final Pool[] NONE = {};

  private static final Pattern VERSION =
      Pattern.compile("-(?:latest|\\d{8}|\\d{4}-\\d{2}-\\d{2}|0\\d\\d)$");

  // From the fourth on the line comes before its version; the limits of older ones were apart.
  private static final Pattern CLAUDE = Pattern.compile("(claude-[a-z]+-\\d{1,2})-\\d{1,2}");

  // Guarded by this. A group is forgotten with the last pool that knows it.
  private final Map<Group, Allotment> allotments = new WeakHashMap<>();

  private volatile Pool[] pools = NONE;

  /// What models are called together that share limits; a model that shares none goes by its own
  /// name.
  static String nameOf(String provider, String model) {
    Counting counting = Counting.of(provider);
    if (counting == Counting.PLAIN || model.length() > ProviderNodes.LONGEST_NAME) {
      return model;
    }
    String undated = VERSION.matcher(model).replaceFirst("");
    Matcher line = CLAUDE.matcher(undated);
    return counting == Counting.ANTHROPIC && line.matches() ? line.group(1) : undated;
  }

  private synchronized Allotment of(Group group) {
    return allotments.computeIfAbsent(group, _ -> new Allotment());
  }

  synchronized void add(Pool pool) {
    List<Pool> more = new ArrayList<>(List.of(pools));
    more.add(pool);
    pools = more.toArray(NONE);
  }

  /// Returns whether nobody is left.
  synchronized boolean remove(Pool pool) {
    List<Pool> fewer = new ArrayList<>(List.of(pools));
    fewer.remove(pool);
    pools = fewer.toArray(NONE);
    return fewer.isEmpty();
  }

  /// Does something to the pools of all but one of them.
  void others(Pool one, Consumer<Pool> what) {
    for (Pool pool : pools) {
      if (pool != one) {
        what.accept(pool);
      }
    }
  }

  /// A limit group refused a request of one of them because of limits: it refuses all of them.
  ///
  /// @param closes closes a gate as that refusal says; returns whether it did
  void refused(Pool by, GroupModel in, Predicate<Gate> closes) {
    close(by, in, closes);
    others(
        by,
        other -> {
          GroupModel same = other.seating().groupModel(in.group);
          // Who does not have the model is out for longer.
          if (same != null && (same.isOpen() || same.isLimited())) {
            close(other, same, closes);
          }
        });
  }

  static void close(Pool pool, GroupModel groupModel, Predicate<Gate> closes) {
    Gate gate = groupModel.gateOrNew();
    if (closes.test(gate)) {
      pool.cooled(Scope.GROUP_MODEL, groupModel.group, gate);
    }
  }

  /// A limit group answered a request of one of them, sent at `startedAt`: its cooldown is over,
  /// and where limits were the cause that of the others.
  void answered(Pool by, GroupModel in, long startedAt) {
    Gate.Closure ended = reopen(by, in, startedAt);
    if (ended != null) {
      by.comeBack(ended, in.group.members());
    }
    others(
        by,
        other -> {
          GroupModel same = other.seating().groupModel(in.group);
          if (same != null && same.isLimited()) {
            reopen(other, same, startedAt);
          }
        });
  }

  private static Gate.@Nullable Closure reopen(Pool pool, GroupModel groupModel, long startedAt) {
    Gate gate = groupModel.gate();
    Gate.Closure ended = gate == null ? null : gate.answered(startedAt);
    if (ended != null) {
      pool.reopened(Scope.GROUP_MODEL, groupModel.group, ended);
    }
    return ended;
  }

  /// The group as another model of them is to know it that has not asked it yet: if it refuses the
  /// others because of limits, it refuses that one.
  GroupModel newGroupModel(Group group, Use use) {
    GroupModel created = new GroupModel(group, of(group), use);
    for (Pool pool : pools) {
      GroupModel known = pool.seating().groupModel(group);
      Gate closed = known != null && known.isLimited() ? known.gate() : null;
      if (closed != null) {
        created.gateOrNew().join(closed);
      }
    }
    return created;
  }
}
