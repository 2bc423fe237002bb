package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.hinted;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.throttled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CooldownTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Fixture pools = new Fixture();
  private final Context context =
      new Context(
          PoolSettings.defaults(), pools.ticker, new SplittableRandom(5), PoolListener.NONE);

  @Test
  void keepsAThrottledKeyOutForAtLeastTheHint() {
    pools.with(key("a"));
    end(pools.take(), hinted(Scope.KEY, Duration.ofSeconds(20)));

    assertThat(pools.status("a"))
        .isInstanceOfSatisfying(
            Status.Cooling.class,
            cooling -> {
              assertThat(cooling.cause()).isEqualTo(Cause.RATE_LIMIT);
              assertThat(cooling.provenance()).isEqualTo(Provenance.PROVIDER);
              assertThat(cooling.reason()).isEqualTo("slow down, please");
              assertThat(cooling.scope()).isEqualTo(Scope.KEY);
              assertThat(cooling.until())
                  .isBetween(pools.in(Duration.ofSeconds(20)), pools.in(Duration.ofSeconds(22)));
            });
    pools.advance(Duration.ofSeconds(19));
    Tally tally = pools.refused();
    assertThat(tally.throttled()).isEqualTo(1);
    assertThat(tally.nextAt())
        .hasValueSatisfying(next -> assertThat(next).isAfter(pools.in(SECOND)));
    pools.advance(Duration.between(pools.ticker.now(), tally.nextAt().orElseThrow()));
    assertThat(pools.take().trial()).isTrue();
  }

  @Test
  void doublesWithoutAHintFromOneSecondToTenMinutes() {
    pools.with(key("a"));
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      end(pools.take(), throttled(Scope.KEY, Cooldown.unknown()));
      waits.add(waited().toSeconds());
    }

    assertThat(waits.subList(0, 5)).containsExactly(1L, 2L, 4L, 8L, 16L);
    assertThat(waits.subList(10, 12)).allSatisfy(wait -> assertThat(wait).isBetween(600L, 602L));
  }

  @Test
  void doublesBetweenTheBoundsOfAnOutcome() {
    pools.with(key("a"));
    Cooldown cooldown = Cooldown.between(Duration.ofSeconds(5), Duration.ofSeconds(30));
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      end(pools.take(), throttled(Scope.KEY, cooldown));
      waits.add(waited().toSeconds());
    }

    assertThat(waits.get(0)).isEqualTo(5);
    assertThat(waits.get(1)).isBetween(10L, 11L);
    assertThat(waits.get(2)).isBetween(20L, 22L);
    assertThat(waits.get(4)).isBetween(30L, 32L);
  }

  @Test
  void backsOffUnderneathAHintThatProvesTooShort() {
    pools.with(key("a"));
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      end(pools.take(), hinted(Scope.KEY, Duration.ofMillis(200)));
      waits.add(waited());
    }

    assertThat(waits.get(0)).isBetween(Duration.ofMillis(200), Duration.ofMillis(220));
    assertThat(waits.get(1)).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_100));
    assertThat(waits.get(4)).isBetween(Duration.ofMillis(8_000), Duration.ofMillis(8_800));
  }

  @Test
  void countsABurstOnce() {
    pools.with(key("a"));
    List<Lease> burst = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      burst.add(pools.take());
      pools.advance(Duration.ofMillis(1));
    }
    burst.forEach(lease -> end(lease, throttled(Scope.KEY, Cooldown.unknown())));

    assertThat(waited()).isBetween(SECOND, Duration.ofMillis(1_100));
    assertThat(pools.view("a").throttled()).isEqualTo(20);
  }

  @Test
  void letsALongerHintExtendABurstAndAShorterOneChangeNothing() {
    pools.with(key("a"));
    Lease first = pools.take();
    Lease second = pools.take();
    Lease third = pools.take();
    end(first, hinted(Scope.KEY, Duration.ofSeconds(10)));
    end(second, hinted(Scope.KEY, Duration.ofSeconds(60)));
    assertThat(until()).isEqualTo(pools.in(Duration.ofSeconds(60)));
    end(third, hinted(Scope.KEY, Duration.ofSeconds(5)));

    assertThat(until()).isEqualTo(pools.in(Duration.ofSeconds(60)));
  }

  @Test
  void ignoresStragglersOfABurstThatIsOver() {
    pools.with(key("a"));
    Lease straggler = pools.take();
    end(pools.take(), hinted(Scope.KEY, SECOND));
    pools.advance(Duration.ofSeconds(2));
    pools.serve();
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);

    end(straggler, hinted(Scope.KEY, Duration.ofSeconds(30)));
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
  }

  @Test
  void letsExactlyOneRequestTryAHalfOpenKey() {
    pools.with(key("a"));
    end(pools.take(), hinted(Scope.KEY, SECOND));
    pools.advance(Duration.ofSeconds(2));
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
    assertThat(pools.view("a").halfOpen()).isTrue();

    Lease trial = pools.take();
    assertThat(trial.trial()).isTrue();
    Tally tally = pools.refused();
    assertThat(tally.throttled()).isEqualTo(1);
    assertThat(tally.nextAt()).hasValue(pools.in(PoolSettings.defaults().busyRecheck()));
    trial.answered(Fixture.LATENCY);
    assertThat(pools.view("a").halfOpen()).isFalse();
    assertThat(pools.take().trial()).isFalse();
  }

  @Test
  void handsAnUndecidedTrialOn() {
    pools.with(key("a"));
    end(pools.take(), hinted(Scope.KEY, SECOND));
    pools.advance(Duration.ofSeconds(2));

    end(pools.take(), new Outcome.Abandoned(Duration.ofMillis(5)));
    Lease second = pools.take();
    assertThat(second.trial()).isTrue();
    end(second, new Outcome.RequestRejected(400));
    assertThat(pools.take().trial()).isFalse();
  }

  @Test
  void doesNotWaitForATrialThatTakesVeryLong() {
    pools.with(key("a"));
    end(pools.take(), hinted(Scope.KEY, SECOND));
    pools.advance(Duration.ofSeconds(2));
    Lease slow = pools.take();
    Duration patience = PoolSettings.defaults().trialPatience();
    pools.advance(patience.minusNanos(1));
    pools.refused();
    pools.advance(Duration.ofNanos(1));

    Lease next = pools.take();
    assertThat(next.trial()).isTrue();
    pools.refused();
    end(slow, new Outcome.Abandoned(Duration.ofSeconds(30)));
    pools.refused();
    next.answered(Fixture.LATENCY);
    assertThat(pools.take().trial()).isFalse();
  }

  @Test
  void coolsTheWholeGroupForAGroupScope() {
    pools.with(grouped("a", "acme"), grouped("b", "acme"), key("c"));
    end(pools.take(new Ask(1, 1, List.of("c"), null)), hinted(Scope.GROUP, SECOND));

    assertThat(pools.serve()).isEqualTo("c");
    assertThat(pools.status("a")).isEqualTo(pools.status("b")).isInstanceOf(Status.Cooling.class);
    assertThat(pools.refused(new Ask(1, 1, List.of("c"), null)).throttled()).isEqualTo(2);
    assertThat(pools.refused(new Ask(1, 1, List.of(), "acme")).keys()).isEqualTo(2);
    pools.advance(Duration.ofSeconds(2));
    Lease trial = pools.take(new Ask(1, 1, List.of("c"), null));
    assertThat(trial.trial()).isTrue();
    // One trial for the group, not one for every key in it.
    pools.refused(new Ask(1, 1, List.of("c"), null));
    assertThat(pools.events)
        .containsExactly(
            "a: Open -> Cooling", "b: Open -> Cooling", "a: Cooling -> Open", "b: Cooling -> Open");
  }

  @Test
  void coolsOneModelOfAGroup() {
    pools.with(grouped("a", "acme"), grouped("b", "acme"));
    end(pools.take(), hinted(Scope.GROUP_MODEL, SECOND));

    assertThat(pools.refused().throttled()).isEqualTo(2);
    Pool other = pools.pools.pool(Fixture.PROVIDER, "haiku");
    assertThat(pools.take(other, Fixture.SMALL).trial()).isFalse();
    KeyView view = pools.view("b");
    assertThat(view.status()).isEqualTo(Status.OPEN);
    assertThat(view.coolings())
        .singleElement()
        .extracting(ScopedCooling::model)
        .isEqualTo("claude");
    pools.advance(Duration.ofSeconds(2));
    pools.serve();
    assertThat(pools.view("a").coolings()).isEmpty();
    assertThat(pools.events)
        .containsExactly("GROUP_MODEL claude cooled", "GROUP_MODEL claude reopened");
  }

  @Test
  void coolsAModelForEveryKeyOfTheProvider() {
    pools.with(key("a"), key("b"));
    end(
        pools.take(),
        new Outcome.Throttled(
            Scope.PROVIDER_MODEL,
            Cooldown.between(Duration.ofSeconds(5), Duration.ofSeconds(30)),
            Cause.OVERLOADED,
            "Overloaded"));

    Tally tally = pools.refused();
    assertThat(tally.failing()).isEqualTo(2);
    assertThat(tally.nextAt())
        .hasValueSatisfying(
            next -> assertThat(next).isAfterOrEqualTo(pools.in(SECOND.multipliedBy(5))));
    pools.take(pools.pools.pool(Fixture.PROVIDER, "haiku"), Fixture.SMALL);
    pools.advance(Duration.ofSeconds(6));
    Lease trial = pools.take();
    pools.refused();
    trial.answered(Fixture.LATENCY);
    pools.take();
    assertThat(pools.events)
        .containsExactly("PROVIDER_MODEL claude cooled", "PROVIDER_MODEL claude reopened");
  }

  @Test
  void tellsAModelThatIsMissingFromAKeyThatIsThrottled() {
    pools.with(key("a"), key("b"));
    for (String other : List.of("a", "b")) {
      end(
          pools.take(new Ask(1, 1, List.of(other), null)),
          new Outcome.Throttled(
              Scope.GROUP_MODEL,
              Cooldown.between(Duration.ofHours(1), Duration.ofHours(24)),
              Cause.MODEL_UNAVAILABLE,
              "not_found_error"));
    }

    assertThat(pools.refused().missingModel()).isEqualTo(2);
  }

  @Test
  void neverShortensWhatTheProviderSaid() {
    pools.with(key("a"));
    Lease early = pools.take();
    end(pools.take(), hinted(Scope.KEY, Duration.ofDays(20)));
    end(early, Fixture.failed());

    assertThat(until()).isAfterOrEqualTo(pools.in(Duration.ofDays(20)));
  }

  /// A key can join a group that is out already, and be refused for something else.
  @Test
  void aRefusalForAnotherCauseDoesNotEndALongerWait() {
    Gate gate = new Gate(0);
    Duration day = Duration.ofHours(9);
    refuse(gate, Cause.QUOTA, Cooldown.hinted(day));
    pools.advance(SECOND);
    refuse(gate, Cause.RATE_LIMIT, Cooldown.hinted(Duration.ofSeconds(12)));
    assertThat(gate.closure())
        .satisfies(closed -> assertThat(closed.cause()).isEqualTo(Cause.QUOTA))
        .satisfies(closed -> assertThat(closed.untilAt()).isAfter(pools.in(day.minus(SECOND))));

    refuse(gate, Cause.SPEND_LIMIT, Cooldown.hinted(day.multipliedBy(2)));
    assertThat(gate.closure())
        .satisfies(closed -> assertThat(closed.cause()).isEqualTo(Cause.SPEND_LIMIT));
  }

  @Test
  void theProvidersNewerWordAboutTheSameCauseCountsAndAGuessDoesNot() {
    Gate gate = new Gate(0);
    refuse(gate, Cause.QUOTA, Cooldown.hinted(Duration.ofHours(9)));
    pools.advance(SECOND);
    refuse(gate, Cause.QUOTA, Cooldown.unknown());
    assertThat(gate.closure())
        .satisfies(closed -> assertThat(closed.untilAt()).isAfter(pools.in(Duration.ofHours(8))));
    pools.advance(SECOND);
    refuse(gate, Cause.QUOTA, Cooldown.hinted(Duration.ofMinutes(2)));

    assertThat(gate.closure())
        .satisfies(
            closed -> assertThat(closed.untilAt()).isBefore(pools.in(Duration.ofMinutes(3))));
  }

  private void refuse(Gate gate, Cause cause, Cooldown cooldown) {
    long now = context.nanos();
    gate.refused(now, cooldown, cause, "429", context);
  }

  private Instant until() {
    return ((Status.Cooling) pools.status("a")).until();
  }

  /// Lets the cooldown pass and answers how long it was.
  private Duration waited() {
    Duration wait = Duration.between(pools.ticker.now(), until());
    pools.advance(wait);
    return wait;
  }
}
