package dev.forebay.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All pools of one workspace. Thread-safe.
///
/// Keys are replaced whole; a node survives by its key's id and provider, with its load, attempts
/// in flight, status and usage of the day. Every method but [#pool] and [#retryBudget] belongs to
/// the control plane.
public final class Pools {

  private static final int MOST_PROVIDERS = 64;

  // Keys that were taken out and may come back, as in a configuration that was broken for a moment.
  private static final int MOST_DEPARTED = 1_024;

  private final Context context;
  private final Map<String, ProviderNodes> houses = new ConcurrentHashMap<>();

  private final Places loads = new Places();

  // Written under the lock of this, replaced whole, in the order of the configuration.
  private volatile Map<String, Node> nodes = Map.of();

  // Guarded by this.
  private final Map<String, Node> departed =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Node> eldest) {
          return size() > MOST_DEPARTED;
        }
      };

  /// @param jitter used under a lock: it need not be thread-safe
  public Pools(
      PoolSettings settings, Ticker ticker, RandomGenerator jitter, PoolListener listener) {
    this.context = new Context(settings, ticker, jitter, listener);
  }

  /// Replaces all keys. A key that is new, or comes back, starts at the median of its tier.
  public void replace(List<KeySpec> keys) {
    requireDistinct(keys);
    seat(keys).forEach(Runnable::run);
    noticeAll();
  }

  /// Returns what the listener is to be told when no lock is held.
  private synchronized List<Runnable> seat(List<KeySpec> keys) {
    Map<String, Node> known = nodes;
    Map<String, Node> current = new LinkedHashMap<>();
    Map<String, List<Node>> byProvider = new LinkedHashMap<>();
    houses.keySet().forEach(provider -> byProvider.put(provider, new ArrayList<>()));
    for (KeySpec spec : keys) {
      Node node = node(known.get(spec.id()), spec);
      current.put(spec.id(), node);
      byProvider.computeIfAbsent(spec.provider(), _ -> new ArrayList<>()).add(node);
    }
    known.forEach((id, node) -> {
      if (current.get(id) != node) {
        departed.put(id, node);
      }
    });
    nodes = Collections.unmodifiableMap(current);
    List<Runnable> news = new ArrayList<>();
    byProvider.forEach((provider, members) -> news.addAll(storedHouse(provider).members(members)));
    return news;
  }

  private static void requireDistinct(List<KeySpec> keys) {
    Set<String> ids = new HashSet<>();
    for (KeySpec key : keys) {
      if (!ids.add(key.id())) {
        throw new IllegalArgumentException(
            "two keys have the id " + key.id() + " (expected: a different id for every key)");
      }
    }
  }

  private Node node(@Nullable Node known, KeySpec spec) {
    Node kept = known;
    if (kept == null) {
      kept = departed.remove(spec.id());
      if (kept != null) {
        // Whoever puts a key in again has looked at it; what it used today stays used.
        kept.accept(context.nanos());
        kept.gate.open();
        kept.group(new Group(spec.provider(), spec.limitGroup(), context));
      }
    }
    if (kept == null || !kept.provider.equals(spec.provider())) {
      Group own = new Group(spec.provider(), spec.limitGroup(), context);
      return new Node(spec, own, new Load(loads.next()), context);
    }
    kept.configure(spec);
    return kept;
  }

  /// Replaces the settings. Cooldowns that have begun keep their ends.
  public synchronized void settings(PoolSettings settings) {
    context.settings(settings);
    houses.values().forEach(ProviderNodes::changed);
  }

  /// The pool that serves `model` of `provider`; cheap enough for every request.
  public Pool pool(String provider, String model) {
    return house(provider).pool(model);
  }

  /// The retry budget shared by all models of `provider`.
  public RetryBudget retryBudget(String provider) {
    return house(provider).retryBudget();
  }

  private ProviderNodes house(String provider) {
    ProviderNodes known = houses.get(provider);
    if (known != null) {
      return known;
    }
    return houses.size() < MOST_PROVIDERS
        ? storedHouse(provider)
        : new ProviderNodes(provider, context);
  }

  private ProviderNodes storedHouse(String provider) {
    return houses.computeIfAbsent(provider, name -> new ProviderNodes(name, context));
  }

  /// Every key as it stands now, in the order of the configuration.
  public List<KeyView> view() {
    noticeAll();
    long now = context.nanos();
    Map<String, KeyViews> views = new LinkedHashMap<>();
    List<KeyView> all = new ArrayList<>();
    for (Node node : nodes.values()) {
      all.add(
          views
              .computeIfAbsent(
                  node.provider, provider -> new KeyViews(house(provider), context, now))
              .of(node));
    }
    return Collections.unmodifiableList(all);
  }

  /// One key as it stands now; empty when there is none of this id.
  public Optional<KeyView> view(String keyId) {
    Node node = nodes.get(keyId);
    if (node == null) {
      return Optional.empty();
    }
    ProviderNodes house = house(node.provider);
    house.notice(node);
    return Optional.of(new KeyViews(house, context, context.nanos()).of(node));
  }

  /// The id of the limit group that a key belongs to now; null when there is none of this id.
  public @Nullable String groupOf(String keyId) {
    Node node = nodes.get(keyId);
    return node == null ? null : node.group().id();
  }

  /// The ids of a provider's limit groups in an order that outlives restarts: that of the ids.
  public List<String> groups(String provider) {
    return house(provider).groups().keySet().stream().sorted().toList();
  }

  /// Every node, for those who look inside.
  Collection<Node> nodes() {
    return nodes.values();
  }

  Collection<ProviderNodes> houses() {
    return houses.values();
  }

  private void noticeAll() {
    for (Node node : nodes.values()) {
      house(node.provider).notice(node);
    }
  }

  /// Switches a key off, on a person's word. An unknown id changes nothing.
  public void pause(String keyId) {
    change(keyId, node -> node.pausedByPerson(true));
  }

  /// Switches a key on again that a person switched off.
  public void resume(String keyId) {
    change(keyId, node -> node.pausedByPerson(false));
  }

  /// Recovers a key now: ends its cooldown and its rejection, and whatever holds its limit group
  /// back, for every model.
  public void recover(String keyId) {
    change(keyId, this::recover);
  }

  private void recover(Node node) {
    Group group = node.group();
    node.accept(context.nanos());
    node.gate.open();
    group.gate.open();
    group.pace.lift();
    node.pace.lift();
    for (Pool pool : house(node.provider).pools()) {
      GroupModel groupModel = pool.seating().groupModel(group);
      Gate gate = groupModel == null ? null : groupModel.gate();
      Gate.Closure ended = gate == null ? null : gate.open();
      if (ended != null) {
        pool.reopened(Scope.GROUP_MODEL, group, ended);
      }
      Limits limits = groupModel == null ? null : groupModel.limits();
      if (limits != null) {
        limits.forget();
      }
    }
    house(node.provider).changed(group);
  }

  /// Takes note that a key has another secret: what the provider said of the old one, and whose
  /// limits it draws on, is no longer true. A limit group that other keys share is left as it is.
  public void renew(String keyId) {
    change(
        keyId,
        node -> {
          house(node.provider).unlearned(node);
          if (node.group().members().length == 1) {
            recover(node);
          } else {
            node.accept(context.nanos());
            node.gate.open();
          }
        });
  }

  /// Keeps a key out because it has nothing to be sent with, until [#release]. Saying the same
  /// again changes nothing.
  ///
  /// @param expected when it may be over; others wait by it
  public void withhold(String keyId, String reason, Instant expected) {
    Node node = nodes.get(keyId);
    if (node != null && !Withheld.says(node.withheld(), reason, expected)) {
      house(node.provider).withhold(node, reason, expected, Provenance.ESTIMATED);
    }
  }

  /// Lets a key that was withheld serve again. Cooldowns, budgets and rejections stay.
  public void release(String keyId) {
    Node node = nodes.get(keyId);
    if (node != null && node.withheld() != null) {
      change(keyId, released -> released.withhold(null));
    }
  }

  /// Rejects a key on the provider's word that came beside the requests. Saying the same again
  /// changes nothing.
  public void reject(String keyId, String reason) {
    Node node = nodes.get(keyId);
    Node.Rejection known = node == null ? null : node.rejection();
    if (node != null && (known == null || !known.reason().equals(reason))) {
      change(keyId, rejected -> rejected.reject(reason, context));
    }
  }

  /// Rejected keys whose next probe is due; each is handed out once per interval.
  public List<String> dueForProbe() {
    long now = context.nanos();
    List<String> due = new ArrayList<>();
    for (Node node : nodes.values()) {
      if (node.rejection() != null && node.takeProbe(now, context.settings().probeInterval())) {
        due.add(node.id);
      }
    }
    return due;
  }

  /// How a probe of a rejected key went.
  public void probed(String keyId, boolean accepted, String reason) {
    change(
        keyId,
        node -> {
          if (accepted) {
            node.accept(context.nanos());
          } else {
            node.stillRejected(reason);
          }
        });
  }

  private void change(String keyId, Consumer<Node> how) {
    Node node = nodes.get(keyId);
    if (node != null) {
      how.accept(node);
      house(node.provider).decided(node);
    }
  }

  /// What should outlive a restart.
  public PoolState save() {
    return new SavedStates(context, houses, nodes).save();
  }

  /// Takes up a saved state. Call it after the first [#replace]: what it says of unknown keys is
  /// ignored.
  public void restore(PoolState state) {
    takeUp(state).forEach(Runnable::run);
    noticeAll();
  }

  private synchronized List<Runnable> takeUp(PoolState state) {
    List<Runnable> news = new SavedStates(context, houses, nodes).restore(state);
    houses.values().forEach(ProviderNodes::changed);
    return news;
  }
}
