package dev.forebay.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// Long random lives: keys come, go and change, attempts end in every way, time passes. After every
/// step the books are right; at the end nobody is stuck.
class LifePropertyTest {

  private static final List<String> MODELS = List.of("opus", "haiku");
  private static final long PRICE = 2_500;
  private static final Duration PATIENCE = PoolSettings.defaults().trialPatience();

  private final Fixture pools = new Fixture();
  private final List<Lease> inFlight = new ArrayList<>();
  private final Map<Lease, Instant> undecided = new IdentityHashMap<>();
  private SplittableRandom random = new SplittableRandom();
  private List<KeySpec> keys = List.of();

  @Property(runs = 1_000)
  void staysInOrder(long seed) {
    random = new SplittableRandom(seed);
    replace();
    for (int i = 0; i < 400; i++) {
      step();
      Invariants.hold(pools.pools);
    }
    settleAll();
    Invariants.idle(pools.pools);
    nobodyIsStuck();
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6 -> acquire();
      case 7, 8, 9, 10 -> settleOne();
      case 11, 12 -> answerOne();
      case 13 -> readOne();
      case 14, 15 -> pools.advance(Duration.ofMillis(random.nextLong(3_000)));
      case 16 -> pools.advance(Duration.ofSeconds(random.nextLong(600)));
      case 17 -> intervene();
      case 18 -> {
        if (random.nextInt(4) == 0) {
          replace();
        }
      }
      default -> whatIsPromisedForLaterIsTrue();
    }
  }

  // Half of all requests have a price.
  private TokenPrice price() {
    return random.nextBoolean()
        ? TokenPrice.UNKNOWN
        : new TokenPrice(PRICE, PRICE, PRICE, 2 * PRICE);
  }

  private Pool pool() {
    return pools.pools.pool(Fixture.PROVIDER, MODELS.get(random.nextInt(MODELS.size())));
  }

  private Ask ask() {
    List<String> tried = new ArrayList<>();
    for (KeySpec key : keys) {
      if (random.nextInt(4) == 0) {
        tried.add(key.id());
      }
    }
    String group = random.nextInt(8) == 0 ? "g" + random.nextInt(3) : null;
    return new Ask(random.nextLong(5_000), random.nextLong(-1, 3_000), tried, group, price());
  }

  private void acquire() {
    Ask ask = ask();
    Pool pool = pool();
    switch (pool.acquire(ask, random)) {
      case Acquisition.Granted(Lease lease) -> {
        assertThat(ask.triedKeys()).doesNotContain(lease.keyId());
        assertThat(ask.onlyGroup() == null || lease.group().equals(ask.onlyGroup())).isTrue();
        assertThat(pools.status(lease.keyId())).isIn(Status.OPEN);
        assertThat(spec(lease.keyId()).allows(pool.model())).isTrue();
        if (lease.trial()) {
          triesAlone(lease);
        }
        inFlight.add(lease);
      }
      case Acquisition.Unavailable(Tally tally) -> isComplete(tally);
    }
  }

  private KeySpec spec(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow();
  }

  private static void isComplete(Tally tally) {
    int counted =
        tally.tried()
            + tally.throttled()
            + tally.overBudget()
            + tally.rejected()
            + tally.paused()
            + tally.failing()
            + tally.missingModel()
            + tally.notAllowed()
            + tally.busy();
    assertThat(tally.ready()).as("ready in %s", tally).isZero();
    assertThat(counted).as("counted in %s", tally).isEqualTo(tally.keys());
    // Not so over budget: a request may be larger than a whole day's.
    int waiting = tally.throttled() + tally.failing() + tally.missingModel();
    if (waiting + tally.busy() > 0) {
      assertThat(tally.nextAt()).hasValueSatisfying(next -> assertThat(next).isAfter(tally.at()));
    }
  }

  private void triesAlone(Lease lease) {
    Instant now = pools.ticker.now();
    undecided.forEach((other, since) -> {
      if (Duration.between(since, now).compareTo(PATIENCE) < 0) {
        assertThat(lease.triesSameAs(other)).isFalse();
      }
    });
    undecided.put(lease, now);
  }

  private void settleOne() {
    if (!inFlight.isEmpty()) {
      Lease lease = inFlight.remove(random.nextInt(inFlight.size()));
      undecided.remove(lease);
      long used = random.nextInt(3) * random.nextLong(3_000);
      assertThat(lease.settle(Outcomes.any(random), used, used * PRICE, used / 2, used / 2))
          .isTrue();
      assertThat(lease.settle(Outcomes.any(random), used, used * PRICE, used / 2, used / 2))
          .isFalse();
    }
  }

  private void answerOne() {
    if (!inFlight.isEmpty()) {
      Lease lease = inFlight.get(random.nextInt(inFlight.size()));
      undecided.remove(lease);
      lease.answered(Duration.ofMillis(random.nextLong(1, 9_000)));
    }
  }

  private void readOne() {
    if (!inFlight.isEmpty()) {
      Lease lease = inFlight.get(random.nextInt(inFlight.size()));
      long requests = random.nextLong(1, 1_000);
      long tokens = random.nextLong(1, 100_000);
      Fixture.headroom(
          lease,
          random.nextBoolean() ? requests : -1,
          random.nextLong(-1, requests + 1),
          random.nextLong(-1, 200_000_000_000L),
          tokens,
          random.nextLong(-1, tokens + 1),
          random.nextLong(-1, 200_000_000_000L));
    }
  }

  private void intervene() {
    String id = "k" + random.nextInt(8);
    switch (random.nextInt(6)) {
      case 0 -> pools.pools.pause(id);
      case 1 -> pools.pools.resume(id);
      case 2 -> pools.pools.recover(id);
      case 3 -> pools.pools.dueForProbe().forEach(due -> pools.pools.probed(due, true, ""));
      case 4 -> pools.pools.view();
      default -> pools.pools.restore(pools.pools.save());
    }
  }

  private void replace() {
    List<KeySpec> replacement = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String id = "k" + i;
      if (random.nextInt(4) > 0) {
        String group = random.nextBoolean() ? "g" + random.nextInt(3) : KeySpec.ownGroup(id);
        long budget = random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(10_000, 100_000);
        long money =
            random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(10_000, 100_000) * PRICE;
        Set<String> models = random.nextInt(4) == 0 ? Set.of("op*") : Set.of();
        int priority = random.nextInt(3, 6);
        boolean paused = random.nextInt(10) == 0;
        replacement.add(
            new KeySpec(id, id, Fixture.PROVIDER, group, priority, budget, money, models, paused));
      }
    }
    keys = replacement;
    pools.with(replacement);
  }

  /// With nothing in flight, `nextAt` is exact: nothing is to be had a moment before, and something
  /// then. Who is only ahead of its pace may be taken earlier, when it is the last.
  private void whatIsPromisedForLaterIsTrue() {
    settleAll();
    Ask ask = ask();
    Pool pool = pool();
    switch (pool.acquire(ask, random)) {
      case Acquisition.Granted(Lease lease) -> inFlight.add(lease);
      case Acquisition.Unavailable(Tally tally) -> {
        isComplete(tally);
        tally.nextAt().ifPresent(next -> comesTrue(tally, next, pool, ask));
      }
    }
    settleAll();
  }

  private void comesTrue(Tally tally, Instant next, Pool pool, Ask ask) {
    pools.advance(Duration.between(pools.ticker.now(), next).minusNanos(1));
    Acquisition before = pool.acquire(ask, random);
    if (before instanceof Acquisition.Granted(Lease lease)) {
      assertThat(tally.busy()).as("a moment before %s", tally).isPositive();
      inFlight.add(lease);
      return;
    }
    pools.advance(Duration.ofNanos(1));
    assertThat(pool.acquire(ask, random))
        .as("at %s", tally)
        .isInstanceOfSatisfying(
            Acquisition.Granted.class, granted -> inFlight.add(granted.lease()));
  }

  private void settleAll() {
    while (!inFlight.isEmpty()) {
      settleOne();
    }
  }

  private void nobodyIsStuck() {
    pools.advance(Duration.ofDays(2));
    for (KeySpec key : keys) {
      Status status = pools.status(key.id());
      if (status instanceof Status.Rejected || status instanceof Status.Paused) {
        continue;
      }
      List<String> others =
          keys.stream().map(KeySpec::id).filter(id -> !id.equals(key.id())).toList();
      for (String model : MODELS) {
        if (key.allows(model)) {
          // A key that comes back takes its turns one by one.
          pools.advance(Duration.ofSeconds(1));
          Lease lease =
              pools.take(pools.pools.pool(Fixture.PROVIDER, model), new Ask(1, 1, others, null));
          lease.answered(Fixture.LATENCY);
          Fixture.served(lease, 2);
        }
      }
    }
  }
}
