package dev.forebay.pool;

import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MoneyBudgetTest {

  private static final long DOLLAR = 1_000_000_000;
  private static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");

  // 10 dollars in, 50 out per million tokens.
  private static final TokenPrice PRICE = new TokenPrice(10_000, 50_000, 10_000, 50_000);

  private final Fixture pools = new Fixture();

  @Test
  void isSpentWhenTheMoneyIsAndComesBackAtMidnight() {
    pools.with(dollars("a", DOLLAR), key("b"));
    served(pools.take(ask(100, 100, "b")), 200, DOLLAR);

    assertThat(pools.status("a")).isEqualTo(new Status.Spent(MIDNIGHT));
    Tally tally = pools.refused(ask(100, 100, "b"));
    assertThat(tally.overBudget()).isEqualTo(1);
    assertThat(tally.nextAt()).hasValue(MIDNIGHT);
    assertThat(pools.view("a").usedTodayNanoDollars()).isEqualTo(DOLLAR);
    assertThat(pools.view("a").dailyNanoDollars()).isEqualTo(DOLLAR);

    pools.advance(Duration.ofHours(14));
    pools.take(ask(100, 100, "b"));
    assertThat(pools.view("a").usedTodayNanoDollars()).isZero();
    assertThat(pools.events).containsExactly("a: Open -> Spent", "a: Spent -> Open");
  }

  @Test
  void reservesTheMostAndSettlesTheActualCost() {
    pools.with(dollars("a", DOLLAR));
    // Twice 10000 and 64 in, and 10000 out: 0.20064 and 0.5 dollars.
    Lease lease = pools.take(ask(10_000, 10_000));
    assertThat(pools.view("a").reservedNanoDollars()).isEqualTo(700_640_000);
    assertThat(pools.view("a").usedTodayNanoDollars()).isZero();
    served(lease, 12_000, 200_000_000);

    assertThat(pools.view("a").reservedNanoDollars()).isZero();
    assertThat(pools.view("a").usedTodayNanoDollars()).isEqualTo(200_000_000);
  }

  @Test
  void tellsBusyFromSpent() {
    pools.with(dollars("a", DOLLAR));
    Lease large = pools.take(ask(10_000, 19_000));

    assertThat(pools.refused(ask(100, 100)).busy()).isEqualTo(1);
    served(large, 12_000, 500_000_000);
    pools.take(ask(100, 100));
    Tally tooLarge = pools.refused(ask(60_000, 0));
    assertThat(tooLarge.overBudget()).isEqualTo(1);
    assertThat(tooLarge.nextAt()).hasValue(MIDNIGHT);
    // More than a whole day has.
    assertThat(pools.refused(ask(200_000, 0)).nextAt()).isEmpty();
  }

  @Test
  void requestsWithoutAPriceAreNotCountedButNeedAKeyThatIsNotSpent() {
    pools.with(dollars("a", DOLLAR));
    Lease held = pools.take(ask(10_000, 19_000));
    for (int i = 0; i < 100; i++) {
      served(pools.take(Ask.of(100_000, 100_000)), 200_000, 0);
    }
    assertThat(pools.view("a").usedTodayNanoDollars()).isZero();
    served(held, 29_000, DOLLAR);

    Tally tally = pools.refused(Ask.of(1, 1));
    assertThat(tally.overBudget()).isEqualTo(1);
    assertThat(tally.nextAt()).hasValue(MIDNIGHT);
  }

  @Test
  void eitherBudgetAloneSpendsAKey() {
    KeySpec both =
        new KeySpec(
            "a", "a", Fixture.PROVIDER, KeySpec.ownGroup("a"), 5, 1_000, DOLLAR, Set.of(), false);
    pools.with(both);
    served(pools.take(ask(100, 100)), 1_000, 5);

    assertThat(pools.status("a")).isEqualTo(new Status.Spent(MIDNIGHT));
    // A refusal by the money gives the tokens back.
    pools.with(dollars("b", 10_000_000), key("c"));
    pools.take(ask(100, 100_000, "b"));
    assertThat(pools.refused(ask(1_500, 100, "c")).overBudget()).isEqualTo(1);
    Invariants.hold(pools.pools);
    assertThat(pools.view("b").reservedTokens()).isZero();
  }

  @Test
  void survivesARestart() {
    pools.with(dollars("a", DOLLAR));
    served(pools.take(ask(100, 100)), 0, 300_000_000);
    PoolState saved = pools.pools.save();

    Fixture next = new Fixture().with(dollars("a", DOLLAR));
    next.pools.restore(saved);
    assertThat(next.view("a").usedTodayNanoDollars()).isEqualTo(300_000_000);
    next.pools.restore(saved);
    assertThat(next.view("a").usedTodayNanoDollars()).isEqualTo(300_000_000);
  }

  @Test
  void aHundredAtOnceNeverPassTheBudgetByMoreThanOneRequest() throws Exception {
    long budget = 20 * DOLLAR;
    long largest = 80 * 10_000 + 4_000 * 50_000;
    pools.with(List.of(preferred("small", budget), key("other")));
    AtomicLong used = new AtomicLong();

    Together.run(
        100,
        random -> {
          for (int i = 0; i < 200; i++) {
            long cap = random.nextLong(1, 4_000);
            Lease lease = acquire(ask(80, cap), random);
            long cost = 80 * 10_000 + random.nextLong(cap + 1) * 50_000;
            if (lease.keyId().equals("small")) {
              used.addAndGet(cost);
            }
            served(lease, 80, cost);
          }
        });

    assertThat(used.get()).isBetween(budget - largest, budget + largest);
    assertThat(pools.view("small").usedTodayNanoDollars()).isEqualTo(used.get());
    assertThat(pools.view("small").reservedNanoDollars()).isZero();
    Invariants.idle(pools.pools);
  }

  @Test
  void admitsFortyOfAHundredWhoHoldTheirLeasesTogether() throws Exception {
    // Each holds twice 50 and 64 in, and 50 out.
    pools.with(List.of(preferred("small", 40 * (164 * 10_000 + 50 * 50_000)), key("other")));
    CountDownLatch held = new CountDownLatch(100);
    AtomicInteger onSmall = new AtomicInteger();

    Together.run(
        100,
        random -> {
          Lease lease = acquire(ask(50, 50), random);
          onSmall.addAndGet(lease.keyId().equals("small") ? 1 : 0);
          held.countDown();
          held.await();
          served(lease, 100, 50 * 60_000);
        });

    assertThat(onSmall.get()).isEqualTo(40);
    Invariants.idle(pools.pools);
  }

  private static KeySpec dollars(String id, long nanoDollars) {
    return spec(id, 5, nanoDollars);
  }

  private static KeySpec preferred(String id, long nanoDollars) {
    return spec(id, 10, nanoDollars);
  }

  private static KeySpec spec(String id, int priority, long nanoDollars) {
    return new KeySpec(
        id,
        id,
        Fixture.PROVIDER,
        KeySpec.ownGroup(id),
        priority,
        Long.MAX_VALUE,
        nanoDollars,
        Set.of(),
        false);
  }

  private static Ask ask(long input, long cap, String... tried) {
    return new Ask(input, cap, List.of(tried), null, PRICE);
  }

  private static void served(Lease lease, long tokens, long nanoDollars) {
    lease.settle(new Outcome.Served(Fixture.LATENCY), tokens, nanoDollars, -1, -1);
  }

  private Lease acquire(Ask ask, SplittableRandom random) {
    return switch (pools.pool().acquire(ask, random)) {
      case Acquisition.Granted(Lease lease) -> lease;
      case Acquisition.Unavailable(Tally tally) -> throw new AssertionError(tally);
    };
  }
}
