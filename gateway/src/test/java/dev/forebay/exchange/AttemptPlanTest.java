package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.pool.Cause;
import dev.forebay.pool.Conversation;
import dev.forebay.pool.Cooldown;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Scope;
import dev.forebay.pool.TokenPrice;
import dev.forebay.testing.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AttemptPlanTest {

  private final FakeTicker ticker = new FakeTicker();
  private final Pools pools =
      new Pools(PoolSettings.defaults(), ticker, new SplittableRandom(1), PoolListener.NONE);

  private Patience patience = new Patience(Limits.defaults());

  private AttemptPlan plan(int keys, Duration maxWait) {
    List<KeySpec> specs = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      specs.add(
          new KeySpec(
              "k" + i,
              "k" + i,
              "openai",
              KeySpec.ownGroup("k" + i),
              5,
              Long.MAX_VALUE,
              Set.of(),
              false));
    }
    pools.replace(specs);
    return newPlan(maxWait);
  }

  private AttemptPlan newPlan(Duration maxWait) {
    Limits defaults = Limits.defaults();
    Limits limits =
        new Limits(
            defaults.maxBodyBytes(),
            maxWait,
            defaults.connectTimeout(),
            defaults.firstByteTimeout(),
            defaults.idleTimeout(),
            defaults.bodyTimeout(),
            defaults.maxAttempts());
    patience = new Patience(limits);
    return new AttemptPlan(
        pools.pool("openai", "gpt-6-sol"),
        pools.retryBudget("openai"),
        patience,
        10,
        10,
        TokenPrice.UNKNOWN,
        null,
        Conversation.NONE,
        ticker,
        new SplittableRandom(2));
  }

  private static Lease tried(AttemptPlan.Decision decision) {
    assertThat(decision).isInstanceOf(AttemptPlan.Decision.Try.class);
    return ((AttemptPlan.Decision.Try) decision).lease();
  }

  private void end(AttemptPlan plan, Lease lease, Outcome outcome) {
    lease.settle(outcome, 0, 0, -1, -1);
    plan.refused(lease.keyId(), outcome);
  }

  private static Outcome throttledFor(Duration wait) {
    return new Outcome.Throttled(
        Scope.GROUP_MODEL,
        new Cooldown(wait, wait.multipliedBy(2), Provenance.PROVIDER),
        Cause.RATE_LIMIT,
        "rate limited");
  }

  @Test
  void throttledKeysAreLeftOneByOneUntilNoneIsLeft() {
    AttemptPlan plan = plan(20, Duration.ZERO);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Lease lease = tried(plan.next());
      seen.add(lease.keyId());
      end(plan, lease, throttledFor(Duration.ofSeconds(30)));
    }

    assertThat(seen).hasSize(20);
    assertThat(plan.next())
        .isInstanceOfSatisfying(
            AttemptPlan.Decision.GiveUp.class,
            giveUp -> {
              assertThat(giveUp.tally().throttled()).isEqualTo(20);
              assertThat(giveUp.tally().nextAt()).isPresent();
            });
  }

  @Test
  void failuresGoToOtherKeysAndStopBeforeTheyAmplifyAnOutage() {
    AttemptPlan plan = plan(20, Duration.ofSeconds(30));
    Set<String> seen = new HashSet<>();
    int attempts = 0;
    while (plan.next() instanceof AttemptPlan.Decision.Try(Lease lease)) {
      attempts++;
      seen.add(lease.keyId());
      end(plan, lease, new Outcome.Failed("500"));
    }

    assertThat(attempts).isBetween(3, AttemptPlan.MOST_FAILURES);
    assertThat(seen).hasSize(attempts);
  }

  @Test
  void onlyKeyThatFailedIsTriedAgainAfterItsBackoff() {
    AttemptPlan plan = plan(1, Duration.ofSeconds(10));
    end(plan, tried(plan.next()), new Outcome.Failed("500"));

    AttemptPlan.Decision decision = plan.next();
    assertThat(decision).isInstanceOf(AttemptPlan.Decision.Wait.class);
    Duration delay = ((AttemptPlan.Decision.Wait) decision).delay();
    assertThat(delay).isBetween(Duration.ofMillis(400), Duration.ofSeconds(2));
    ticker.advance(delay);
    assertThat(tried(plan.next()).keyId()).isEqualTo("k0");
  }

  @Test
  void waitsForTheFirstKeyThatComesBackIfThatIsSoonEnough() {
    AttemptPlan plan = plan(2, Duration.ofSeconds(10));
    end(plan, tried(plan.next()), throttledFor(Duration.ofSeconds(60)));
    end(plan, tried(plan.next()), throttledFor(Duration.ofSeconds(3)));

    AttemptPlan.Decision decision = plan.next();
    assertThat(decision).isInstanceOf(AttemptPlan.Decision.Wait.class);
    Duration delay = ((AttemptPlan.Decision.Wait) decision).delay();
    assertThat(delay).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_900));
  }

  @Test
  void givesUpAtOnceWhenNobodyComesBackInTime() {
    AttemptPlan plan = plan(1, Duration.ofSeconds(10));
    end(plan, tried(plan.next()), throttledFor(Duration.ofSeconds(60)));

    assertThat(plan.next()).isInstanceOf(AttemptPlan.Decision.GiveUp.class);
  }

  @Test
  void waitsNoLongerThanItMayInSum() {
    AttemptPlan plan = plan(1, Duration.ofSeconds(4));
    end(plan, tried(plan.next()), throttledFor(Duration.ofSeconds(3)));
    AttemptPlan.Decision wait = plan.next();
    assertThat(wait).isInstanceOf(AttemptPlan.Decision.Wait.class);
    patience.waited(((AttemptPlan.Decision.Wait) wait).delay());
    ticker.advance(Duration.ofSeconds(4));
    end(plan, tried(plan.next()), throttledFor(Duration.ofSeconds(3)));

    assertThat(plan.next()).isInstanceOf(AttemptPlan.Decision.GiveUp.class);
  }

  @Test
  void retriesAfterFailuresArePaidFromTheRetryBudget() {
    plan(50, Duration.ZERO);
    int attempts = 0;
    int requests = 200;
    for (int i = 0; i < requests; i++) {
      AttemptPlan plan = newPlan(Duration.ZERO);
      while (plan.next() instanceof AttemptPlan.Decision.Try(Lease lease)) {
        attempts++;
        end(plan, lease, new Outcome.Failed("500"));
      }
      ticker.advance(Duration.ofMillis(1));
    }

    assertThat(attempts).isLessThan(2 * requests);
  }
}
