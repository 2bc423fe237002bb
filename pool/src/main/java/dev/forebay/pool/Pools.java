package dev.forebay.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All pools of one workspace. Thread-safe.
public final class Pools {

  private final Ticker ticker;
  private final Map<String, Pool> pools = new ConcurrentHashMap<>();
  private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();
  private final Map<String, KeySpec> keys = new LinkedHashMap<>();
  private final Map<String, Long> used = new HashMap<>();
  private final Map<String, Status> statuses = new HashMap<>();

  public Pools(
      PoolSettings settings, Ticker ticker, RandomGenerator jitter, PoolListener listener) {
    this.ticker = ticker;
  }

  public synchronized void replace(List<KeySpec> specs) {
    keys.clear();
    specs.forEach(spec -> keys.put(spec.id(), spec));
  }

  public void settings(PoolSettings settings) {}

  public Pool pool(String provider, String model) {
    return pools.computeIfAbsent(provider + "/" + model, _ -> new Pool(this, provider, model));
  }

  public synchronized List<KeyView> view() {
    List<KeyView> views = new ArrayList<>();
    keys.keySet().forEach(id -> view(id).ifPresent(views::add));
    return views;
  }

  public synchronized Optional<KeyView> view(String keyId) {
    KeySpec key = keys.get(keyId);
    return key == null
        ? Optional.empty()
        : Optional.of(
            new KeyView(
                key.id(),
                key.name(),
                key.provider(),
                key.limitGroup(),
                key.priority(),
                status(key),
                false,
                List.of(),
                0,
                0,
                used.getOrDefault(keyId, 0L),
                key.dailyTokens(),
                0,
                0,
                0,
                0,
                0,
                0,
                Duration.ZERO,
                Duration.ZERO,
                null,
                List.of()));
  }

  public synchronized void pause(String keyId) {
    statuses.put(keyId, new Status.Paused(Provenance.PERSON));
  }

  public synchronized void resume(String keyId) {
    statuses.remove(keyId);
  }

  public synchronized void recover(String keyId) {
    statuses.remove(keyId);
  }

  public List<String> dueForProbe() {
    return List.of();
  }

  public synchronized void probed(String keyId, boolean accepted, String reason) {
    if (accepted) {
      statuses.remove(keyId);
    }
  }

  public PoolState save() {
    return PoolState.EMPTY;
  }

  public void restore(PoolState state) {}

  public RetryBudget retryBudget(String provider) {
    return budgets.computeIfAbsent(provider, _ -> new RetryBudget());
  }

  synchronized Acquisition acquire(Pool pool, Ask ask, RandomGenerator random) {
    KeySpec best = best(pool, ask);
    return best == null
        ? new Acquisition.Unavailable(tally(pool))
        : new Acquisition.Granted(
            new Lease(
                this,
                best,
                new Draw(best.priority(), 1, best.id(), 0, null, 0),
                ask.inputTokens()));
  }

  synchronized String pick(Pool pool, RandomGenerator random) {
    KeySpec best = best(pool, Ask.of(0, 0));
    return best == null ? "" : best.id();
  }

  synchronized Tally tally(Pool pool) {
    int all = 0;
    Instant next = null;
    for (KeySpec key : keys.values()) {
      if (key.provider().equals(pool.provider())) {
        all++;
        if (status(key) instanceof Status.Cooling(var until, _, _, _, _)
            && (next == null || until.isBefore(next))) {
          next = until;
        }
      }
    }
    return new Tally(all, 0, all, 0, 0, 0, 0, 0, 0, 0, 0, Optional.ofNullable(next), ticker.now());
  }

  synchronized void settled(String keyId, Outcome outcome, long tokensUsed) {
    used.merge(keyId, tokensUsed, Long::sum);
    switch (outcome) {
      case Outcome.Throttled(_, Cooldown cooldown, Cause cause, String reason) ->
          statuses.put(
              keyId,
              new Status.Cooling(
                  ticker.now().plus(cooldown.floor().plusSeconds(1)),
                  cause,
                  reason,
                  cooldown.provenance(),
                  Scope.KEY));
      case Outcome.Failed(String reason) ->
          statuses.put(
              keyId,
              new Status.Cooling(
                  ticker.now().plusMillis(500),
                  Cause.FAILING,
                  reason,
                  Provenance.ESTIMATED,
                  Scope.KEY));
      case Outcome.KeyRejected(String reason) ->
          statuses.put(keyId, new Status.Rejected(reason, Provenance.PROVIDER, ticker.now()));
      case Outcome.Served _,
          Outcome.SlowDown _,
          Outcome.RequestRejected _,
          Outcome.Abandoned _ -> {}
    }
  }

  private @Nullable KeySpec best(Pool pool, Ask ask) {
    KeySpec best = null;
    for (KeySpec key : keys.values()) {
      if (key.provider().equals(pool.provider())
          && key.allows(pool.model())
          && !ask.triedKeys().contains(key.id())
          && (ask.onlyGroup() == null || ask.onlyGroup().equals(key.limitGroup()))
          && status(key) instanceof Status.Open
          && (best == null || less(key, best))) {
        best = key;
      }
    }
    return best;
  }

  private boolean less(KeySpec a, KeySpec b) {
    return a.priority() == b.priority()
        ? used.getOrDefault(a.id(), 0L) < used.getOrDefault(b.id(), 0L)
        : a.priority() > b.priority();
  }

  private Status status(KeySpec key) {
    Status status = statuses.getOrDefault(key.id(), Status.OPEN);
    if (status instanceof Status.Cooling(var until, _, _, _, _) && !until.isAfter(ticker.now())) {
      statuses.remove(key.id());
      return Status.OPEN;
    }
    if (key.paused()) {
      return new Status.Paused(Provenance.CONFIGURATION);
    }
    return used.getOrDefault(key.id(), 0L) >= key.dailyTokens()
        ? new Status.Spent(ticker.now().plusSeconds(86_400))
        : status;
  }
}
