package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.failed;
import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureTest {

  private final Fixture pools = new Fixture();

  @Test
  void coolsAFailingKeyFromHalfASecondToEight() {
    pools.with(key("a"));
    List<Long> waits = new ArrayList<>();
    // A success on another model's pool would end the row: the only key's breaker is kept shut out.
    Fixture patient =
        new Fixture(PoolSettings.defaults().withBreakerFailures(1_000), pools.ticker)
            .with(key("a"));
    for (int i = 0; i < 7; i++) {
      end(patient.take(), failed());
      Status.Cooling cooling = (Status.Cooling) patient.status("a");
      assertThat(cooling.cause()).isEqualTo(Cause.FAILING);
      Duration wait = Duration.between(patient.ticker.now(), cooling.until());
      waits.add(wait.toMillis());
      patient.advance(wait);
    }

    assertThat(waits.get(0)).isBetween(500L, 550L);
    assertThat(waits.get(1)).isBetween(1_000L, 1_100L);
    assertThat(waits.get(4)).isBetween(8_000L, 8_800L);
    assertThat(waits.get(6)).isBetween(8_000L, 8_800L);
  }

  @Test
  void letsTwoFailuresPassWithoutATrialAndNotTheThird() {
    pools.with(key("a"));
    for (int i = 0; i < 2; i++) {
      end(pools.take(), failed());
      pools.refused();
      pools.advance(Duration.ofSeconds(2));
      assertThat(pools.take().trial()).isFalse();
      assertThat(pools.take().trial()).isFalse();
    }
    end(pools.take(), failed());
    pools.advance(Duration.ofSeconds(3));

    assertThat(pools.take().trial()).isTrue();
    pools.refused();
  }

  @Test
  void goesOnWithAnotherKeyMeanwhile() {
    pools.with(key("a"), key("b"));
    Lease lease = pools.take();
    end(lease, failed());

    for (int i = 0; i < 10; i++) {
      assertThat(pools.serve()).isNotEqualTo(lease.keyId());
    }
    assertThat(pools.view(lease.keyId()).failed()).isEqualTo(1);
    assertThat(pools.view(lease.keyId()).lastError()).isEqualTo("502");
  }

  @Test
  void stopsTheModelAfterFailuresInARowOnSeveralKeys() {
    pools.with(keys(10));
    for (int i = 0; i < 5; i++) {
      end(pools.take(), failed());
    }

    Tally tally = pools.refused();
    assertThat(tally.failing()).isEqualTo(10);
    assertThat(tally.nextAt().orElseThrow())
        .isBetween(pools.in(Duration.ofSeconds(1)), pools.in(Duration.ofMillis(1_100)));
    // Other models of the provider are not concerned.
    pools.take(pools.pools.pool(Fixture.PROVIDER, "haiku"), Fixture.SMALL);

    pools.advance(Duration.ofMillis(1_100));
    Lease trial = pools.take();
    pools.refused();
    end(trial, failed());
    assertThat(pools.refused().nextAt().orElseThrow())
        .isBetween(pools.in(Duration.ofSeconds(2)), pools.in(Duration.ofMillis(2_200)));
    pools.advance(Duration.ofMillis(2_200));
    pools.serve();
    pools.take();
    pools.take();
  }

  @Test
  void doesNotBlameTheProviderForOneKey() {
    pools.with(key("a"), key("b"));
    for (int i = 0; i < 20; i++) {
      end(pools.take(new Ask(1, 1, List.of("b"), null)), failed());
      pools.advance(Duration.ofSeconds(9));
    }

    assertThat(pools.take(new Ask(1, 1, List.of("a"), null)).trial()).isFalse();
  }

  @Test
  void blamesTheProviderWhenThereIsOnlyOneKey() {
    pools.with(key("a"), key("off"));
    pools.pools.pause("off");
    for (int i = 0; i < 5; i++) {
      end(pools.take(), failed());
      pools.advance(Duration.ofSeconds(9));
    }

    assertThat(pools.view("a").coolings())
        .singleElement()
        .extracting(ScopedCooling::scope)
        .isEqualTo(Scope.PROVIDER_MODEL);
  }

  @Test
  void startsTheRowAnewAfterASuccess() {
    pools.with(keys(40));
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 4; j++) {
        end(pools.take(), failed());
      }
      pools.serve();
    }

    pools.take();
  }

  @Test
  void countsTheFailuresOfABurstOnce() {
    pools.with(keys(3));
    List<Lease> burst = IntStream.range(0, 60).mapToObj(_ -> pools.take()).toList();
    burst.forEach(lease -> end(lease, failed()));

    assertThat(pools.refused().nextAt().orElseThrow()).isBefore(pools.in(Duration.ofMillis(1_101)));
  }

  @Test
  void retriesAnOutageAtLeastOnceAMinute() {
    pools.with(keys(3));
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 40; i++) {
      Tally tally =
          switch (pools.pool().acquire(Fixture.SMALL, pools.random)) {
            case Acquisition.Granted(Lease lease) -> {
              end(lease, failed());
              yield pools.pool().tally();
            }
            case Acquisition.Unavailable(Tally unavailable) -> unavailable;
          };
      Duration wait = Duration.between(pools.ticker.now(), tally.nextAt().orElseThrow());
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      pools.advance(wait);
    }

    assertThat(longest).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(62));
  }

  private static List<KeySpec> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> key("k" + i)).toList();
  }
}
