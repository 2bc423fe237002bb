package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearnedLimitTest {

  private static final Duration ROUND_TRIP = Duration.ofMillis(60);

  /// One key of a provider that is silent but for its refusals, asked for twice what it grants: it
  /// serves what there is, and is refused seldom.
  @Property(runs = 20)
  void findsTheRateOfASilentProviderFromItsRefusals(long seed) {
    Silent silent = new Silent(seed, 2 + new SplittableRandom(seed).nextInt(12));
    silent.run(Duration.ofMinutes(20), 2);

    assertThat(silent.served / silent.granted(Duration.ofMinutes(20))).isGreaterThan(0.97);
    assertThat(silent.lateRefusals).isLessThan(silent.lateServed / 50);
  }

  @Test
  void isNotRefusedAgainWhenLessIsAskedThanThereIs() {
    Silent silent = new Silent(1, 5);
    silent.run(Duration.ofMinutes(5), 3);
    silent.lateRefusals = 0;
    silent.run(Duration.ofMinutes(20), 0.7);

    assertThat(silent.lateRefusals).isZero();
  }

  /// What a provider grants for minutes it refills, but for one minute's worth that was saved up.
  @Property(runs = 10)
  void theFirstRefusalTellsNearlyWhatIsGranted(long seed) {
    Silent silent = new Silent(seed, 15);
    silent.run(Duration.ofMinutes(15), 0.95);
    while (silent.pools.view("a").headroom().isEmpty()) {
      silent.run(Duration.ofSeconds(1), 1.35);
    }

    assertThat(silent.pools.view("a").headroom())
        .filteredOn(left -> left.axis() == Axis.REQUESTS)
        .singleElement()
        .satisfies(left -> assertThat(left.limit()).isBetween(790L, 910L));
  }

  /// As after a restart of the gateway under load: the provider has nothing saved up.
  @Property(runs = 10)
  void findsTheRateSoonWhenTheFirstRefusalComesEarly(long seed) {
    Silent silent = new Silent(seed, 15);
    silent.level = 0;
    silent.run(Duration.ofMinutes(2), 1.5);

    assertThat(silent.served / (15.0 * 2 * 60)).isGreaterThan(0.9);
  }

  /// What a key was sent that was first used a moment ago says nothing of its group.
  @Test
  void guessesOfAllKeysOfAGroupTogether() {
    Fixture pools =
        new Fixture()
            .with(IntStream.range(0, 10).mapToObj(i -> Fixture.grouped("k" + i, "org")).toList());
    for (int i = 0; i < 7; i++) {
      pools.serve();
      pools.advance(Duration.ofSeconds(1));
    }
    Lease last = pools.take();
    pools.advance(Duration.ofMillis(50));
    end(last, Fixture.throttled(Scope.GROUP_MODEL, Cooldown.unknown()));

    assertThat(pools.view("k0").headroom())
        .filteredOn(left -> left.axis() == Axis.REQUESTS)
        .singleElement()
        .satisfies(left -> assertThat(left.limit()).isBetween(50L, 80L));
  }

  @Test
  void followsALimitThatBecomesAnotherOne() {
    Silent silent = new Silent(2, 5);
    silent.run(Duration.ofMinutes(10), 3);
    silent.perSecond = 15;
    silent.served = 0;
    silent.run(Duration.ofMinutes(30), 3);

    assertThat(silent.served / (15.0 * 30 * 60)).isGreaterThan(0.85);
  }

  /// What was left over while less was asked for is spent little by little.
  @Test
  void neverTriesTwiceWhatIsKnownToBeGranted() {
    LearnedLimit limit = new LearnedLimit(Axis.REQUESTS);
    long now = 0;
    limit.begin(20, now, 1, 1, now);
    double known = limit.perMinute();
    double most = 0;
    for (int i = 0; i < 400_000 && limit.perMinute() == known; i++) {
      now += 5_000_000;
      limit.take(1, now);
      most = Math.max(most, limit.trying());
    }
    assertThat(most).isBetween(1.5, 1.7);
    assertThat(limit.perMinute()).as("granted for minutes").isBetween(1.5 * known, 1.7 * known);
    assertThat(now).isGreaterThan(Duration.ofMinutes(1).toNanos());
  }

  @Test
  void forgetsAfterAnHour() {
    Fixture pools = new Fixture().with(key("a"));
    end(pools.take(), Fixture.throttled(Scope.GROUP_MODEL, Cooldown.unknown()));
    assertThat(pools.view("a").headroom()).as("one refusal without a past tells little").isEmpty();
    pools.advance(Duration.ofSeconds(5));
    for (int i = 0; i < 5; i++) {
      pools.serve();
    }
    end(pools.take(), Fixture.throttled(Scope.GROUP_MODEL, Cooldown.unknown()));
    assertThat(pools.view("a").headroom())
        .hasSize(2)
        .allSatisfy(left -> assertThat(left.saidBy()).isEqualTo(Provenance.ESTIMATED));
    pools.advance(Duration.ofMinutes(61));

    assertThat(pools.view("a").headroom()).isEmpty();
    for (int i = 0; i < 500; i++) {
      pools.serve();
    }
  }

  @Test
  void givesWayToHeaders() {
    Fixture pools = new Fixture().with(key("a"));
    end(pools.take(), Fixture.throttled(Scope.GROUP_MODEL, Cooldown.unknown()));
    pools.advance(Duration.ofSeconds(10));
    Lease lease = pools.take();
    lease.headroom(Axis.REQUESTS, 600, 600, 0);
    Fixture.served(lease, 100);

    assertThat(pools.view("a").headroom())
        .singleElement()
        .satisfies(left -> assertThat(left.saidBy()).isEqualTo(Provenance.PROVIDER));
  }

  /// A bucket of a minute of requests, which says nothing but no.
  private static final class Silent {

    final Fixture pools = new Fixture().with(key("a"));
    final SplittableRandom random;
    double perSecond;
    double level;
    double served;
    int lateServed;
    int lateRefusals;
    Duration passed = Duration.ZERO;
    final Deque<Lease> refused = new ArrayDeque<>();
    final Deque<Duration> due = new ArrayDeque<>();

    Silent(long seed, int perSecond) {
      this.random = new SplittableRandom(seed);
      this.perSecond = perSecond;
      this.level = 60.0 * perSecond;
    }

    double granted(Duration time) {
      return (60 + time.toSeconds()) * perSecond;
    }

    void run(Duration time, double load) {
      Duration end = passed.plus(time);
      Duration warm = passed.plus(Duration.ofMinutes(4));
      while (passed.compareTo(end) < 0) {
        double pause = -Math.log(1 - random.nextDouble()) / (perSecond * load);
        step(Duration.ofNanos((long) (pause * 1e9)));
        if (pools.pool().acquire(Fixture.SMALL, random)
            instanceof Acquisition.Granted(Lease lease)) {
          if (level >= 1) {
            level--;
            served++;
            lateServed += passed.compareTo(warm) > 0 ? 1 : 0;
            lease.answered(Fixture.LATENCY);
            Fixture.served(lease, 150);
          } else {
            lateRefusals += passed.compareTo(warm) > 0 ? 1 : 0;
            refused.add(lease);
            due.add(passed.plus(ROUND_TRIP));
          }
        }
      }
    }

    private void step(Duration pause) {
      Duration until = passed.plus(pause);
      while (!due.isEmpty() && due.getFirst().compareTo(until) <= 0) {
        advance(due.removeFirst());
        end(refused.removeFirst(), Fixture.throttled(Scope.GROUP_MODEL, Cooldown.unknown()));
      }
      advance(until);
    }

    private void advance(Duration to) {
      Duration pause = to.minus(passed);
      pools.advance(pause);
      level = Math.min(60 * perSecond, level + pause.toNanos() / 1e9 * perSecond);
      passed = to;
    }
  }

  @Test
  void learnsNothingFromRefusalsThatNameALimit() {
    Fixture pools = new Fixture().with(key("a"));
    end(
        pools.take(),
        new Outcome.Throttled(
            Scope.GROUP_MODEL,
            Cooldown.hinted(Duration.ofSeconds(2)),
            Cause.RATE_LIMIT,
            "429",
            List.of(new Quota(Axis.REQUESTS, Period.MINUTE, 60, 60))));

    assertThat(pools.view("a").headroom())
        .singleElement()
        .satisfies(left -> assertThat(left.limit()).isEqualTo(60));
  }
}
