package dev.forebay.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The keys of one provider, their limit groups, and a pool for every model asked for lately.
/// Thread-safe.
final class ProviderNodes {

  /// Model names come from callers: a longer one is served, but not remembered.
  private static final int LONGEST_NAME = 256;

  // Seats of all pools together, so that many keys times many models stay bounded.
  private static final int MOST_SEATS = 500_000;

  private static final int LEAST_POOLS = 16;

  final String provider;
  private final Context context;
  private final RetryBudget retryBudget;
  private final AtomicLong version = new AtomicLong();
  private final AtomicLong decisions = new AtomicLong();
  private final Map<String, Pool> pools = new ConcurrentHashMap<>();
  private volatile Node[] members = {};
  private final Map<String, Group> groups = new ConcurrentHashMap<>();

  ProviderNodes(String provider, Context context) {
    this.provider = provider;
    this.context = context;
    this.retryBudget = new RetryBudget(context);
  }

  /// Every key of the provider; not to be modified.
  Node[] members() {
    return members;
  }

  Map<String, Group> groups() {
    return groups;
  }

  RetryBudget retryBudget() {
    return retryBudget;
  }

  long version() {
    return version.get();
  }

  /// Counts what people decide, in the configuration or by hand; it only ever rises.
  long decisions() {
    return decisions.get();
  }

  /// The id of the group with that hash; null when there is none any more.
  @Nullable String groupOf(int hash) {
    for (Group group : groups.values()) {
      if (group.hash == hash) {
        return group.id();
      }
    }
    return null;
  }

  /// Takes a new set of nodes and puts each into its group, which is kept when there was one.
  synchronized void members(List<Node> replacement) {
    Map<String, List<Node>> byGroup = new LinkedHashMap<>();
    for (Node node : replacement) {
      byGroup.computeIfAbsent(node.groupId(), _ -> new ArrayList<>()).add(node);
    }
    groups.keySet().retainAll(byGroup.keySet());
    byGroup.forEach((id, nodes) -> {
      Group group = groups.computeIfAbsent(id, name -> new Group(provider, name, context));
      group.members(nodes.toArray(Node[]::new));
      nodes.forEach(node -> node.group(group));
    });
    members = replacement.toArray(Node[]::new);
    decisions.incrementAndGet();
    version.incrementAndGet();
  }

  /// An answer named whose limits `node` draws on. Keys of which the same is known are one group
  /// from then on, with the cooldowns and limits of both; a key that turns out to be somebody
  /// else's leaves its group and begins anew.
  void learned(Node node, Identity identity) {
    Group before;
    Group after;
    boolean first;
    synchronized (this) {
      Identity known = node.identity();
      node.identity(identity);
      before = node.group();
      String id = node.groupId();
      if (before.id().equals(id) || groups.get(before.id()) != before) {
        return;
      }
      first = known == null;
      Group there = groups.get(id);
      if (there == null && first && before.members().length == 1) {
        groups.put(id, before);
        groups.remove(before.id());
        before.rename(id);
        return;
      }
      after = there == null ? new Group(provider, id, context) : there;
      move(node, before, after);
    }
    if (first) {
      join(before, after);
    }
    changed(after);
    for (Node left : before.members()) {
      notice(left);
    }
  }

  /// What an answer named no longer holds: `node` has another secret.
  void unlearned(Node node) {
    synchronized (this) {
      Group before = node.group();
      node.identity(null);
      String id = node.groupId();
      if (before.id().equals(id) || groups.get(before.id()) != before) {
        return;
      }
      move(node, before, new Group(provider, id, context));
    }
    changed(node);
  }

  // Guarded by this.
  private void move(Node node, Group before, Group after) {
    List<Node> left = new ArrayList<>(List.of(before.members()));
    left.remove(node);
    if (left.isEmpty()) {
      groups.remove(before.id());
    }
    List<Node> joined = new ArrayList<>(List.of(after.members()));
    joined.add(node);
    groups.put(after.id(), after);
    node.group(after);
    after.members(joined.toArray(Node[]::new));
    before.members(left.toArray(Node[]::new));
    // Another array, so that every pool looks at its seats again.
    members = members.clone();
    version.incrementAndGet();
  }

  private void join(Group before, Group after) {
    after.gate.join(before.gate);
    for (Pool pool : pools.values()) {
      GroupModel known = pool.seating().groupModel(before);
      if (known != null && known.isKnown()) {
        GroupModel joined = pool.groupModel(after);
        if (joined != null && joined.join(known)) {
          pool.cooled(Scope.GROUP_MODEL, after, joined.gateOrNew());
        }
      }
    }
  }

  Pool pool(String model) {
    Pool known = pools.get(model);
    return known == null ? newPool(model) : known;
  }

  private synchronized Pool newPool(String model) {
    Pool known = pools.get(model);
    if (known != null) {
      return known;
    }
    Pool created = new Pool(context, this, model);
    if (model.length() <= LONGEST_NAME) {
      while (pools.size() >= mostPools()) {
        evictLongestUnused();
      }
      pools.put(model, created);
    }
    return created;
  }

  private int mostPools() {
    int bySeats = Math.max(LEAST_POOLS, MOST_SEATS / Math.max(members.length, 1));
    return Math.min(context.settings().mostModels(), bySeats);
  }

  // Leases of an evicted pool still settle on its nodes.
  private void evictLongestUnused() {
    pools.values().stream()
        .min(Comparator.comparingLong(Pool::lastUsed))
        .ifPresent(oldest -> pools.remove(oldest.model(), oldest));
  }

  /// Requests per second sent lately, all keys and models together.
  double recentPerSecond(long now) {
    double sum = 0;
    for (Node node : members) {
      sum += node.recentPerSecond(now);
    }
    return sum;
  }

  /// The pools remembered now.
  Iterable<Pool> pools() {
    return pools.values();
  }

  /// Something changed for every model.
  void changed() {
    version.incrementAndGet();
  }

  /// A person decided about a key.
  void decided(Node node) {
    decisions.incrementAndGet();
    changed(node);
  }

  /// The status of a key changed.
  void changed(Node node) {
    version.incrementAndGet();
    notice(node);
  }

  /// The status of every key of a group changed.
  void changed(Group group) {
    version.incrementAndGet();
    for (Node node : group.members()) {
      notice(node);
    }
  }

  /// Rejects a key, unless it was found good after that request started.
  void reject(Node node, long startedAt, String reason) {
    if (node.reject(startedAt, reason, context)) {
      changed(node);
    }
  }

  /// Keeps a key out until it is released; why is told once.
  void withhold(Node node, String reason) {
    if (node.withheld() == null) {
      withhold(node, reason, context.now(), Provenance.ESTIMATED);
    }
  }

  /// Keeps a key out until it is released, which is expected `until` then.
  void withhold(Node node, String reason, Instant until, Provenance provenance) {
    node.withhold(new Withheld(reason, context.at(until), until, provenance));
    decided(node);
  }

  /// Tells the listener if the status is another one than it knows.
  void notice(Node node) {
    long now = context.nanos();
    Status before = node.untold(now, context);
    if (before != null) {
      context.listener().statusChanged(before, new KeyViews(this, context, now).of(node));
    }
  }
}
