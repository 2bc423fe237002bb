package dev.forebay.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people decide holds for the next request, however long it takes to look at all keys: only
/// what happens by itself may be noticed a moment later.
class DecisionTest {

  private final RandomGenerator random = new SplittableRandom(1);
  private final Pools pools =
      new Pools(
          PoolSettings.defaults(), new SlowTicker(), new SplittableRandom(2), PoolListener.NONE);

  /// A clock on a machine on which every step takes a millisecond.
  private static final class SlowTicker implements Ticker {

    private long nanos;

    @Override
    public long nanos() {
      nanos += 1_000_000;
      return nanos;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }
  }

  @BeforeEach
  void twoKeys() {
    pools.replace(List.of(Fixture.prioritised("a", 5), Fixture.prioritised("b", 8)));
    assertThat(next()).isEqualTo("b");
  }

  private String next() {
    return switch (pools.pool(Fixture.PROVIDER, Fixture.MODEL).acquire(Fixture.SMALL, random)) {
      case Acquisition.Granted(Lease lease) -> {
        Fixture.served(lease, 150);
        yield lease.keyId();
      }
      case Acquisition.Unavailable(Tally tally) -> tally.toString();
    };
  }

  @Test
  void anotherPriorityDecidesTheNextDraw() {
    pools.replace(List.of(Fixture.prioritised("a", 5), Fixture.prioritised("b", 1)));
    assertThat(next()).isEqualTo("a");
  }

  @Test
  void aKeyThatIsResumedIsDrawnNext() {
    pools.pause("b");
    assertThat(next()).isEqualTo("a");
    pools.resume("b");
    assertThat(next()).isEqualTo("b");
  }

  /// A key that was throttled is left out because it is out, one that failed because it was tried:
  /// both are told as what they are.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeyThatWasTriedIsToldAsTriedWhenItIsStillInTheReadySet(boolean asIfOut) {
    Pool pool = pools.pool(Fixture.PROVIDER, Fixture.MODEL);
    Lease first = lease(pool, List.of());
    assertThat(first.keyId()).isEqualTo("b");
    Fixture.end(first, Fixture.hinted(Scope.KEY, Duration.ofMinutes(1)));
    List<String> tried = new ArrayList<>(asIfOut ? List.of() : List.of("b"));
    Lease second = lease(pool, tried);
    tried.add(second.keyId());
    List<String> asked = asIfOut ? List.of("b") : List.of();
    assertThat(second.draw(asked).skipped())
        .containsExactly(new Skipped(Skipped.Reason.TRIED, 1, List.of("b")));
    assertThat(second.draw(asked).ready()).isEqualTo(1);
    Fixture.served(second, 150);
  }

  private Lease lease(Pool pool, List<String> tried) {
    return ((Acquisition.Granted) pool.acquire(new Ask(100, 50, tried, null), random)).lease();
  }
}
