package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuotaWindowTest {

  private static final long MINUTE = 60_000_000_000L;

  private final QuotaWindow window = new QuotaWindow(Axis.REQUESTS, Period.MINUTE, null);
  private long now = 100 * MINUTE;

  @Test
  void restrictsNothingUntilARefusalNamesIt() {
    for (int i = 0; i < 100; i++) {
      assertThat(window.take(1, now)).isTrue();
    }
    assertThat(window.known(now)).isFalse();
    assertThat(window.freeAt(1, now)).isEqualTo(now);
  }

  @Test
  void startsAnewAtTheEndOfEachWindow() {
    window.refused(10, 1, now + MINUTE / 3, now);
    assertThat(window.take(1, now)).isFalse();
    assertThat(window.freeAt(1, now)).isEqualTo(now + MINUTE / 3);
    now += MINUTE / 3;
    for (int i = 0; i < 10; i++) {
      assertThat(window.take(1, now)).isTrue();
    }
    assertThat(window.take(1, now)).isFalse();
    assertThat(window.fitsWithout(1, 1, now)).isTrue();
    assertThat(window.freeAt(1, now)).isEqualTo(now + MINUTE);
    now += MINUTE;
    assertThat(window.remaining(now)).isEqualTo(10);
  }

  @Test
  void aRefusalThatComesInTheNextWindowSaysNothingOfIt() {
    window.refused(10, 1, now, now + 1);
    assertThat(window.remaining(now + 1)).isEqualTo(10);

    window.take(4, now + 1);
    window.refused(10, 1, now + MINUTE, now + MINUTE);
    assertThat(window.remaining(now + 2)).as("of the one before").isEqualTo(6);
    assertThat(window.remaining(now + MINUTE)).isEqualTo(10);
  }

  @Test
  void theMinuteThatBeganWhileARefusalWasOnItsWayIsNotLost() {
    Fixture pools = new Fixture().with(key("a"));
    long toMinute = 60_000 - Math.floorMod(pools.ticker.now().toEpochMilli(), 60_000L);
    pools.advance(Duration.ofMillis(toMinute - 50));
    Lease late = pools.take();
    pools.advance(Duration.ofMillis(100));
    end(late, refusal(600, Duration.ofMillis(20)));
    pools.advance(Duration.ofSeconds(2));

    for (int second = 0; second < 20; second++) {
      pools.serve();
      pools.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void correctsWhatWasTakenInTheSameWindowOnly() {
    window.refused(100, 1, now + MINUTE, now);
    now += MINUTE;
    window.take(60, now);
    window.settle(60, 20, now, false);
    assertThat(window.remaining(now)).isEqualTo(80);
    long early = now;
    now += MINUTE;
    window.take(50, now);
    window.settle(60, 0, early, false);
    assertThat(window.remaining(now)).isEqualTo(50);
  }

  @Test
  void letsALargeRequestThroughAtTheBeginning() {
    window.refused(10, 1, now + MINUTE, now);
    now += MINUTE;

    assertThat(window.take(50, now)).isTrue();
    assertThat(window.take(1, now)).isFalse();
  }

  @Test
  void endsSomeTimeAfterTheLastRefusal() {
    window.refused(10, 1, now + MINUTE, now);
    now += 61 * MINUTE;

    assertThat(window.known(now)).isFalse();
    for (int i = 0; i < 50; i++) {
      assertThat(window.take(1, now)).isTrue();
    }
  }

  @Test
  void knowsTheDayOnceItWasUsedUp() {
    Fixture pools = new Fixture().with(key("a"));
    Duration toMidnight = Duration.ofHours(5);
    end(pools.take(), dayUsedUp(toMidnight));
    pools.advance(toMidnight.plusSeconds(5));
    for (int i = 0; i < 20; i++) {
      pools.serve();
    }

    Tally tally = pools.refused();
    assertThat(tally.throttled()).isEqualTo(1);
    assertThat(tally.nextAt().orElseThrow())
        .isBetween(pools.in(Duration.ofHours(23)), pools.in(Duration.ofHours(24)));
  }

  @Test
  void restsUntilTheDayIsOverOnceItsQuotaIsUsedUp() {
    Fixture pools = new Fixture().with(key("a"), key("b"));
    Duration toMidnight = Duration.ofHours(5);
    for (int i = 0; i < 2; i++) {
      end(pools.take(), dayUsedUp(toMidnight));
    }
    pools.advance(toMidnight.plusSeconds(5));
    for (int i = 0; i < 40; i++) {
      pools.advance(Duration.ofSeconds(1));
      pools.serve();
    }
    pools.events.clear();
    pools.refused();
    assertThat(pools.events)
        .containsExactlyInAnyOrder("GROUP_MODEL claude cooled", "GROUP_MODEL claude cooled");

    // At midnight one request of each tries, as after a refusal.
    pools.advance(Duration.ofHours(24));
    assertThat(pools.take().trial()).isTrue();
    assertThat(pools.take().trial()).isTrue();
    assertThat(pools.refused().throttled()).isEqualTo(2);
  }

  /// Windows of the wall clock's minute, and more who wait than it lets in: nobody is sent more
  /// than twice its rate in any second, and all of the quota is used.
  @Test
  void thoseWhoWaitForTheNextWindowDoNotGoAllAtItsBeginning() {
    Fixture pools = new Fixture().with(key("a"));
    int quota = 600;
    Duration step = Duration.ofMillis(10);
    pools.advance(Duration.ofSeconds(20));
    Map<Long, Integer> bySecond = new HashMap<>();
    Map<Long, Integer> byMinute = new HashMap<>();
    for (int i = 0; i < 6 * 6_000; i++) {
      pools.advance(step);
      long second = pools.ticker.now().getEpochSecond();
      if (pools.pool().acquire(Fixture.SMALL, pools.random)
          instanceof Acquisition.Granted(Lease lease)) {
        if (byMinute.merge(second / 60, 1, Integer::sum) <= quota) {
          bySecond.merge(second, 1, Integer::sum);
          lease.answered(Fixture.LATENCY);
          Fixture.served(lease, 150);
        } else {
          Duration left = Duration.ofSeconds(60 - second % 60);
          end(lease, refusal(quota, left));
        }
      }
    }
    long first = byMinute.keySet().stream().mapToLong(Long::longValue).min().orElseThrow();

    for (long minute = first + 1; minute < first + 5; minute++) {
      assertThat(byMinute.get(minute)).as("minute %d", minute - first).isBetween(596, 600);
      for (long second = minute * 60; second < minute * 60 + 60; second++) {
        assertThat(bySecond.getOrDefault(second, 0)).as("second %d", second).isLessThan(20);
      }
    }
  }

  @Test
  void aBurstThatComesToAnIdlePoolIsNotHeldBack() {
    Fixture pools = new Fixture().with(key("a"));
    end(pools.take(), refusal(600, Duration.ofSeconds(30)));
    pools.advance(Duration.ofMinutes(3));
    for (int i = 0; i < 300; i++) {
      pools.serve();
    }
  }

  private static Outcome refusal(int quota, Duration left) {
    return new Outcome.Throttled(
        Scope.GROUP_MODEL,
        Cooldown.hinted(left),
        Cause.RATE_LIMIT,
        "429",
        List.of(new Quota(Axis.REQUESTS, Period.MINUTE, quota, -1)));
  }

  private static Outcome dayUsedUp(Duration toMidnight) {
    return new Outcome.Throttled(
        Scope.GROUP_MODEL,
        Cooldown.hinted(toMidnight),
        Cause.QUOTA,
        "429",
        List.of(new Quota(Axis.REQUESTS, Period.DAY, 20, -1)));
  }

  /// Windows of the wall clock's minute and a quota that the first refusal names: all of it is used
  /// from then on, and hardly anything is refused.
  @Property(runs = 20)
  void usesAllOfAProvidersWindowsAndIsHardlyRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Fixture pools = new Fixture().with(key("a"));
    int quota = random.nextInt(10, 400);
    long window = -1;
    int used = 0;
    int served = 0;
    int refused = 0;
    for (int i = 0; i < quota * 45; i++) {
      pools.advance(Duration.ofNanos((long) (random.nextDouble() * 2 / 1.5 * MINUTE / quota)));
      long minute = pools.ticker.now().getEpochSecond() / 60;
      used = minute == window ? used : 0;
      window = minute;
      if (pools.pool().acquire(Fixture.SMALL, random) instanceof Acquisition.Granted(Lease lease)) {
        if (used < quota) {
          used++;
          served++;
          lease.answered(Fixture.LATENCY);
          Fixture.served(lease, 150);
        } else {
          refused++;
          Duration left = Duration.ofSeconds(60 - pools.ticker.now().getEpochSecond() % 60);
          end(lease, refusal(quota, left));
        }
      }
    }

    assertThat(served).isGreaterThan((int) (0.94 * 30 * quota));
    assertThat(refused).isLessThan(4);
  }
}
