package dev.forebay.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes pictures of one provider's nodes at one moment. Confined to the caller.
final class KeyViews {

  private final ProviderNodes house;
  private final Context context;
  private final long now;
  private final double attempts;

  KeyViews(ProviderNodes house, Context context, long now) {
    this.house = house;
    this.context = context;
    this.now = now;
    double sum = 0;
    for (Node node : house.members()) {
      sum += node.attempts.value(now, Node.ATTEMPTS_RATE);
    }
    this.attempts = sum;
  }

  KeyView of(Node node) {
    KeySpec spec = node.spec();
    Status status = node.status(now, context);
    double rate = context.usageRate();
    double perMinute = 60.0 / context.settings().usageDecay().toNanos() * 1e9;
    return new KeyView(
        node.id,
        spec.name(),
        node.provider,
        node.group().id(),
        groupSaidBy(node),
        spec.priority(),
        status,
        status instanceof Status.Open && node.halfOpen(now),
        coolings(node),
        node.load.inFlight(),
        node.load.reserved(),
        node.budgets.tokens.used(),
        spec.dailyTokens(),
        node.budgets.money.held(),
        node.budgets.money.used(),
        spec.dailyNanoDollars(),
        node.load.value(now, rate),
        node.tokens.value(now, rate) * perMinute,
        node.served.get(),
        node.throttled.get(),
        node.failed.get(),
        attempts > 0 ? node.attempts.value(now, Node.ATTEMPTS_RATE) / attempts : 0,
        node.latency(0.5),
        node.latency(0.95),
        node.lastError(),
        headroom(node));
  }

  /// Who said which limit group a key belongs to.
  private static Provenance groupSaidBy(Node node) {
    if (node.isDeclared()) {
      return Provenance.CONFIGURATION;
    }
    return node.identity() == null ? Provenance.ESTIMATED : Provenance.PROVIDER;
  }

  private List<ScopedCooling> coolings(Node node) {
    List<ScopedCooling> coolings = new ArrayList<>();
    for (Pool pool : house.pools()) {
      Group group = node.group();
      GroupModel groupModel = pool.seating().groupModel(group);
      if (groupModel == null) {
        continue;
      }
      Gate gate = groupModel.gate();
      Gate.Closure closure = gate == null ? null : gate.closure();
      if (closure != null) {
        coolings.add(scoped(Scope.GROUP_MODEL, pool, group, closure, now));
      }
      Gate.Closure providerClosure = pool.gate.closure();
      if (providerClosure != null) {
        coolings.add(scoped(Scope.PROVIDER_MODEL, pool, null, providerClosure, now));
      }
    }
    return List.copyOf(coolings);
  }

  static ScopedCooling scoped(
      Scope scope, Pool pool, @Nullable Group group, Gate.Closure closure, long now) {
    return new ScopedCooling(
        scope,
        pool.provider(),
        group == null ? null : group.id(),
        pool.model(),
        closure.untilAt(),
        now >= closure.until(),
        closure.cause(),
        closure.reason(),
        closure.provenance(),
        closure.level());
  }

  private List<Headroom> headroom(Node node) {
    List<Headroom> headroom = new ArrayList<>();
    for (Pool pool : house.pools()) {
      GroupModel groupModel = pool.seating().groupModel(node.group());
      Limits limits = groupModel == null ? null : groupModel.limits();
      if (limits != null) {
        limits.view(pool.model(), now, context, headroom);
      }
    }
    return List.copyOf(headroom);
  }
}
