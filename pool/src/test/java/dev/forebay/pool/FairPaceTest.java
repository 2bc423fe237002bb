package dev.forebay.pool;

import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.prioritised;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What waits does not all go to the one that has something left.
class FairPaceTest {

  private static final long SECOND = 1_000_000_000L;

  /// Requests per minute: twenty a second.
  private static final long LIMIT = 1_200;

  private final Fixture pools = new Fixture();
  private final FairPace pace = new FairPace();
  private long now = 5 * SECOND;

  private int takeAll(long from) {
    int took = 0;
    for (now = from; now < from + SECOND; now += SECOND / 1_000) {
      if (!pace.isAhead(now)) {
        pace.took(now);
        took++;
      }
    }
    return took;
  }

  @Test
  void nobodyIsAheadWhereNothingIsKnown() {
    assertThat(takeAll(now)).isEqualTo(1_000);
    pace.set(20);
    takeAll(now);
    pace.set(0);
    assertThat(takeAll(now)).isEqualTo(1_000);
  }

  @Test
  void isNotAheadBeforeItsFirstRequest() {
    pace.set(20);
    for (long at : new long[] {Long.MIN_VALUE / 4, -1, 0, 1, Long.MAX_VALUE / 4}) {
      assertThat(pace.isAhead(at)).as("at %d", at).isFalse();
      assertThat(pace.freeAt(at)).isLessThanOrEqualTo(at);
    }
  }

  @Test
  void isAheadAtLessThanTwiceWhatIsGranted() {
    pace.set(20);
    for (int second = 0; second < 5; second++) {
      assertThat(takeAll(now)).as("in second %d", second).isBetween(27, 32);
    }
    while (!pace.isAhead(now)) {
      pace.took(now);
    }
    assertThat(pace.freeAt(now)).isBetween(now + 1, now + SECOND);
  }

  @Test
  void whatWasSentWhileNobodyMindedIsSoonForgotten() {
    pace.set(20);
    for (int i = 0; i < 10_000; i++) {
      pace.took(now);
    }
    assertThat(pace.isAhead(now)).isTrue();
    assertThat(pace.isAhead(now + SECOND / 4)).isFalse();
  }

  @Test
  void aFewRequestsAreNoCrowd() {
    pace.set(0.1);
    assertThat(takeAll(now)).isBetween(8, 10);
  }

  @Test
  void theOneThatSavedUpDoesNotTakeAllThatOthersHaveNothingLeftFor() {
    pools.with(key("saved"), key("a"), key("b"), key("c"));
    know(4);
    for (int second = 0; second < 10; second++) {
      offer(160);
    }

    for (int second = 0; second < 40; second++) {
      Map<String, Integer> sent = offer(160);
      // A fair share is what each is granted: twenty.
      assertThat(sent.getOrDefault("saved", 0))
          .as("in second %d of %s", second, sent)
          .isBetween(18, 38);
    }
  }

  @Test
  void whoeverWaitsForItIsToldWhen() {
    pools.with(key("saved"), key("a"), key("b"), key("c"));
    know(4);
    while (pools.pool().acquire(Fixture.SMALL, pools.random)
        instanceof Acquisition.Granted(Lease lease)) {
      Fixture.served(lease, 150);
    }

    Tally tally = pools.refused();
    assertThat(tally.busy()).isPositive();
    assertThat(tally.nextAt().orElseThrow())
        .isBetween(pools.in(Duration.ofMillis(1)), pools.in(Duration.ofMillis(100)));
    assertThat(pools.pool().tally().ready()).as("it has room").isPositive();
  }

  @Test
  void aBurstThatMeetsRoomEverywhereWaitsForNothing() {
    pools.with(key("a"), key("b"), key("c"), key("d"));
    know(0);

    Map<String, Integer> sent = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      sent.merge(pools.take().keyId(), 1, Integer::sum);
    }
    assertThat(sent.values()).hasSize(4).allMatch(count -> count > 400 && count < 600);
  }

  @Test
  void theDecisionTellsWhoWasPassedOver() {
    pools.with(key("saved"), key("a"), key("b"), key("c"));
    assertThat(decisions()).as("nothing is known").noneMatch(FairPaceTest::wasAhead);

    know(4);
    assertThat(decisions())
        .filteredOn(FairPaceTest::wasAhead)
        .isNotEmpty()
        .allSatisfy(draw -> assertThat(draw.secondLoad()).isLessThanOrEqualTo(draw.firstLoad()));
  }

  private static boolean wasAhead(Draw draw) {
    return draw.passedOver() == Draw.PassedOver.AHEAD;
  }

  /// Of what was sent in two seconds that offered twice the limits.
  private List<Draw> decisions() {
    List<Draw> decisions = new ArrayList<>();
    for (int i = 0; i < 320; i++) {
      pools.advance(Duration.ofNanos(2 * SECOND / 320));
      if (pools.pool().acquire(Fixture.SMALL, pools.random)
          instanceof Acquisition.Granted(Lease lease)) {
        decisions.add(lease.draw(List.of()));
        Fixture.served(lease, 150);
      }
    }
    return decisions;
  }

  @Test
  void betterACrowdThanAKeyOfLowerPriority() {
    pools.with(
        prioritised("saved", 9), prioritised("a", 9), prioritised("b", 9), prioritised("last", 1));
    know(3);

    assertThat(offer(400)).doesNotContainKey("last").containsKey("saved");
  }

  @Test
  void theOneThatIsLeftIsTriedAgainHoweverFarAheadItIs() {
    pools.with(key("a"), key("b"));
    know(0);
    for (int i = 0; i < 200; i++) {
      assertThat(pools.take(new Ask(100, 100, List.of("a"), null)).keyId()).isEqualTo("b");
      assertThat(pools.take(new Ask(100, 100, List.of("b"), null)).keyId()).isEqualTo("a");
    }
  }

  /// Answers tell of all keys what they are granted, and of the last `spent` ones that nothing is
  /// left.
  private void know(int spent) {
    List<String> ids = new ArrayList<>(pools.pools.view().stream().map(KeyView::id).toList());
    for (String id : ids) {
      boolean empty = spent > 0 && !id.equals("saved");
      Lease lease =
          pools.take(new Ask(100, 100, ids.stream().filter(i -> !i.equals(id)).toList(), null));
      lease.headroom(Axis.REQUESTS, LIMIT, empty ? 0 : LIMIT, empty ? 60 * SECOND : 0);
      lease.answered(Fixture.LATENCY);
      Fixture.served(lease, 150);
    }
    pools.advance(Duration.ofSeconds(6));
    Fixture.served(pools.take(), 150);
  }

  /// Offers requests over a second and answers who took how many.
  private Map<String, Integer> offer(int requests) {
    Map<String, Integer> sent = new HashMap<>();
    for (int i = 0; i < requests; i++) {
      pools.advance(Duration.ofNanos(SECOND / requests));
      if (pools.pool().acquire(Fixture.SMALL, pools.random)
          instanceof Acquisition.Granted(Lease lease)) {
        sent.merge(lease.keyId(), 1, Integer::sum);
        Fixture.served(lease, 150);
      }
    }
    return sent;
  }
}
