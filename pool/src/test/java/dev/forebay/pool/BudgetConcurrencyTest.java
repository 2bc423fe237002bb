package dev.forebay.pool;

import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// Many at once against a budget with room for few.
class BudgetConcurrencyTest {

  private static final int CALLERS = 100;

  private final Fixture fixture = new Fixture();
  private final ConcurrentMap<String, LongAdder> used = new ConcurrentHashMap<>();

  @Test
  void admitsFortyOfAHundredAndLeavesTheRestToOtherKeys() throws Exception {
    fixture.with(List.of(key("other")));
    teach(50, 50);
    used.clear();
    fixture.with(List.of(budgetedHigh("small", 40 * 100), key("other")));
    // Everybody holds a lease before anybody settles.
    CountDownLatch held = new CountDownLatch(CALLERS);
    AtomicInteger onSmall = new AtomicInteger();

    Together.run(
        CALLERS,
        random -> {
          Lease lease = acquire(Ask.of(50, 50), random);
          onSmall.addAndGet(lease.keyId().equals("small") ? 1 : 0);
          held.countDown();
          held.await();
          settle(lease, 100);
        });

    assertThat(onSmall.get()).isBetween(35, 40);
    assertThat(usedOf("small")).isLessThanOrEqualTo(4_000);
    assertClean();
  }

  @Test
  void isCarefulWithAModelThatChargesMoreThanWasThought() throws Exception {
    fixture.with(List.of(budgetedHigh("small", 40 * 100), key("other")));
    CountDownLatch held = new CountDownLatch(CALLERS);

    Together.run(
        CALLERS,
        random -> {
          Lease lease = acquire(Ask.of(10, 30), random);
          held.countDown();
          held.await();
          settle(lease, 100);
        });

    assertThat(usedOf("small")).isBetween(1_000L, 4_000L);
    assertClean();
  }

  private void teach(long input, long output) {
    for (int i = 0; i < 16; i++) {
      acquire(Ask.of(input, output), new SplittableRandom(i))
          .settle(new Outcome.Served(Fixture.LATENCY), input + output, 0, output, input);
    }
  }

  @Test
  void exceedsTheBudgetByOneEstimateErrorAtMost() throws Exception {
    long budget = 200_000;
    fixture.with(List.of(budgetedHigh("small", budget), key("other")));
    long largest = 30_000;

    Together.run(
        CALLERS,
        random -> {
          for (int i = 0; i < 200; i++) {
            long output = random.nextInt(20) == 0 ? largest - 100 : random.nextLong(1, 300);
            // Without a cap: only what was learned bounds the output.
            Lease lease = acquire(Ask.of(100, -1), random);
            settle(lease, 100 + output);
          }
        });

    assertThat(usedOf("small")).isBetween(budget - largest, budget + largest);
    assertThat(fixture.status("small")).isInstanceOfAny(Status.Spent.class, Status.Open.class);
    assertClean();
  }

  @Test
  void neverExceedsTheBudgetWhenCapsAreGiven() throws Exception {
    long budget = 300_000;
    fixture.with(List.of(budgetedHigh("small", budget), key("other")));

    Together.run(
        CALLERS,
        random -> {
          for (int i = 0; i < 200; i++) {
            long cap = random.nextLong(1, 4_000);
            Lease lease = acquire(Ask.of(80, cap), random);
            settle(lease, 80 + random.nextLong(cap + 1));
          }
        });

    // One request's own error: its whole output over what nine of ten need.
    assertThat(usedOf("small")).isLessThanOrEqualTo(budget + 4_000);
    assertClean();
  }

  @Test
  void releasesEverythingHoweverAttemptsEnd() throws Exception {
    fixture.with(List.of(budgetedHigh("small", 1_000_000), key("other"), key("third")));

    Together.run(
        CALLERS,
        random -> {
          for (int i = 0; i < 300; i++) {
            if (fixture.pool().acquire(Ask.of(500, 500), random)
                instanceof Acquisition.Granted(Lease lease)) {
              if (random.nextBoolean()) {
                Fixture.headroom(
                    lease, 1_000, random.nextLong(1_000), 1_000_000, 9_000, 9_000, 1_000);
              }
              lease.settle(Outcomes.any(random), random.nextInt(3) * 300, 0, -1, -1);
            } else {
              fixture.advance(Duration.ofMillis(500));
            }
          }
        });

    assertClean();
  }

  private static KeySpec budgetedHigh(String id, long tokens) {
    return new KeySpec(id, id, Fixture.PROVIDER, KeySpec.ownGroup(id), 10, tokens, Set.of(), false);
  }

  private Lease acquire(Ask ask, SplittableRandom random) {
    return switch (fixture.pool().acquire(ask, random)) {
      case Acquisition.Granted(Lease lease) -> lease;
      case Acquisition.Unavailable(Tally tally) -> throw new AssertionError(tally);
    };
  }

  private void settle(Lease lease, long tokens) {
    used.computeIfAbsent(lease.keyId(), _ -> new LongAdder()).add(tokens);
    lease.settle(new Outcome.Served(Fixture.LATENCY), tokens, 0, -1, -1);
  }

  private long usedOf(String keyId) {
    LongAdder sum = used.get(keyId);
    return sum == null ? 0 : sum.sum();
  }

  private void assertClean() {
    assertThat(fixture.pools.view())
        .allSatisfy(key -> {
          assertThat(key.inFlight()).isZero();
          assertThat(key.reservedTokens()).isZero();
        });
    Invariants.idle(fixture.pools);
  }
}
