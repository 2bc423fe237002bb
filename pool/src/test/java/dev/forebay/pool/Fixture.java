package dev.forebay.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Pools of one provider under a clock advanced by hand, and the words the tests speak in.
final class Fixture {

  static final String PROVIDER = "anthropic";
  static final String MODEL = "claude";
  static final Ask SMALL = Ask.of(100, 100);
  static final Duration LATENCY = Duration.ofMillis(300);

  final FakeTicker ticker;
  final RandomGenerator random = new SplittableRandom(1);
  final List<String> events = Collections.synchronizedList(new ArrayList<>());
  final Pools pools;
  private List<KeySpec> keys = List.of();

  Fixture() {
    this(PoolSettings.defaults(), new FakeTicker());
  }

  Fixture(PoolSettings settings, FakeTicker ticker) {
    this.ticker = ticker;
    this.pools = new Pools(settings, ticker, new SplittableRandom(2), new Events());
  }

  private final class Events implements PoolListener {

    @Override
    public void statusChanged(Status before, KeyView after) {
      events.add(after.id() + ": " + name(before) + " -> " + name(after.status()));
    }

    @Override
    public void cooled(ScopedCooling cooling) {
      events.add(cooling.scope() + " " + cooling.model() + " cooled");
    }

    @Override
    public void reopened(ScopedCooling ended) {
      events.add(ended.scope() + " " + ended.model() + " reopened");
    }

    private static String name(Status status) {
      return status.getClass().getSimpleName();
    }
  }

  static KeySpec key(String id) {
    return new KeySpec(id, id, PROVIDER, KeySpec.ownGroup(id), 5, Long.MAX_VALUE, Set.of(), false);
  }

  static KeySpec grouped(String id, String group) {
    return new KeySpec(id, id, PROVIDER, group, 5, Long.MAX_VALUE, Set.of(), false);
  }

  static KeySpec budgeted(String id, long dailyTokens) {
    return new KeySpec(id, id, PROVIDER, KeySpec.ownGroup(id), 5, dailyTokens, Set.of(), false);
  }

  static KeySpec prioritised(String id, int priority) {
    return new KeySpec(
        id, id, PROVIDER, KeySpec.ownGroup(id), priority, Long.MAX_VALUE, Set.of(), false);
  }

  static KeySpec limitedTo(String id, String... models) {
    return new KeySpec(
        id, id, PROVIDER, KeySpec.ownGroup(id), 5, Long.MAX_VALUE, Set.of(models), false);
  }

  static KeySpec pausedByConfiguration(String id) {
    return new KeySpec(id, id, PROVIDER, KeySpec.ownGroup(id), 5, Long.MAX_VALUE, Set.of(), true);
  }

  Fixture with(KeySpec... specs) {
    return with(List.of(specs));
  }

  Fixture with(List<KeySpec> specs) {
    keys = specs;
    pools.replace(specs);
    return this;
  }

  /// Replaces the keys by what `change` makes of each.
  void reconfigure(UnaryOperator<KeySpec> change) {
    with(keys.stream().map(change).toList());
  }

  Pool pool() {
    return pools.pool(PROVIDER, MODEL);
  }

  Lease take() {
    return take(SMALL);
  }

  Lease take(Ask ask) {
    return take(pool(), ask);
  }

  Lease take(Pool pool, Ask ask) {
    return switch (pool.acquire(ask, random)) {
      case Acquisition.Granted(Lease lease) -> lease;
      case Acquisition.Unavailable(Tally tally) -> throw new AssertionError(tally);
    };
  }

  Tally refused() {
    return refused(SMALL);
  }

  Tally refused(Ask ask) {
    return refused(pool(), ask);
  }

  Tally refused(Pool pool, Ask ask) {
    return switch (pool.acquire(ask, random)) {
      case Acquisition.Granted(Lease lease) -> throw new AssertionError(lease.keyId());
      case Acquisition.Unavailable(Tally tally) -> tally;
    };
  }

  /// A whole attempt that goes well.
  String serve() {
    Lease lease = take();
    lease.answered(LATENCY);
    served(lease, 150);
    return lease.keyId();
  }

  static void served(Lease lease, long tokens) {
    lease.settle(new Outcome.Served(LATENCY), tokens, 0, tokens / 3, tokens - tokens / 3);
  }

  /// What headers of requests and of tokens say; -1 for unknown.
  static void headroom(
      Lease lease,
      long requestsLimit,
      long requestsRemaining,
      long requestsReset,
      long tokensLimit,
      long tokensRemaining,
      long tokensReset) {
    lease.headroom(Axis.REQUESTS, requestsLimit, requestsRemaining, requestsReset);
    lease.headroom(Axis.TOKENS, tokensLimit, tokensRemaining, tokensReset);
  }

  static void end(Lease lease, Outcome outcome) {
    assertThat(lease.settle(outcome, 0, 0, -1, -1)).isTrue();
  }

  static Outcome throttled(Scope scope, Cooldown cooldown) {
    return new Outcome.Throttled(scope, cooldown, Cause.RATE_LIMIT, "slow down, please");
  }

  static Outcome hinted(Scope scope, Duration floor) {
    return throttled(scope, Cooldown.hinted(floor));
  }

  static Outcome failed() {
    return new Outcome.Failed("502");
  }

  KeyView view(String id) {
    return pools.view(id).orElseThrow();
  }

  Status status(String id) {
    return view(id).status();
  }

  Instant in(Duration duration) {
    return ticker.now().plus(duration);
  }

  void advance(Duration duration) {
    ticker.advance(duration);
  }
}
