package dev.forebay.telemetry;

import dev.forebay.pool.Headroom;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Scope;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The keys as they stand now: their states, budgets and loads, and what is left of their groups'
/// limits.
final class KeyGauges {

  private static final String OPEN = "open";
  private static final String HALF_OPEN = "half_open";
  private static final List<String> STATES =
      List.of(OPEN, HALF_OPEN, "cooling", "spent", "rejected", "paused");

  private final Snapshots snapshots;
  private final ModelNames models;
  private final Instant now;
  private final Map<String, Map<String, Integer>> counts = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  private KeyGauges(Snapshots snapshots, ModelNames models, Instant now) {
    this.snapshots = snapshots;
    this.models = models;
    this.now = now;
  }

  static void add(Snapshots snapshots, List<KeyView> keys, ModelNames models, Instant now) {
    KeyGauges gauges = new KeyGauges(snapshots, models, now);
    keys.forEach(gauges::key);
    gauges.counts();
  }

  private void key(KeyView key) {
    String provider = key.provider();
    // Two keys of one name must not become one series.
    String name =
        names.add(provider + ' ' + key.name()) ? key.name() : key.name() + " (" + key.id() + ")";
    String state = state(key);
    counts.computeIfAbsent(provider, _ -> new HashMap<>()).merge(state, 1, Integer::sum);
    snapshots.gauge(Metric.KEY_STATE, 1, provider, name, key.limitGroup(), state);
    Instant until = until(key.status());
    if (until.isAfter(now)) {
      snapshots.gauge(Metric.KEY_UNAVAILABLE, seconds(until), provider, name);
    }
    snapshots.gauge(Metric.KEY_IN_FLIGHT, key.inFlight(), provider, name);
    snapshots.gauge(Metric.KEY_RESERVED, key.reservedTokens(), provider, name);
    snapshots.gauge(Metric.KEY_USED_TODAY, key.usedToday(), provider, name);
    if (key.dailyTokens() != Long.MAX_VALUE) {
      snapshots.gauge(Metric.KEY_DAILY, key.dailyTokens(), provider, name);
    }
    money(Metric.KEY_RESERVED_USD, key.reservedNanoDollars(), provider, name);
    money(Metric.KEY_USED_TODAY_USD, key.usedTodayNanoDollars(), provider, name);
    if (key.dailyNanoDollars() != Long.MAX_VALUE) {
      money(Metric.KEY_DAILY_USD, key.dailyNanoDollars(), provider, name);
    }
    snapshots.gauge(Metric.KEY_LOAD, key.load(), provider, name);
    for (Headroom headroom : key.headroom()) {
      if (models.knows(headroom.model())) {
        headroom(provider, key.limitGroup(), headroom);
      }
    }
    for (ScopedCooling cooling : key.coolings()) {
      cooling(cooling);
    }
  }

  private void money(Metric metric, long nanoDollars, String provider, String name) {
    snapshots.gauge(metric, Snapshots.dollars(nanoDollars), provider, name);
  }

  private void headroom(String provider, String group, Headroom headroom) {
    String model = headroom.model();
    String axis = Metrics.label(headroom.axis());
    String period = Metrics.label(headroom.period());
    snapshots.gauge(Metric.HEADROOM, headroom.remaining(), provider, group, model, axis, period);
    snapshots.gauge(Metric.HEADROOM_LIMIT, headroom.limit(), provider, group, model, axis, period);
  }

  private void cooling(ScopedCooling cooling) {
    boolean ofModel =
        cooling.scope() == Scope.GROUP_MODEL || cooling.scope() == Scope.PROVIDER_MODEL;
    String model = cooling.model();
    if (!ofModel || model == null || !cooling.until().isAfter(now)) {
      return;
    }
    String group = cooling.limitGroup();
    snapshots.gauge(
        Metric.COOLING,
        seconds(cooling.until()),
        cooling.provider(),
        Metrics.label(cooling.scope()),
        group == null ? "" : group,
        models.knows(model) ? model : ModelNames.OTHER,
        Metrics.label(cooling.cause()));
  }

  /// Every state of every provider, zeros too, so that an alert on one has something to compare.
  private void counts() {
    for (String provider : new TreeSet<>(counts.keySet())) {
      for (String state : STATES) {
        int count = counts.getOrDefault(provider, Map.of()).getOrDefault(state, 0);
        snapshots.gauge(Metric.KEYS, count, provider, state);
      }
    }
  }

  private static String state(KeyView key) {
    return switch (key.status()) {
      case Status.Open _ -> key.halfOpen() ? HALF_OPEN : OPEN;
      case Status.Cooling _ -> "cooling";
      case Status.Spent _ -> "spent";
      case Status.Rejected _ -> "rejected";
      case Status.Paused _ -> "paused";
    };
  }

  private static Instant until(Status status) {
    return switch (status) {
      case Status.Cooling cooling -> cooling.until();
      case Status.Spent(Instant until) -> until;
      case Status.Open _, Status.Rejected _, Status.Paused _ -> Instant.MIN;
    };
  }

  private double seconds(Instant until) {
    return Duration.between(now, until).toMillis() / 1000.0;
  }
}
