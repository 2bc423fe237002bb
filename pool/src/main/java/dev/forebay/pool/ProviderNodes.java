package dev.forebay.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The keys of one provider, their limit groups, and a pool for every model asked for lately.
/// Thread-safe.
final class ProviderNodes {

  /// Model names come from callers: a longer one is served, but not remembered.
  static final int LONGEST_NAME = 256;

  // Seats of all pools together, so that many keys times many models stay bounded.
  private static final int MOST_SEATS = 500_000;

  private static final int LEAST_POOLS = 16;

  final String provider;
  private final Context context;
  private final RetryBudget retryBudget;
  private final AtomicLong version = new AtomicLong();
  private final AtomicLong decisions = new AtomicLong();
  private final Map<String, Pool> pools = new ConcurrentHashMap<>();

  // Guarded by this.
  private final Map<String, ModelGroup> modelGroups = new HashMap<>();

  private volatile Node[] members = {};
  private final Groups groups;

  ProviderNodes(String provider, Context context) {
    this.provider = provider;
    this.context = context;
    this.retryBudget = new RetryBudget(context);
    this.groups = new Groups(provider, context, pools);
  }

  /// Every key of the provider; not to be modified.
  Node[] members() {
    return members;
  }

  /// Its limit groups by their ids; not to be modified.
  Map<String, Group> groups() {
    return groups.byId();
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
    for (Group group : groups.byId().values()) {
      if (group.hash == hash) {
        return group.id();
      }
    }
    return null;
  }

  /// The ids of the keys of a limit group; none when there is no such group any more.
  List<String> keysOf(String group) {
    List<String> ids = new ArrayList<>();
    for (Node node : members) {
      if (node.group().isCalled(group)) {
        ids.add(node.id);
      }
    }
    return ids;
  }

  /// Takes a new set of nodes and puts each into its group, with the cooldowns and limits of the
  /// one that it was in. Returns what the listener is to be told when no lock is held.
  synchronized List<Runnable> members(List<Node> replacement) {
    List<Moved> moved = groups.replace(replacement);
    members = replacement.toArray(Node[]::new);
    decisions.incrementAndGet();
    return join(moved);
  }

  /// An answer named whose limits `node` draws on. Keys of which the same is known are one group
  /// from then on, with the cooldowns and limits of both; a key that turns out to be somebody
  /// else's leaves its group and begins anew. A declared key stays where it is, and others come to
  /// it.
  void learned(Node node, Identity identity) {
    List<Runnable> news;
    synchronized (this) {
      Node stranger = node.identity() == null ? null : node;
      node.identity(identity);
      news = regroup(node, stranger);
    }
    news.forEach(Runnable::run);
  }

  /// Takes up whose limits keys draw on that have not said so since. Returns what the listener is
  /// to be told when no lock is held.
  synchronized List<Runnable> remembered(Map<Node, Identity> before) {
    before.forEach((node, identity) -> {
      if (node.identity() == null) {
        node.identity(identity);
      }
    });
    return members(List.of(members));
  }

  /// What an answer named no longer holds: `node` has another secret.
  void unlearned(Node node) {
    List<Runnable> news;
    synchronized (this) {
      node.identity(null);
      news = regroup(node, node);
    }
    news.forEach(Runnable::run);
  }

  // Guarded by this.
  private List<Runnable> regroup(Node node, @Nullable Node stranger) {
    if (!groups.has(node)) {
      return List.of();
    }
    Group before = node.group();
    boolean concernsOthers = node.isDeclared() && groups.lookAtDeclared(Arrays.asList(members));
    List<Node> concerned = concernsOthers ? Arrays.asList(members) : List.of(node);
    List<Moved> moved = groups.place(concerned, stranger);
    if (moved.isEmpty() && node.group() == before) {
      return List.of();
    }
    // Another array, so that every pool looks at its seats again.
    members = members.clone();
    List<Runnable> news = join(moved);
    Set<Node> touched = new LinkedHashSet<>();
    touched.add(node);
    for (Moved one : moved) {
      touched.addAll(List.of(one.from().members()));
      touched.addAll(List.of(one.to().members()));
    }
    news.add(() -> touched.forEach(this::notice));
    return news;
  }

  // Guarded by this. What was known goes along before anybody draws from the new groups.
  private List<Runnable> join(List<Moved> moved) {
    List<Runnable> news = new ArrayList<>();
    moved.forEach(one -> one.join(news));
    version.incrementAndGet();
    return news;
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
    if (model.length() > LONGEST_NAME) {
      return new Pool(context, this, model, new ModelGroup());
    }
    while (pools.size() >= mostPools()) {
      evictLongestUnused();
    }
    ModelGroup group =
        modelGroups.computeIfAbsent(ModelGroup.nameOf(provider, model), _ -> new ModelGroup());
    Pool created = new Pool(context, this, model, group);
    group.add(created);
    pools.put(model, created);
    return created;
  }

  private int mostPools() {
    int bySeats = Math.max(LEAST_POOLS, MOST_SEATS / Math.max(members.length, 1));
    return Math.min(context.settings().mostModels(), bySeats);
  }

  // Leases of an evicted pool still settle on its nodes.
  private void evictLongestUnused() {
    pools.values().stream().min(Comparator.comparingLong(Pool::lastUsed)).ifPresent(this::evict);
  }

  private void evict(Pool pool) {
    pools.remove(pool.model(), pool);
    if (pool.modelGroup().remove(pool)) {
      modelGroups.remove(ModelGroup.nameOf(provider, pool.model()));
    }
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
