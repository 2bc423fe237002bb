package dev.forebay.pool;

import static dev.forebay.pool.Fixture.SMALL;
import static dev.forebay.pool.Fixture.budgeted;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyBudgetTest {

  private final Fixture pools = new Fixture();

  @Test
  void isSpentUntilMidnightAndComesBackByItself() {
    pools.with(budgeted("a", 1_000), key("b"));
    served(pools.take(new Ask(100, 100, List.of("b"), null)), 1_000);

    Instant midnight = Instant.parse("2026-11-24T00:00:00Z");
    assertThat(pools.status("a")).isEqualTo(new Status.Spent(midnight));
    assertThat(pools.serve()).isEqualTo("b");
    Tally tally = pools.refused(new Ask(100, 100, List.of("b"), null));
    assertThat(tally.overBudget()).isEqualTo(1);
    assertThat(tally.nextAt()).hasValue(midnight);

    pools.advance(Duration.ofHours(14).minusMillis(1));
    pools.refused(new Ask(100, 100, List.of("b"), null));
    pools.advance(Duration.ofMillis(1));
    assertThat(pools.take(new Ask(100, 100, List.of("b"), null)).trial()).isFalse();
    assertThat(pools.view("a").usedToday()).isZero();
    assertThat(pools.events).containsExactly("a: Open -> Spent", "a: Spent -> Open");
  }

  @Test
  void tellsBusyFromSpent() {
    pools.with(budgeted("a", 1_000));
    Lease large = pools.take(Ask.of(0, 900));

    Tally busy = pools.refused(SMALL);
    assertThat(busy.busy()).isEqualTo(1);
    assertThat(busy.nextAt()).hasValue(pools.in(PoolSettings.defaults().busyRecheck()));
    served(large, 100);
    pools.take(SMALL);
    Tally tooLarge = pools.refused(Ask.of(950, 0));
    assertThat(tooLarge.overBudget()).isEqualTo(1);
    assertThat(tooLarge.nextAt()).hasValue(Instant.parse("2026-11-24T00:00:00Z"));
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
  }

  @Test
  void showsAKeyAsSpentOnceNothingOfTheUsualSizeFits() {
    pools.with(budgeted("a", 1_000));
    served(pools.take(Ask.of(200, 100)), 750);
    Lease free = pools.take(Ask.of(0, 0));

    assertThat(pools.status("a"))
        .isEqualTo(new Status.Spent(Instant.parse("2026-11-24T00:00:00Z")));
    assertThat(pools.refused(Ask.of(200, 100)).overBudget()).isEqualTo(1);
    served(free, 0);
    // A smaller request than any before fits, and shows that there is room for its like.
    served(pools.take(Ask.of(10, 10)), 20);
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
    served(pools.take(Ask.of(200, 20)), 215);
    assertThat(pools.events)
        .containsExactly("a: Open -> Spent", "a: Spent -> Open", "a: Open -> Spent");
    pools.advance(Duration.ofHours(15));
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
  }

  @Test
  void givesBackWhatAnAttemptDidNotUse() {
    pools.with(budgeted("a", 1_000));
    for (int i = 0; i < 100; i++) {
      Fixture.end(pools.take(Ask.of(500, 300)), new Outcome.Abandoned(Duration.ZERO));
    }

    assertThat(pools.view("a").usedToday()).isZero();
    assertThat(pools.view("a").reservedTokens()).isZero();
  }

  @Test
  void settlesOnce() {
    pools.with(budgeted("a", 1_000));
    Lease lease = pools.take(SMALL);

    assertThat(lease.settle(new Outcome.Served(Duration.ZERO), 300, 0, 100, 200)).isTrue();
    assertThat(lease.settle(new Outcome.Served(Duration.ZERO), 300, 0, 100, 200)).isFalse();
    lease.answered(Duration.ZERO);
    Fixture.headroom(lease, 1, 0, 1, 1, 0, 1);
    assertThat(pools.view("a").usedToday()).isEqualTo(300);
    assertThat(pools.view("a").served()).isEqualTo(1);
    pools.take(SMALL);
  }

  @Test
  void letsOneRequestAtATimeThroughUntilSizesAreKnown() {
    pools.with(budgeted("a", 20_000));
    Lease first = pools.take(Ask.of(100, -1));

    assertThat(pools.refused(Ask.of(100, -1)).busy()).isEqualTo(1);
    served(first, 150);
    for (int i = 0; i < 20; i++) {
      served(pools.take(Ask.of(100, -1)), 150);
    }
    for (int i = 0; i < 50; i++) {
      pools.take(Ask.of(100, -1));
    }
  }

  @Test
  void chargesADayWithWhatSettlesInIt() {
    pools.with(budgeted("a", 1_000));
    Lease overnight = pools.take(Ask.of(100, 500));
    served(pools.take(Ask.of(100, 100)), 200);
    pools.advance(Duration.ofHours(15));
    assertThat(pools.view("a").usedToday()).isZero();
    served(overnight, 600);

    assertThat(pools.view("a").usedToday()).isEqualTo(600);
    pools.refused(Ask.of(500, 0));
    Invariants.idle(pools.pools);
  }

  @Test
  void followsTheWallClockWhenItIsSetForwardButNeverBack() {
    pools.with(budgeted("a", 1_000));
    served(pools.take(), 1_000);
    pools.ticker.shiftWall(Duration.ofDays(1));
    pools.advance(Duration.ofMinutes(1));
    pools.take();
    served(pools.take(), 1_000);
    pools.ticker.shiftWall(Duration.ofDays(-1));
    pools.advance(Duration.ofMinutes(1));

    pools.refused();
    assertThat(pools.view("a").usedToday()).isEqualTo(1_000);
  }

  @Test
  void raisedBudgetsOpenASpentKey() {
    pools.with(budgeted("a", 1_000));
    served(pools.take(), 1_000);
    pools.refused();
    pools.with(budgeted("a", 5_000));

    pools.take();
    pools.with(budgeted("a", 500));
    assertThat(pools.status("a")).isInstanceOf(Status.Spent.class);
  }

  @Test
  void aBudgetOfNothingServesNothing() {
    pools.with(budgeted("a", 0));

    assertThat(pools.refused(Ask.of(0, 0)).overBudget()).isEqualTo(1);
  }

  // Europe/Berlin: 25 hours on 2026-10-25, 23 on 2027-03-28. Beirut skips midnight itself.
  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "Europe/Berlin, 2026-10-24T22:00:00Z, 25",
    "Europe/Berlin, 2027-03-27T23:00:00Z, 23",
    "America/Los_Angeles, 2026-11-01T07:00:00Z, 25",
    "Asia/Beirut, 2026-03-28T22:00:00Z, 23",
    "Asia/Kolkata, 2026-10-24T18:30:00Z, 24"
  })
  void measuresTheDayInItsZone(String zone, Instant start, int hours) {
    Fixture zoned =
        new Fixture(PoolSettings.defaults().withBudgetZone(ZoneId.of(zone)), new FakeTicker(start))
            .with(budgeted("a", 1_000));
    served(zoned.take(), 1_000);

    assertThat(zoned.status("a")).isEqualTo(new Status.Spent(start.plus(Duration.ofHours(hours))));
    zoned.advance(Duration.ofHours(hours).minusNanos(1));
    zoned.refused();
    zoned.advance(Duration.ofNanos(1));
    zoned.take();
  }
}
