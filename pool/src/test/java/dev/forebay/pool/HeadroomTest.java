package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.prioritised;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadroomTest {

  private static final long SECOND = 1_000_000_000L;

  private final Fixture pools = new Fixture();

  @Test
  void skipsAGroupThatCannotHoldTheRequest() {
    pools.with(grouped("a", "acme"), grouped("b", "acme"), key("c"));
    Lease lease = pools.take(new Ask(1, 1, List.of("c"), null));
    Fixture.headroom(lease, 1_000, 900, 6 * SECOND, 60_000, 500, 59 * SECOND);
    served(lease, 100);

    assertThat(pools.take(new Ask(1_000, 10, List.of(), null)).keyId()).isEqualTo("c");
    Tally tally = pools.refused(new Ask(1_000, 10, List.of("c"), null));
    assertThat(tally.throttled()).isEqualTo(2);
    // 1,010 tokens, 500 are there, 1,000 come every second.
    assertThat(tally.nextAt().orElseThrow())
        .isBetween(pools.in(Duration.ofMillis(500)), pools.in(Duration.ofMillis(511)));
    pools.take(new Ask(100, 10, List.of("c"), null));
    pools.advance(Duration.ofMillis(700));
    pools.take(new Ask(1_000, 10, List.of("c"), null));
  }

  @Test
  void theDecisionTellsThatTheLessLoadedOneHadNoRoom() {
    pools.with(key("a"), key("b"));
    Lease lease = pools.take(new Ask(1, 1, List.of("b"), null));
    Fixture.headroom(lease, 1_000, 900, 6 * SECOND, 60_000, 500, 59 * SECOND);
    served(lease, 100);
    served(pools.take(new Ask(1, 1, List.of("a"), null)), 50_000);

    Draw small = pools.take(new Ask(10, 10, List.of(), null)).draw(List.of());
    assertThat(small.first()).isEqualTo("a");
    assertThat(small.passedOver()).isNull();
    Draw large = pools.take(new Ask(1_000, 10, List.of(), null)).draw(List.of());
    assertThat(large.first()).isEqualTo("b");
    assertThat(large.second()).isEqualTo("a");
    assertThat(large.secondLoad()).isLessThan(large.firstLoad());
    assertThat(large.passedOver()).isEqualTo(Draw.PassedOver.NO_ROOM);
  }

  @Test
  void isBusyWhenOnlyOthersInFlightTakeTheRoom() {
    pools.with(key("a"));
    Lease first = pools.take();
    Fixture.headroom(first, 10, 5, 30 * SECOND, -1, -1, -1);
    for (int i = 0; i < 5; i++) {
      pools.take();
    }

    assertThat(pools.refused().busy()).isEqualTo(1);
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
  }

  @Test
  void keepsModelsApart() {
    pools.with(key("a"));
    Lease lease = pools.take();
    Fixture.headroom(lease, 10, 0, 60 * SECOND, -1, -1, -1);
    served(lease, 10);

    pools.refused();
    pools.take(pools.pools.pool(Fixture.PROVIDER, "haiku"), Fixture.SMALL);
    assertThat(pools.view("a").headroom())
        .singleElement()
        .isEqualTo(
            new Headroom(
                "claude",
                Axis.REQUESTS,
                Period.MINUTE,
                10,
                0,
                pools.in(Duration.ofSeconds(60)),
                Provenance.PROVIDER));
  }

  /// Input that is read from the cache does not count, whether there is one key or many.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConversationNeedsLessAtHomeThoughNoOtherKeyHasItsPriority(boolean lower) {
    pools.with(
        lower ? List.of(prioritised("a", 8), prioritised("b", 5)) : List.of(prioritised("a", 8)));
    for (int i = 0; i < 40; i++) {
      Lease lease = pools.take(turn(1 + i % 20));
      lease.headroom(Axis.INPUT_TOKENS, 100_000, 90_000, 6 * SECOND);
      cached(lease, i < 20 ? 0 : 59_800);
      pools.advance(Duration.ofSeconds(60));
    }

    List<Lease> burst = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      burst.add(pools.take(turn(1 + i)));
    }

    assertThat(burst).extracting(Lease::keyId).containsOnly("a");
  }

  @Test
  void whoMayOnlyGoHomeNeedsWhatItsHomeCounts() {
    pools.with(key("a"), key("b"));
    for (int i = 0; i < 20; i++) {
      Lease lease = pools.take(turn(1));
      lease.headroom(Axis.INPUT_TOKENS, 100_000, 100_000, 0);
      cached(lease, i == 0 ? 0 : 59_800);
      pools.advance(Duration.ofSeconds(60));
    }
    Lease home = pools.take(turn(1));

    for (int i = 0; i < 10; i++) {
      assertThat(pools.take(turn(1).only(home.group())).keyId()).isEqualTo(home.keyId());
    }
  }

  @Test
  void aLoneKeyIsNotWaitedForWhileThereAreOthersBelowIt() {
    pools.with(prioritised("a", 8), prioritised("b", 5));
    Ask patient =
        new Ask(
            100,
            20,
            List.of(),
            null,
            TokenPrice.UNKNOWN,
            new Conversation(1, Duration.ofHours(1)),
            Duration.ofSeconds(10),
            false);
    Lease home = pools.take(patient);
    Fixture.headroom(home, 60, 0, 60 * SECOND, -1, -1, -1);
    served(home, 120);

    assertThat(home.keyId()).isEqualTo("a");
    assertThat(pools.take(patient).keyId()).isEqualTo("b");
  }

  private static Ask without(String id) {
    return new Ask(100, 100, List.of(id), null);
  }

  private static Ask turn(long conversation) {
    return new Ask(
        60_000,
        20,
        List.of(),
        null,
        TokenPrice.UNKNOWN,
        new Conversation(conversation, Duration.ofHours(1)));
  }

  private static void cached(Lease lease, long tokens) {
    lease.settle(new Outcome.Served(Fixture.LATENCY), 60_020, 0, 20, 60_000, tokens);
  }

  /// What is out for hours is no reason to leave the others alone: they have to bear it.
  @Test
  void aBurstIsServedThoughAnotherKeyIsOutForLong() {
    pools.with(key("a"), key("b"));
    Lease a = pools.take(without("b"));
    Fixture.end(a, Fixture.hinted(Scope.GROUP_MODEL, Duration.ofHours(1)));
    Lease b = pools.take();
    Fixture.headroom(b, 600, 600, 0, -1, -1, -1);
    Fixture.served(b, 150);

    for (int i = 0; i < 200; i++) {
      assertThat(pools.take().keyId()).isEqualTo("b");
    }
  }

  @Test
  void aBurstIsServedThoughASmallKeyIsSpent() {
    pools.with(key("a"), key("b"));
    Lease a = pools.take(without("b"));
    Fixture.headroom(a, 10, 0, 60 * SECOND, -1, -1, -1);
    Fixture.served(a, 150);
    Lease b = pools.take(without("a"));
    Fixture.headroom(b, 600, 600, 0, -1, -1, -1);
    Fixture.served(b, 150);
    pools.advance(Duration.ofSeconds(3));

    for (int i = 0; i < 200; i++) {
      assertThat(pools.take().keyId()).isEqualTo("b");
    }
  }

  @Test
  void whoTurnsOutToBeOfAGroupDoesNotSpendWhatThatOneSentBefore() {
    pools.with(prioritised("main", 8), prioritised("spare", 5));
    for (int i = 0; i < 60; i++) {
      Lease lease = pools.take();
      lease.identity("org-1", null);
      Fixture.headroom(lease, -1, -1, -1, 30_000, 29_000, 2 * SECOND);
      Fixture.served(lease, 150);
      pools.advance(Duration.ofSeconds(2));
    }
    Lease spare = pools.take(without("main"));
    spare.identity("org-1", null);
    Fixture.headroom(spare, -1, -1, -1, 30_000, 29_000, 2 * SECOND);
    Fixture.served(spare, 150);

    assertThat(pools.view("main").headroom())
        .singleElement()
        .satisfies(left -> assertThat(left.remaining()).isGreaterThan(28_000));
    assertThat(pools.take(Ask.of(20_000, 100)).group()).isEqualTo("org:org-1");
  }

  @Test
  void aLimitOfNothingIsNone() {
    pools.with(key("a"));
    for (int i = 0; i < 10; i++) {
      Lease lease = pools.take();
      Fixture.headroom(lease, 0, 0, 60 * SECOND, 0, 0, 60 * SECOND);
      served(lease, 150);
    }

    assertThat(pools.view("a").headroom()).isEmpty();
  }

  @Test
  void showsHeadroomCarriedForward() {
    pools.with(key("a"));
    Lease lease = pools.take();
    Fixture.headroom(lease, 60, 0, 60 * SECOND, 6_000, 3_000, 30 * SECOND);
    served(lease, 10);
    pools.advance(Duration.ofSeconds(20));

    assertThat(pools.view("a").headroom())
        .extracting(Headroom::axis, Headroom::remaining)
        .containsExactly(tuple(Axis.REQUESTS, 20L), tuple(Axis.TOKENS, 5_000L));
  }

  /// Eight keys with true token buckets of requests, asked for one and a quarter times what they
  /// can give: hardly a request is refused, and the pool serves all there is.
  @Property(runs = 20)
  void usesTheWholePoolAndIsHardlyRefused(long seed) {
    Traffic traffic = new Traffic(new SplittableRandom(seed));
    traffic.run(6_000, Duration.ofMillis(200));

    double capacity = 8 * 60 + 8 * traffic.elapsed.toSeconds();
    assertThat(traffic.served / capacity).isGreaterThan(0.98);
    assertThat(traffic.refused).isLessThan(traffic.served / 200);
  }

  @Property(runs = 20)
  void isNotRefusedBelowSaturation(long seed) {
    Traffic traffic = new Traffic(new SplittableRandom(seed));
    traffic.run(6_000, Duration.ofMillis(300));

    assertThat(traffic.served).isEqualTo(6_000);
    assertThat(traffic.refused).isZero();
  }

  private final class Traffic {

    final SplittableRandom random;
    final double[] level = new double[8];
    Duration elapsed = Duration.ZERO;
    int served;
    int refused;

    Traffic(SplittableRandom random) {
      this.random = random;
      Arrays.fill(level, 60);
      pools.with(IntStream.range(0, 8).mapToObj(i -> key("k" + i)).toList());
    }

    void run(int requests, Duration longestPause) {
      for (int i = 0; i < requests; i++) {
        Duration pause = Duration.ofNanos(random.nextLong(longestPause.toNanos()));
        elapsed = elapsed.plus(pause);
        pools.advance(pause);
        for (int k = 0; k < 8; k++) {
          level[k] = Math.min(60, level[k] + pause.toNanos() / 1e9);
        }
        if (pools.pool().acquire(Fixture.SMALL, random)
            instanceof Acquisition.Granted(Lease lease)) {
          answer(lease, lease.keyId().charAt(1) - '0');
        }
      }
    }

    private void answer(Lease lease, int k) {
      boolean fits = level[k] >= 1;
      level[k] -= fits ? 1 : 0;
      // Whole requests and whole seconds, as providers say them.
      Fixture.headroom(lease, 60, (long) level[k], (long) (60 - level[k]) * SECOND, -1, -1, -1);
      if (fits) {
        served++;
        lease.answered(Fixture.LATENCY);
        Fixture.served(lease, 200);
      } else {
        refused++;
        end(lease, Fixture.hinted(Scope.GROUP_MODEL, Duration.ofSeconds(1)));
      }
    }
  }
}
