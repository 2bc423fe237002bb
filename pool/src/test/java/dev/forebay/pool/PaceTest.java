package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Outcome SLOW_DOWN = new Outcome.SlowDown("Slow Down");

  private final Fixture pools = new Fixture();

  @Test
  void halvesTheRateOfTheGroupAndGivesItBackOverAQuarterOfAnHour() {
    pools.with(grouped("a", "acme"), grouped("b", "acme"));
    offer(20, Duration.ofMinutes(2));
    Lease lease = pools.take();
    end(lease, SLOW_DOWN);

    assertThat(offer(50, Duration.ofSeconds(30)) / 30.0).isBetween(9.0, 11.5);
    pools.advance(Duration.ofMinutes(7));
    assertThat(offer(50, Duration.ofSeconds(30)) / 30.0).isBetween(14.0, 16.5);
    pools.advance(Duration.ofMinutes(6));
    assertThat(offer(50, Duration.ofSeconds(30)) / 30.0).isBetween(18.0, 21.0);
    pools.advance(Duration.ofMinutes(1));
    assertThat(offer(50, Duration.ofSeconds(30)) / 30.0).isCloseTo(50, within(1.0));
  }

  @Test
  void isBusyUntilTheNextTurn() {
    pools.with(key("a"));
    offer(10, Duration.ofMinutes(2));
    end(pools.take(), SLOW_DOWN);

    Tally tally = pools.refused();
    assertThat(tally.busy()).isEqualTo(1);
    Duration wait = Duration.between(pools.ticker.now(), tally.nextAt().orElseThrow());
    assertThat(wait).isBetween(Duration.ofMillis(180), Duration.ofMillis(220));
    pools.advance(wait.minusNanos(1));
    pools.refused();
    pools.advance(Duration.ofNanos(1));
    pools.take();
    pools.refused();
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
  }

  @Test
  void sendsTheRestToOthers() {
    pools.with(key("a"), key("b"));
    end(pools.take(new Ask(1, 1, List.of("b"), null)), SLOW_DOWN);

    for (int i = 0; i < 20; i++) {
      assertThat(pools.serve()).isEqualTo("b");
    }
  }

  @Test
  void slowsDownOncePerBurst() {
    pools.with(key("a"));
    offer(40, Duration.ofMinutes(2));
    List<Lease> burst = List.of(pools.take(), pools.take(), pools.take());
    burst.forEach(lease -> end(lease, SLOW_DOWN));
    assertThat(offer(50, Duration.ofSeconds(10)) / 10.0).isBetween(18.0, 22.0);
    pools.advance(Duration.ofMillis(50));
    end(pools.take(), SLOW_DOWN);

    assertThat(offer(50, Duration.ofSeconds(10)) / 10.0).isBetween(8.0, 13.0);
  }

  @Test
  void neverStopsAGroup() {
    pools.with(key("a"));
    for (int i = 0; i < 20; i++) {
      pools.advance(Duration.ofSeconds(2));
      end(pools.take(), SLOW_DOWN);
    }
  }

  /// Offers traffic and answers how much of it was taken.
  private int offer(int perSecond, Duration duration) {
    int taken = 0;
    long count = perSecond * duration.toSeconds();
    for (long i = 0; i < count; i++) {
      pools.advance(Duration.ofSeconds(1).dividedBy(perSecond));
      if (pools.pool().acquire(Fixture.SMALL, pools.random)
          instanceof Acquisition.Granted(Lease lease)) {
        taken++;
        lease.answered(Fixture.LATENCY);
        Fixture.served(lease, 150);
      }
    }
    return taken;
  }
}
