package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Recovery without a herd.
class ComebackTest {

  private static final long SECOND = 1_000_000_000L;

  private final Fixture pools = new Fixture();

  @Test
  void takesLittleMoreThanItsShareAfterAnOutageOfItsOwn() {
    pools.with(IntStream.range(0, 8).mapToObj(i -> key("k" + i)).toList());
    for (int second = 0; second < 60; second++) {
      offer(100, 0);
    }
    Lease failing = take("k0");
    end(failing, Fixture.hinted(Scope.KEY, Duration.ofSeconds(30)));
    for (int second = 0; second < 34; second++) {
      offer(100, 0);
    }

    for (int second = 0; second < 60; second++) {
      Map<String, Integer> sent = offer(100, 0);
      // A fair share of a hundred is 12.5.
      assertThat(sent.getOrDefault("k0", 0)).as("in second %d", second).isLessThanOrEqualTo(25);
    }
    assertThat(pools.status("k0")).isEqualTo(Status.OPEN);
  }

  @Test
  void doesNotTakeAllThatOthersHaveNoLimitsLeftFor() {
    pools.with(IntStream.range(0, 4).mapToObj(i -> key("k" + i)).toList());
    for (int i = 0; i < 4; i++) {
      Lease lease = take("k" + i);
      lease.headroom(Axis.REQUESTS, 1_200, 1_200, 0);
      Fixture.served(lease, 150);
    }
    end(take("k0"), Fixture.hinted(Scope.KEY, Duration.ofSeconds(60)));
    for (int second = 0; second < 62; second++) {
      offer(120, 0);
    }

    // The others live from hand to mouth, at twenty a second each; k0 has a minute's worth.
    for (int second = 0; second < 100; second++) {
      Map<String, Integer> sent = offer(120, 0);
      int all = sent.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(sent.getOrDefault("k0", 0))
          .as("in second %d of %s", second, sent)
          .isLessThanOrEqualTo(all / 2);
    }
  }

  @Test
  void comesBackWholeFromAnOutageOfAll() {
    pools.with(IntStream.range(0, 8).mapToObj(i -> key("k" + i)).toList());
    for (int round = 0; round < 8; round++) {
      for (int i = 0; i < 8; i++) {
        if (pools.pool().acquire(Fixture.SMALL, pools.random)
            instanceof Acquisition.Granted(Lease lease)) {
          end(lease, Fixture.failed());
        }
      }
      pools.advance(Duration.ofSeconds(4));
    }
    pools.advance(Duration.ofSeconds(61));
    Map<String, Integer> sent = new HashMap<>();
    for (int second = 0; second < 3; second++) {
      offer(100, 0).forEach((id, count) -> sent.merge(id, count, Integer::sum));
    }

    assertThat(sent).hasSize(8);
    assertThat(sent.values()).allSatisfy(count -> assertThat(count).isLessThan(75));
  }

  @Test
  void theOnlyOneThatIsBackKeepsToItsLimitsUntilTheOthersAre() {
    pools.with(IntStream.range(0, 4).mapToObj(i -> key("k" + i)).toList());
    for (int i = 0; i < 4; i++) {
      Lease lease = take("k" + i);
      lease.headroom(Axis.REQUESTS, 1_200, 1_200, 0);
      Fixture.served(lease, 150);
    }
    end(take("k0"), Fixture.hinted(Scope.KEY, Duration.ofSeconds(20)));
    for (int i = 1; i < 4; i++) {
      end(take("k" + i), Fixture.hinted(Scope.KEY, Duration.ofSeconds(60)));
    }
    pools.advance(Duration.ofSeconds(23));

    for (int second = 0; second < 20; second++) {
      // It is granted twenty a second and has a minute's worth.
      assertThat(offer(400, 0).getOrDefault("k0", 0)).as("in second %d", second).isBetween(1, 40);
    }
  }

  @Test
  void doesNotHoldTheOnlyKeyBack() {
    pools.with(key("a"));
    end(pools.take(), Fixture.hinted(Scope.KEY, Duration.ofSeconds(60)));
    pools.advance(Duration.ofSeconds(63));

    for (int i = 0; i < 100; i++) {
      assertThat(pools.serve()).isEqualTo("a");
    }
  }

  @Test
  void startsAtTheMedianWhenItsQuotaComesBack() {
    pools.with(IntStream.range(0, 4).mapToObj(i -> key("k" + i)).toList());
    for (int second = 0; second < 60; second++) {
      offer(40, 1);
    }
    for (int second = 0; second < 60; second++) {
      Map<String, Integer> sent = offer(40, second < 10 ? 0.1 : 1);
      if (second > 10) {
        assertThat(sent.getOrDefault("k0", 0)).as("in second %d", second).isLessThanOrEqualTo(20);
      }
    }
  }

  private Lease take(String id) {
    List<String> others =
        pools.pools.view().stream().map(KeyView::id).filter(other -> !other.equals(id)).toList();
    return pools.take(new Ask(100, 100, others, null));
  }

  /// Offers requests over a second and answers who took how many. With a quota, answers carry
  /// headers, of which those of `k0` say that share.
  private Map<String, Integer> offer(int requests, double quota) {
    Map<String, Integer> sent = new HashMap<>();
    for (int i = 0; i < requests; i++) {
      pools.advance(Duration.ofNanos(SECOND / requests));
      if (pools.pool().acquire(Fixture.SMALL, pools.random)
          instanceof Acquisition.Granted(Lease lease)) {
        sent.merge(lease.keyId(), 1, Integer::sum);
        if (quota > 0) {
          long limit = (long) (6_000_000 * (lease.keyId().equals("k0") ? quota : 1));
          lease.headroom(Axis.TOKENS, limit, limit, 0);
        }
        lease.answered(Fixture.LATENCY);
        Fixture.served(lease, 150);
      }
    }
    return sent;
  }
}
