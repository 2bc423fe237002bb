package dev.forebay.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The limit groups of one provider, and which keys are in which. Guarded by the lock of the
/// [ProviderNodes] they belong to, but for [#byId], which anybody may read.
///
/// A group that goes to another name as a whole goes on under that one, with everything that is
/// known of it. Where there is a group of that name, they become one.
final class Groups {

  private final String provider;
  private final Context context;
  private final Map<String, Pool> pools;
  private final Map<String, Group> byId = new ConcurrentHashMap<>();

  // Which declared group answers name whose limits for.
  private Map<Identity, String> declared = Map.of();

  /// @param pools those of the provider, as they come and go
  Groups(String provider, Context context, Map<String, Pool> pools) {
    this.provider = provider;
    this.context = context;
    this.pools = pools;
  }

  /// Those that have keys; not to be modified.
  Map<String, Group> byId() {
    return byId;
  }

  /// Whether a key is among those that were placed.
  boolean has(Node node) {
    Group group = node.group();
    return isPlaced(group) && Arrays.asList(group.members()).contains(node);
  }

  private boolean isPlaced(Group group) {
    return byId.get(group.id()) == group;
  }

  /// Where a key belongs: in the group that it is declared to be in; else in the one that keys are
  /// declared to be in of which answers name the same; else with those of which they name the same.
  private String goal(Node node) {
    Identity known = node.identity();
    if (known == null || node.isDeclared()) {
      return node.spec().limitGroup();
    }
    String group = declared.get(known);
    return group == null ? known.group() : group;
  }

  /// Looks whose limits the keys of declared groups draw on. Where two groups draw on the same,
  /// both stand, and keys that are not declared belong to the first. Returns whether any of those
  /// may belong elsewhere now.
  boolean lookAtDeclared(Collection<Node> all) {
    Map<Identity, String> before = declared;
    Map<Identity, String> now = new HashMap<>();
    for (Node node : all) {
      Identity known = node.identity();
      if (known != null && node.isDeclared()) {
        now.putIfAbsent(known, node.spec().limitGroup());
      }
    }
    declared = now;
    return !now.equals(before);
  }

  /// Puts all keys that there are from now on into their groups. One that is left without keys is
  /// forgotten, unless others come to be in it.
  ///
  /// @return what goes from group to group by that, to be joined
  List<Moved> replace(Collection<Node> all) {
    Set<Node> staying = Set.copyOf(all);
    for (Group group : byId.values()) {
      List<Node> left = new ArrayList<>(List.of(group.members()));
      if (left.removeIf(node -> !staying.contains(node))) {
        group.members(left.toArray(Node[]::new));
      }
    }
    lookAtDeclared(all);
    List<Moved> moved = place(all, null);
    byId.values().removeIf(group -> group.members().length == 0);
    return moved;
  }

  /// Puts those of `nodes` into their groups that are elsewhere.
  ///
  /// @param stranger one that brings nothing along, because it is not whose it was thought to be
  /// @return what goes from group to group by that, to be joined once all pools can see who is
  ///   where
  List<Moved> place(Collection<Node> nodes, @Nullable Node stranger) {
    Map<Node, String> goals = new LinkedHashMap<>();
    Map<Group, List<Node>> leaving = new LinkedHashMap<>();
    for (Node node : nodes) {
      Group group = node.group();
      String goal = goal(node);
      if (!isPlaced(group)) {
        goals.put(node, goal);
      } else if (!group.id().equals(goal)) {
        goals.put(node, goal);
        leaving.computeIfAbsent(group, _ -> new ArrayList<>()).add(node);
      }
    }
    Map<Group, String> whole = wholes(leaving, goals);
    whole.forEach((group, goal) -> {
      boolean known = stranger == null || stranger.group() != group;
      if (known && byId.putIfAbsent(goal, group) == null) {
        group.rename(goal);
      }
    });
    List<Moved> moved = new ArrayList<>();
    leaving.forEach((group, left) -> {
      Set<String> others = new LinkedHashSet<>();
      left.stream().filter(node -> node != stranger).map(goals::get).forEach(others::add);
      others.remove(group.id());
      for (String goal : others) {
        moved.add(Moved.of(group, group(goal), whole.containsKey(group), pools.values()));
      }
    });
    seat(goals, leaving.keySet());
    return moved;
  }

  /// Where those groups go that go to one goal as a whole. Groups that nobody stays in give their
  /// names free.
  private Map<Group, String> wholes(Map<Group, List<Node>> leaving, Map<Node, String> goals) {
    Map<Group, String> wholes = new LinkedHashMap<>();
    leaving.forEach((group, left) -> {
      if (left.size() == group.members().length) {
        byId.remove(group.id());
        String goal = goals.get(left.getFirst());
        if (goal != null && left.stream().allMatch(node -> goal.equals(goals.get(node)))) {
          wholes.put(group, goal);
        }
      }
    });
    return wholes;
  }

  private Group group(String id) {
    return byId.computeIfAbsent(id, name -> new Group(provider, name, context));
  }

  private void seat(Map<Node, String> goals, Set<Group> left) {
    Map<Group, Set<Node>> members = new LinkedHashMap<>();
    for (Group group : left) {
      members.put(group, new LinkedHashSet<>(List.of(group.members())));
    }
    goals.forEach((node, goal) -> {
      Group group = group(goal);
      node.group(group);
      members.computeIfAbsent(group, g -> new LinkedHashSet<>(List.of(g.members()))).add(node);
    });
    members.forEach((group, nodes) -> {
      nodes.removeIf(node -> node.group() != group);
      group.members(nodes.toArray(Node[]::new));
    });
  }
}
