package dev.forebay.pool;

import static dev.forebay.pool.Fixture.SMALL;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.limitedTo;
import static dev.forebay.pool.Fixture.prioritised;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolChoiceTest {

  private final Fixture pools = new Fixture();

  @Test
  void servesFromTheHighestTierThatHasAReadyKey() {
    pools.with(prioritised("low", 1), prioritised("high", 9), prioritised("higher", 10));

    Lease first = pools.take();
    assertThat(first.keyId()).isEqualTo("higher");
    assertThat(first.draw(List.of()))
        .isEqualTo(
            new Draw(
                10,
                1,
                "key:higher",
                "higher",
                0,
                null,
                0,
                null,
                List.of(new Skipped(Skipped.Reason.LOWER_PRIORITY, 2, List.of("high", "low"))),
                List.of()));
    Fixture.end(first, Fixture.hinted(Scope.KEY, Duration.ofSeconds(30)));
    assertThat(pools.serve()).isEqualTo("high");
    pools.pools.pause("high");
    assertThat(pools.serve()).isEqualTo("low");
    pools.pools.resume("high");
    assertThat(pools.serve()).isEqualTo("high");
  }

  @Test
  void tracesWhomItSkippedAndWhy() {
    pools.with(
        key("served"),
        key("paused"),
        key("throttled"),
        key("rejected"),
        key("failing"),
        Fixture.budgeted("spent", 10),
        prioritised("low", 1),
        limitedTo("other", "another-model"));
    pools.pools.pause("paused");
    for (int i = 0; i < 40; i++) {
      Lease lease = pools.take();
      switch (lease.keyId()) {
        case "throttled" -> Fixture.end(lease, Fixture.hinted(Scope.KEY, Duration.ofSeconds(90)));
        case "rejected" -> Fixture.end(lease, new Outcome.KeyRejected("revoked"));
        case "failing" -> Fixture.end(lease, new Outcome.Failed("fell over"));
        case null, default -> served(lease, 100);
      }
    }

    assertThat(pools.take().draw(List.of()).skipped())
        .extracting(Skipped::reason)
        .contains(
            Skipped.Reason.PAUSED,
            Skipped.Reason.THROTTLED,
            Skipped.Reason.REJECTED,
            Skipped.Reason.FAILING,
            Skipped.Reason.NOT_ALLOWED,
            Skipped.Reason.LOWER_PRIORITY);
    assertThat(pools.take().draw(List.of()).skipped())
        .contains(new Skipped(Skipped.Reason.PAUSED, 1, List.of("paused")))
        .contains(new Skipped(Skipped.Reason.THROTTLED, 1, List.of("throttled")));
  }

  @Test
  void takesTheLessLoadedOfTwo() {
    pools.with(key("a"), key("b"));
    Lease busy = pools.take(Ask.of(5_000, 0));
    String other = busy.keyId().equals("a") ? "b" : "a";

    for (int i = 0; i < 10; i++) {
      assertThat(pools.serve()).isEqualTo(other);
    }
    served(busy, 100);
    assertThat(pools.serve()).isEqualTo(busy.keyId());
  }

  @Test
  void tracesWhatItCompared() {
    pools.with(key("a"), key("b"));
    Lease first = pools.take(Ask.of(1_000, 0));
    Lease second = pools.take();

    assertThat(second.draw(List.of()).first())
        .isEqualTo(second.keyId())
        .isNotEqualTo(first.keyId());
    assertThat(second.draw(List.of()).firstLoad()).isZero();
    assertThat(second.draw(List.of()).second()).isEqualTo(first.keyId());
    assertThat(second.draw(List.of()).secondLoad()).isEqualTo(first.reservedTokens());
    assertThat(second.draw(List.of()).tier()).isEqualTo(5);
    assertThat(second.draw(List.of()).ready()).isEqualTo(2);
  }

  @Test
  void forgetsUsageWithinMinutes() {
    pools.with(key("a"));
    served(pools.take(), 10_000);

    assertThat(pools.view("a").load()).isEqualTo(10_000, within(10.0));
    pools.advance(Duration.ofSeconds(60));
    assertThat(pools.view("a").load()).isEqualTo(10_000 / Math.E, within(10.0));
    pools.advance(Duration.ofSeconds(600));
    assertThat(pools.view("a").load()).isLessThan(1);
  }

  @Test
  void countsTokenlessRequests() {
    pools.with(key("a"), key("b"));
    Set<String> served = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      Lease lease = pools.take(Ask.of(0, 0));
      lease.settle(new Outcome.Served(Fixture.LATENCY), 0, 0, -1, -1);
      served.add(lease.keyId());
    }

    assertThat(served).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void leavesTriedKeysOut() {
    pools.with(key("a"), key("b"), key("c"));

    assertThat(pools.take(new Ask(1, 1, List.of("a", "c"), null)).keyId()).isEqualTo("b");
    Tally tally = pools.refused(new Ask(1, 1, List.of("a", "b", "c"), null));
    assertThat(tally.tried()).isEqualTo(3);
    assertThat(tally.nextAt()).isEmpty();
  }

  @Test
  void goesToTheOwnerOfAResource() {
    pools.with(grouped("a", "acme"), grouped("b", "beta"), grouped("c", "beta"));

    for (int i = 0; i < 20; i++) {
      assertThat(pools.take(new Ask(1, 1, List.of(), "acme")).keyId()).isEqualTo("a");
      assertThat(pools.take(new Ask(1, 1, List.of("b"), "beta")).keyId()).isEqualTo("c");
    }
    assertThat(pools.take(SMALL).group()).isEqualTo("beta");
    Tally tally = pools.refused(new Ask(1, 1, List.of(), "gamma"));
    assertThat(tally.keys()).isZero();
  }

  @Test
  void keepsToTheModelsAKeyMayServe() {
    pools.with(limitedTo("exact", "claude"), limitedTo("prefix", "gpt-6*"), limitedTo("x", "x"));

    assertThat(pools.take(pools.pools.pool(Fixture.PROVIDER, "gpt-6-sol"), SMALL).keyId())
        .isEqualTo("prefix");
    assertThat(pools.take().keyId()).isEqualTo("exact");
    Tally tally = pools.refused(pools.pools.pool(Fixture.PROVIDER, "gpt-5"), SMALL);
    assertThat(tally.notAllowed()).isEqualTo(3);
    assertThat(tally.describe(ZoneOffset.UTC)).isEqualTo("3 keys: 3 not allowed this model");
  }

  @Test
  void sharesALimitAmongTheKeysOfItsGroup() {
    pools.with(key("big"), key("small"));
    for (int i = 0; i < 2; i++) {
      Lease lease = pools.take(new Ask(1, 1, List.of(i == 0 ? "small" : "big"), null));
      long limit = i == 0 ? 4_000_000 : 1_000_000;
      Fixture.headroom(lease, -1, -1, -1, limit, limit, 0);
      served(lease, 10);
    }

    int big = 0;
    for (int i = 0; i < 1_000; i++) {
      big += pools.serve().equals("big") ? 1 : 0;
    }
    assertThat(big).isBetween(780, 820);
  }

  @Test
  void prefersTheLimitThatIsFullSoonerWhenAllElseIsEqual() {
    pools.with(key("a"), key("b"));
    Lease a = pools.take(new Ask(1, 1, List.of("b"), null));
    Lease b = pools.take(new Ask(1, 1, List.of("a"), null));
    Fixture.headroom(a, 100, 50, 30_000_000_000L, -1, -1, -1);
    Fixture.headroom(b, 100, 60, 24_000_000_000L, -1, -1, -1);
    Fixture.end(a, new Outcome.RequestRejected(400));
    Fixture.end(b, new Outcome.RequestRejected(400));

    assertThat(pools.pool().pick(pools.random)).isEqualTo("b");
    assertThat(pools.take().keyId()).isEqualTo("b");
  }

  @Test
  void knowsWhetherOneLimitGroupAloneServesTheModel() {
    pools.with(grouped("a", "mine"), Fixture.grouped("b", "mine"), key("c"));
    pools.pool().pick(pools.random);
    assertThat(pools.pool().loneGroup()).isNull();

    pools.pools.pause("c");
    assertThat(pools.pool().loneGroup()).isEqualTo("mine");
    // Those that are out for now come back.
    pools.with(grouped("a", "mine"), key("d"));
    Fixture.end(
        pools.take(new Ask(1, 1, List.of("a"), null)),
        Fixture.hinted(Scope.GROUP, Duration.ofSeconds(30)));
    pools.pool().pick(pools.random);
    assertThat(pools.pool().loneGroup()).isNull();
  }

  @Test
  void picksNothingFromAnEmptyPool() {
    assertThat(pools.pool().pick(pools.random)).isEmpty();
    assertThat(pools.refused().keys()).isZero();
    assertThat(pools.pools.pool("nobody", "nothing").tally().keys()).isZero();
  }
}
