package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.hinted;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShortfallTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Ask LARGE = Ask.of(1_000, 10);

  private final Fixture pools = new Fixture();

  private List<Shortfall> shortfalls(Ask ask) {
    return pools.pool().shortfalls(ask, 10);
  }

  @Test
  void namesTheLimitThatIsLongestInTheWayAndWhenItHoldsTheRequest() {
    pools.with(grouped("a", "acme"), grouped("b", "acme"));
    assertThat(shortfalls(LARGE)).isEmpty();
    Lease lease = pools.take(Ask.of(1, 1));
    Fixture.headroom(lease, 1_000, 900, 6 * SECOND, 60_000, 500, 59 * SECOND);
    served(lease, 100);

    assertThat(shortfalls(Ask.of(10, 10))).isEmpty();
    Shortfall acme = shortfalls(LARGE).getFirst();
    assertThat(shortfalls(LARGE)).hasSize(1);
    assertThat(acme.provider()).isEqualTo(Fixture.PROVIDER);
    assertThat(acme.model()).isEqualTo(Fixture.MODEL);
    assertThat(acme.group()).isEqualTo("acme");
    assertThat(acme.margin()).isEqualTo(new Margin(Axis.TOKENS, Period.MINUTE, 60_000, 500));
    assertThat(acme.needed()).isEqualTo(1_010);
    assertThat(acme.reason()).isNull();
    // 1,000 come every second.
    assertThat(acme.until())
        .isBetween(pools.in(Duration.ofMillis(500)), pools.in(Duration.ofMillis(511)));
  }

  @Test
  void tellsCooldownsToo() {
    pools.with(key("a"), key("b"), key("c"));
    end(
        pools.take(new Ask(1, 1, List.of("b", "c"), null)),
        hinted(Scope.KEY, Duration.ofSeconds(60)));
    end(
        pools.take(new Ask(1, 1, List.of("a", "c"), null)),
        hinted(Scope.GROUP_MODEL, Duration.ofSeconds(20)));

    List<Shortfall> found = shortfalls(Fixture.SMALL);
    assertThat(found).extracting(Shortfall::group).containsExactly(group("b"), group("a"));
    assertThat(found).extracting(Shortfall::reason).containsOnly("slow down, please");
    assertThat(found).extracting(Shortfall::margin).containsOnlyNulls();
    assertThat(found.getFirst().until())
        .isBetween(pools.in(Duration.ofSeconds(20)), pools.in(Duration.ofSeconds(22)));
  }

  @Test
  void leavesOutGroupsOfWhichNoKeyMayServeAndThoseThatTheRequestCannotGoTo() {
    pools.with(key("a"), key("b"));
    end(pools.take(new Ask(1, 1, List.of("b"), null)), hinted(Scope.KEY, Duration.ofSeconds(60)));
    end(pools.take(new Ask(1, 1, List.of("a"), null)), hinted(Scope.KEY, Duration.ofSeconds(90)));

    assertThat(shortfalls(Fixture.SMALL.only(group("b"))))
        .extracting(Shortfall::group)
        .containsExactly(group("b"));
    pools.pools.pause("a");
    assertThat(shortfalls(Fixture.SMALL)).extracting(Shortfall::group).containsExactly(group("b"));
  }

  @Test
  void ofManyTheSoonestAreTold() {
    pools.with(IntStream.range(0, 30).mapToObj(i -> key("k" + i)).toList());
    for (int i = 0; i < 30; i++) {
      Lease lease = pools.take();
      int nth = Integer.parseInt(lease.keyId().substring(1));
      end(lease, hinted(Scope.KEY, Duration.ofSeconds(100 + 10 * nth)));
    }

    assertThat(pools.pool().shortfalls(Fixture.SMALL, 3))
        .extracting(Shortfall::group)
        .containsExactly(group("k0"), group("k1"), group("k2"));
  }

  private static String group(String key) {
    return KeySpec.ownGroup(key);
  }
}
