package dev.forebay.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes down what outlives a restart, and takes it up again. Confined to the caller.
final class SavedStates {

  private final Context context;
  private final Map<String, ProviderNodes> houses;
  private final Map<String, Node> nodes;

  SavedStates(Context context, Map<String, ProviderNodes> houses, Map<String, Node> nodes) {
    this.context = context;
    this.houses = houses;
    this.nodes = nodes;
  }

  PoolState save() {
    List<PoolState.SavedCooling> coolings = new ArrayList<>();
    for (ProviderNodes house : houses.values()) {
      saveCoolings(house, coolings);
    }
    List<PoolState.SavedRejection> rejections = new ArrayList<>();
    List<PoolState.SavedUsage> usage = new ArrayList<>();
    List<String> paused = new ArrayList<>();
    List<PoolState.SavedIdentity> identities = new ArrayList<>();
    for (Node node : nodes.values()) {
      Node.Rejection rejection = node.rejection();
      if (rejection != null) {
        rejections.add(saved(node, rejection));
      }
      node.budgets.roll(context.today(context.nanos()).date());
      long tokens = node.budgets.tokens.used();
      long nanoDollars = node.budgets.money.used();
      if (tokens > 0 || nanoDollars > 0) {
        usage.add(
            new PoolState.SavedUsage(node.id, node.budgets.tokens.day(), tokens, nanoDollars));
      }
      if (node.pausedByPerson()) {
        paused.add(node.id);
      }
      Identity identity = node.identity();
      if (identity != null) {
        identities.add(
            new PoolState.SavedIdentity(node.id, identity.organization(), identity.section()));
      }
    }
    return new PoolState(context.now(), coolings, rejections, usage, paused, identities, lessons());
  }

  private List<PoolState.SavedLesson> lessons() {
    List<PoolState.SavedLesson> lessons = new ArrayList<>();
    for (ProviderNodes house : houses.values()) {
      for (Pool pool : house.pools()) {
        PoolState.SavedLesson lesson = pool.lessons.save(house.provider, pool.model());
        if (lesson != null) {
          lessons.add(lesson);
        }
      }
    }
    return lessons;
  }

  private PoolState.SavedRejection saved(Node node, Node.Rejection rejection) {
    return new PoolState.SavedRejection(
        node.id,
        rejection.reason(),
        rejection.provenance(),
        rejection.since(),
        context.at(rejection.nextProbe()));
  }

  private void saveCoolings(ProviderNodes house, List<PoolState.SavedCooling> into) {
    String provider = house.provider;
    for (Node node : house.members()) {
      save(Scope.KEY, provider, node.id, null, node.gate, into);
    }
    for (Group group : house.groups().values()) {
      save(Scope.GROUP, provider, group.id(), null, group.gate, into);
    }
    for (Pool pool : house.pools()) {
      for (GroupModel groupModel : pool.seating().groupModels()) {
        Gate gate = groupModel.gate();
        if (gate != null) {
          save(Scope.GROUP_MODEL, provider, groupModel.group.id(), pool.model(), gate, into);
        }
      }
      save(Scope.PROVIDER_MODEL, provider, null, pool.model(), pool.gate, into);
    }
  }

  private void save(
      Scope scope,
      String provider,
      @Nullable String subject,
      @Nullable String model,
      Gate gate,
      List<PoolState.SavedCooling> into) {
    Gate.Closure closure = gate.closure();
    if (closure != null && context.nanos() < closure.until()) {
      into.add(
          new PoolState.SavedCooling(
              scope,
              provider,
              subject,
              model,
              closure.untilAt(),
              closure.level(),
              closure.cause(),
              closure.reason(),
              closure.provenance()));
    }
  }

  /// Takes up what is still true. Keys and groups that are gone, days that are over and cooldowns
  /// that have ended are left out. Returns what the listener is to be told when no lock is held.
  List<Runnable> restore(PoolState state) {
    Instant now = context.now();
    // First, because cooldowns of learned groups are kept by their names.
    List<Runnable> news = restoreIdentities(state);
    for (PoolState.SavedLesson saved : state.lessons()) {
      ProviderNodes house = houses.get(saved.provider());
      if (house != null) {
        house.pool(saved.model()).lessons.restore(saved);
      }
    }
    for (PoolState.SavedCooling saved : state.coolings()) {
      Gate gate = saved.until().isAfter(now) ? gate(saved) : null;
      if (gate != null) {
        gate.restore(saved, context);
      }
    }
    for (PoolState.SavedRejection saved : state.rejections()) {
      Node node = nodes.get(saved.keyId());
      if (node != null) {
        node.reject(saved, context);
      }
    }
    for (PoolState.SavedUsage saved : state.usage()) {
      Node node = nodes.get(saved.keyId());
      if (node != null) {
        node.budgets.roll(context.today(context.nanos()).date());
        node.budgets.restore(saved);
      }
    }
    for (String keyId : state.pausedByPerson()) {
      Node node = nodes.get(keyId);
      if (node != null) {
        node.pausedByPerson(true);
      }
    }
    return news;
  }

  private List<Runnable> restoreIdentities(PoolState state) {
    Map<String, Map<Node, Identity>> known = new HashMap<>();
    for (PoolState.SavedIdentity saved : state.identities()) {
      Node node = nodes.get(saved.keyId());
      Identity identity = Identity.of(saved.organization(), saved.section());
      if (node != null && identity != null) {
        known.computeIfAbsent(node.provider, _ -> new HashMap<>()).put(node, identity);
      }
    }
    List<Runnable> news = new ArrayList<>();
    known.forEach((provider, identities) -> {
      ProviderNodes house = houses.get(provider);
      if (house != null) {
        news.addAll(house.remembered(identities));
      }
    });
    return news;
  }

  private @Nullable Gate gate(PoolState.SavedCooling saved) {
    ProviderNodes house = houses.get(saved.provider());
    if (house == null) {
      return null;
    }
    String subject = saved.subject() == null ? "" : saved.subject();
    Group group = house.groups().get(subject);
    return switch (saved.scope()) {
      case KEY -> keyGate(saved.provider(), subject);
      case GROUP -> group == null ? null : group.gate;
      case GROUP_MODEL -> group == null ? null : groupModelGate(house, group, saved.model());
      case PROVIDER_MODEL -> saved.model() == null ? null : house.pool(saved.model()).gate;
    };
  }

  private @Nullable Gate keyGate(String provider, String keyId) {
    Node node = nodes.get(keyId);
    return node == null || !node.provider.equals(provider) ? null : node.gate;
  }

  private static @Nullable Gate groupModelGate(
      ProviderNodes house, Group group, @Nullable String model) {
    if (model == null) {
      return null;
    }
    Pool pool = house.pool(model);
    pool.seat();
    GroupModel groupModel = pool.seating().groupModel(group);
    return groupModel == null ? null : groupModel.gateOrNew();
  }
}
