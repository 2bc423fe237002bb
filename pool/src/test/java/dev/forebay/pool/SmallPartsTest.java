package dev.forebay.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallPartsTest {

  private static final long SECOND = 1_000_000_000L;

  @Property(runs = 100)
  void aDecayedSumFollowsTheFormula(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double rate = Decayed.rate(Duration.ofSeconds(60));
    long now = random.nextLong(1L << 50);
    long packed = Decayed.EMPTY;
    double expected = 0;
    for (int i = 0; i < 200; i++) {
      long pause = random.nextLong(20 * SECOND);
      now += pause;
      expected *= Math.exp(-pause / 60e9);
      double amount = random.nextDouble(10_000);
      packed = Decayed.plus(packed, now, amount, rate);
      expected += amount;
    }

    assertThat(Decayed.value(packed, now, rate)).isCloseTo(expected, within(expected / 200));
    assertThat(Decayed.value(packed, now - SECOND, rate))
        .isCloseTo(expected, within(expected / 200));
    assertThat(Decayed.value(Decayed.raised(packed, now, 1e6, rate), now, rate)).isEqualTo(1e6);
    assertThat(Decayed.raised(packed, now, expected / 2, rate)).isEqualTo(packed);
  }

  @Property(runs = 100)
  void aHistogramFindsQuantilesWithinItsBuckets(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LogHistogram histogram = new LogHistogram(4);
    long[] values = random.longs(1_000, 0, 1L << random.nextInt(1, 38)).toArray();
    for (long value : values) {
      histogram.add(value);
    }
    Arrays.sort(values);

    for (double share : new double[] {0.1, 0.5, 0.9, 1}) {
      long exact = values[(int) Math.ceil(share * values.length) - 1];
      assertThat(histogram.quantile(share)).isBetween(exact, exact + exact / 16 + 1);
    }
  }

  @Test
  void aHistogramForgets() {
    LogHistogram histogram = new LogHistogram(4);
    for (int i = 0; i < 1_000; i++) {
      histogram.add(1_000_000);
    }
    for (int i = 0; i < 30_000; i++) {
      histogram.add(10);
    }

    assertThat(histogram.quantile(1)).isEqualTo(10);
    assertThat(histogram.size()).isLessThan(2_100);
    assertThat(new LogHistogram(2).quantile(0.5)).isZero();
    histogram.add(Long.MAX_VALUE);
    histogram.add(-5);
  }

  @Test
  void lessonsTurnSizesIntoMoney() {
    TokenPrice price = new TokenPrice(2_000, 10_000, 4_000, 15_000);
    Need need = new Lessons(Counting.PLAIN).need(new Ask(1_000, 500, List.of(), null, price));

    // 1000 in and the 250 expected out; at most 2064 in and the whole cap out, at the high rates.
    assertThat(need).isEqualTo(new Need(1_250, 2_564, 4_500_000, 15_756_000, 1_250, 1_000, 250));
    assertThat(new Lessons(Counting.PLAIN).need(Ask.of(1_000, 500)).priced()).isFalse();
    Ask absurd = new Ask(Long.MAX_VALUE, -1, List.of(), null, price);
    assertThat(new Lessons(Counting.PLAIN).need(absurd).mostNanoDollars())
        .isLessThan(Long.MAX_VALUE / 1_000);
  }

  @Test
  void aFewAnswersNarrowWhatARequestMayUse() {
    Lessons lessons = new Lessons(Counting.PLAIN);
    for (int i = 0; i < 3; i++) {
      lessons.learn(1_000, 10, 1_024, 0, 10);
    }
    assertThat(lessons.need(Ask.of(1_000, 10)).mostTokens()).isEqualTo(2_074);
    lessons.learn(1_000, 10, 1_024, 0, 10);
    assertThat(lessons.need(Ask.of(1_000, 10)).mostTokens()).isBetween(1_280L, 1_380L);
    for (int i = 0; i < 12; i++) {
      lessons.learn(1_000, 10, 1_024, 0, 10);
    }
    assertThat(lessons.need(Ask.of(1_000, 10)).mostTokens()).isBetween(1_030L, 1_110L);
  }

  @Test
  void lessonsLearnTheSizesOfAModel() {
    Lessons lessons = new Lessons(Counting.PLAIN);
    assertThat(lessons.need(Ask.of(1_000, -1)).tokens()).isEqualTo(1_250);
    assertThat(lessons.need(Ask.of(1_000, 10)).tokens()).isEqualTo(1_010);
    assertThat(lessons.need(Ask.of(1_000, -1)).mostTokens()).isEqualTo(2_064 + 32_768);
    assertThat(lessons.need(Ask.of(1_000, 10)).mostTokens()).isEqualTo(2_074);
    for (int i = 1; i <= 1_000; i++) {
      // The estimate is a third too low; output runs evenly to 1,000.
      lessons.learn(900, -1, 1_200, 0, i);
    }

    assertThat(lessons.need(Ask.of(900, -1)).tokens()).isBetween(1_200L + 890, 1_300L + 960);
    assertThat(lessons.need(Ask.of(900, 100)).tokens()).isBetween(1_300L, 1_380L);
    assertThat(lessons.need(Ask.of(900, -1)).mostTokens())
        .isBetween(1_200L + 1_500, 1_300L + 1_600);
    assertThat(lessons.need(Ask.of(900, 64_000)).mostTokens()).isGreaterThanOrEqualTo(65_200);
    lessons.learn(0, -1, 5, 0, -1);
    lessons.learn(5, -1, -1, 0, -1);
    assertThat(lessons.need(Ask.of(Long.MAX_VALUE, Long.MAX_VALUE)).mostTokens())
        .isEqualTo(100_000_000);
  }

  @Test
  void retriesAreAShareOfRequestsPlusAFloor() {
    Fixture pools = new Fixture(PoolSettings.defaults().withRetries(0.2, 10), new FakeTicker());
    RetryBudget budget = pools.pools.retryBudget("anthropic");
    assertThat(pools.pools.retryBudget("anthropic")).isSameAs(budget);
    assertThat(retries(pools, budget, 0, 100, Duration.ofSeconds(60))).isBetween(600, 600 + 100);
    // Full debt: what the floor pays back each second plus a fifth of the requests.
    assertThat(retries(pools, budget, 1_000, 1_000, Duration.ofSeconds(10)) / 10)
        .isBetween(200, 220);
    pools.pools.settings(PoolSettings.defaults().withRetries(0, 0));
    pools.advance(Duration.ofMinutes(10));
    budget.request();
    assertThat(budget.tryRetry()).isFalse();
  }

  private static int retries(
      Fixture pools, RetryBudget budget, int requests, int wanted, Duration duration) {
    int retries = 0;
    for (int i = 0; i < duration.toMillis(); i++) {
      pools.advance(Duration.ofMillis(1));
      if (requests > 0 && i % (1_000 / requests) == 0) {
        budget.request();
      }
      retries += i % (1_000 / wanted) == 0 && budget.tryRetry() ? 1 : 0;
    }
    return retries;
  }

  @Test
  void aTallyReadsLikeASentence() {
    Instant now = Instant.parse("2026-11-23T14:00:00Z");
    Instant next = Instant.parse("2026-11-23T14:03:19.2Z");
    ZoneId utc = ZoneOffset.UTC;

    assertThat(tally(5, 3, 2, Optional.of(next), now).describe(utc))
        .isEqualTo("5 keys: 3 throttled, 2 over budget; next at 14:03:20");
    assertThat(tally(1, 1, 0, Optional.empty(), now).describe(utc)).isEqualTo("1 key: 1 throttled");
    assertThat(tally(0, 0, 0, Optional.empty(), now).describe(utc)).isEqualTo("0 keys");
    assertThat(tally(1, 0, 1, Optional.of(next), now).describe(ZoneId.of("Asia/Tokyo")))
        .isEqualTo("1 key: 1 over budget; next at 23:03:20");
    assertThat(
            tally(1, 0, 1, Optional.of(Instant.parse("2026-11-24T00:00:00Z")), now).describe(utc))
        .isEqualTo("1 key: 1 over budget; next at 2026-11-24 00:00:00");
  }

  private static Tally tally(
      int keys, int throttled, int overBudget, Optional<Instant> next, Instant at) {
    return new Tally(keys, 0, throttled, overBudget, 0, 0, 0, 0, 0, 0, 0, next, at);
  }

  @Test
  void aKeyKnowsItsModels() {
    KeySpec any = Fixture.key("a");
    KeySpec some = Fixture.limitedTo("a", "claude-opus-5", "gpt-6*", "*-preview");

    assertThat(any.allows("whatever")).isTrue();
    assertThat(some.allows("claude-opus-5")).isTrue();
    assertThat(some.allows("claude-opus-5-5")).isFalse();
    assertThat(some.allows("gpt-6")).isTrue();
    assertThat(some.allows("gpt-6-sol")).isTrue();
    assertThat(some.allows("gpt-5")).isFalse();
    assertThat(some.allows("gemini-3-preview")).isFalse();
    assertThat(Fixture.limitedTo("a", "*").allows("x")).isTrue();
    assertThat(Fixture.limitedTo("a", "").allows("x")).isFalse();
  }

  @Test
  void valuesSayWhatIsWrongWithThem() {
    assertThatThrownBy(() -> Ask.of(-1, 5)).hasMessage("inputTokens: -1 (expected: >= 0)");
    assertThatThrownBy(() -> Ask.of(1, -2))
        .hasMessage("outputCap: -2 (expected: >= 0, or -1 for none)");
    assertThatThrownBy(() -> Fixture.prioritised("a", 11))
        .hasMessage("priority of a: 11 (expected: 1 to 10)");
    assertThatThrownBy(() -> Fixture.budgeted("a", -1))
        .hasMessage("dailyTokens of a: -1 (expected: >= 0)");
    assertThatThrownBy(() -> Fixture.key("")).hasMessage("id is empty (expected: a unique key id)");
    assertThatThrownBy(() -> Cooldown.hinted(Duration.ofSeconds(-1)))
        .hasMessage("floor: PT-1S, cap: PT0S (expected: neither below zero)");
    assertThatThrownBy(() -> PoolSettings.defaults().withRetries(2, 1))
        .hasMessage("retryShare: 2.0 (expected: 0 to 1)");
    assertThatThrownBy(() -> PoolSettings.defaults().withBreakerFailures(0))
        .hasMessage("breakerFailures: 0 (expected: >= 1)");
    assertThatThrownBy(
            () -> PoolSettings.defaults().withCooldown(Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessage("firstCooldown: PT0S (expected: above zero)");
    assertThat(Fixture.key("a").models()).isEqualTo(Set.of());
  }
}
