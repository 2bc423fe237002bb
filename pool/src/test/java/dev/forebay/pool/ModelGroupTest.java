package dev.forebay.pool;

import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Models that draw on the same limits at the provider.
class ModelGroupTest {

  private static final long SECOND = 1_000_000_000L;
  private static final String DATED = "claude-opus-4-5-20251101";

  private final Fixture pools = new Fixture();

  private Pool pool(String model) {
    return pools.pools.pool(Fixture.PROVIDER, model);
  }

  private Pool newest() {
    return pool("claude-opus-4-5");
  }

  private Pool dated() {
    return pool(DATED);
  }

  private Pool older() {
    return pool("claude-opus-4-1");
  }

  private void leaveNothing(Pool pool) {
    Lease lease = pools.take(pool, Fixture.SMALL);
    Fixture.headroom(lease, 10, 0, 60 * SECOND, -1, -1, -1);
    served(lease, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, claude-opus-4-5-20251101, claude-opus-4",
    "anthropic, claude-opus-4-5, claude-opus-4",
    "anthropic, claude-opus-4-20250514, claude-opus-4",
    "anthropic, claude-opus-4-0, claude-opus-4",
    "anthropic, claude-sonnet-4-6, claude-sonnet-4",
    "anthropic, claude-opus-5, claude-opus-5",
    "anthropic, claude-opus-5-5, claude-opus-5",
    "anthropic, claude-haiku-4-5, claude-haiku-4",
    "anthropic, claude-3-5-sonnet-20241022, claude-3-5-sonnet",
    "anthropic, claude-3-5-sonnet-latest, claude-3-5-sonnet",
    "anthropic, claude-3-7-sonnet, claude-3-7-sonnet",
    "openai, gpt-4o-2024-08-06, gpt-4o",
    "openai, gpt-4o-mini-2024-07-18, gpt-4o-mini",
    "openai, gpt-6-sol, gpt-6-sol",
    "openai, gpt-5.4-mini, gpt-5.4-mini",
    "openai, gpt-4-0613, gpt-4-0613",
    "gemini, gemini-2.0-flash-001, gemini-2.0-flash",
    "gemini, gemini-2.5-flash-lite, gemini-2.5-flash-lite",
    "gemini, gemini-3.1-pro-preview, gemini-3.1-pro-preview",
    "elsewhere, llama-4-20250101, llama-4-20250101",
  })
  void groupsModelsByWhatTheyAreCalled(String provider, String model, String group) {
    assertThat(ModelGroup.nameOf(provider, model)).isEqualTo(group);
  }

  @Test
  void whatOneModelHasLeftIsWhatTheOthersHaveLeft() {
    pools.with(key("a"));
    leaveNothing(newest());

    assertThat(pools.refused(dated(), Fixture.SMALL).throttled()).isEqualTo(1);
    assertThat(pools.refused(older(), Fixture.SMALL).throttled()).isEqualTo(1);
    pools.take(pool("claude-sonnet-4-5"), Fixture.SMALL);
    assertThat(pools.view("a").headroom())
        .extracting(Headroom::model, Headroom::remaining)
        .containsExactlyInAnyOrder(
            tuple("claude-opus-4-5", 0L), tuple(DATED, 0L), tuple("claude-opus-4-1", 0L));
  }

  @Test
  void whatIsInFlightOfOneModelIsMissingToTheOthers() {
    pools.with(key("a"));
    Lease first = pools.take(newest(), Fixture.SMALL);
    Fixture.headroom(first, 10, 3, 42 * SECOND, -1, -1, -1);
    served(first, 10);
    for (int i = 0; i < 3; i++) {
      pools.take(i % 2 == 0 ? older() : newest(), Fixture.SMALL);
    }

    assertThat(pools.refused(older(), Fixture.SMALL).ready()).isZero();
  }

  @Test
  void whoRefusesOneModelBecauseOfLimitsIsLeftAloneWithAllUntilItAnswersOneOfThem() {
    pools.with(key("a"));
    Lease other = pools.take(older(), Fixture.SMALL);
    served(other, 10);
    end(pools.take(newest(), Fixture.SMALL), Cause.RATE_LIMIT, Duration.ofSeconds(20));

    assertThat(pools.refused(older(), Fixture.SMALL).throttled()).isEqualTo(1);
    pools.advance(Duration.ofSeconds(21));
    Lease trial = pools.take(newest(), Fixture.SMALL);
    assertThat(trial.trial()).isTrue();
    trial.answered(Fixture.LATENCY);
    served(trial, 10);

    assertThat(pools.take(older(), Fixture.SMALL).trial()).isFalse();
    assertThat(pools.events)
        .contains("GROUP_MODEL claude-opus-4-1 cooled", "GROUP_MODEL claude-opus-4-1 reopened");
  }

  @Test
  void aModelThatIsNotToBeHadClosesNoOther() {
    pools.with(key("a"));
    served(pools.take(older(), Fixture.SMALL), 10);
    end(pools.take(newest(), Fixture.SMALL), Cause.MODEL_UNAVAILABLE, Duration.ofHours(1));

    assertThat(pools.refused(newest(), Fixture.SMALL).missingModel()).isEqualTo(1);
    served(pools.take(older(), Fixture.SMALL), 10);
    assertThat(pools.refused(newest(), Fixture.SMALL).missingModel()).isEqualTo(1);
  }

  @Test
  void aModelThatIsAskedForLaterKnowsThatLimitsRefuse() {
    pools.with(key("a"));
    end(pools.take(newest(), Fixture.SMALL), Cause.RATE_LIMIT, Duration.ofSeconds(20));
    assertThat(pools.refused(older(), Fixture.SMALL).throttled()).isEqualTo(1);
  }

  @Test
  void limitsOfOneModelDoNotBringAnotherBackThatIsNotToBeHad() {
    pools.with(key("a"));
    end(pools.take(newest(), Fixture.SMALL), Cause.MODEL_UNAVAILABLE, Duration.ofHours(1));
    pools.advance(Duration.ofHours(2));
    end(pools.take(older(), Fixture.SMALL), Cause.RATE_LIMIT, Duration.ofSeconds(1));
    pools.advance(Duration.ofSeconds(10));
    served(pools.take(older(), Fixture.SMALL), 10);

    Lease trial = pools.take(newest(), Fixture.SMALL);
    assertThat(trial.trial()).isTrue();
    assertThat(pools.refused(newest(), Fixture.SMALL).ready()).isZero();
  }

  @Test
  void whoTurnsOutToShareAnOrganisationBringsItsLimitsAlongOnce() {
    pools.with(key("a"), key("b"));
    for (Pool pool : new Pool[] {newest(), older()}) {
      for (int i = 0; i < 2; i++) {
        Lease lease = pools.take(pool, Fixture.SMALL);
        Fixture.headroom(lease, 10, 6, 24 * SECOND, -1, -1, -1);
        served(lease, 10);
      }
    }
    for (int i = 0; i < 2; i++) {
      Lease lease = pools.take(newest(), Fixture.SMALL);
      lease.identity("org", null);
      served(lease, 10);
    }

    assertThat(pools.view("a").limitGroup()).isEqualTo(pools.view("b").limitGroup());
    assertThat(pools.view("a").headroom()).extracting(Headroom::limit).containsOnly(10L);
    int granted = 0;
    while (newest().acquire(Fixture.SMALL, pools.random) instanceof Acquisition.Granted) {
      granted++;
      assertThat(granted).isLessThanOrEqualTo(6);
    }
    assertThat(pools.refused(older(), Fixture.SMALL).ready()).isZero();
  }

  @Test
  void aModelThatIsAskedForLaterKnowsWhatIsLeft() {
    pools.with(key("a"));
    leaveNothing(newest());
    assertThat(pools.refused(pool("claude-opus-4-8"), Fixture.SMALL).throttled()).isEqualTo(1);
  }

  /// Four organisations, two models, one and a half times what the organisations can give, with and
  /// without headers: hardly a request is refused.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoModelsOfOneLimitAreHardlyRefused(boolean told) {
    pools.with(IntStream.range(0, 4).mapToObj(i -> key("k" + i)).toList());
    RandomGenerator random = new SplittableRandom(7);
    double[] level = {30, 30, 30, 30};
    int served = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      long pause = random.nextLong(2 * SECOND / 30);
      pools.advance(Duration.ofNanos(pause));
      for (int k = 0; k < 4; k++) {
        level[k] = Math.min(300, level[k] + 5 * pause / 1e9);
      }
      Pool pool = random.nextBoolean() ? newest() : older();
      if (pool.acquire(Fixture.SMALL, random) instanceof Acquisition.Granted(Lease lease)) {
        int k = lease.keyId().charAt(1) - '0';
        boolean fits = level[k] >= 1;
        level[k] -= fits ? 1 : 0;
        if (told) {
          long reset = (long) ((300 - level[k]) / 5 * SECOND);
          Fixture.headroom(lease, 300, (long) level[k], reset, -1, -1, -1);
        }
        if (fits) {
          served++;
          lease.answered(Fixture.LATENCY);
          served(lease, 200);
        } else {
          refused++;
          end(lease, Cause.RATE_LIMIT, Duration.ofSeconds(1));
        }
      }
    }

    assertThat(refused * 1_000 / (served + refused)).isLessThan(20);
    assertThat(served / (20_000 / 1.5)).isGreaterThan(0.95);
  }

  private static void end(Lease lease, Cause cause, Duration floor) {
    Fixture.end(
        lease,
        new Outcome.Throttled(Scope.GROUP_MODEL, Cooldown.hinted(floor), cause, "not now, please"));
  }
}
