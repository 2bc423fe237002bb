package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

  private static final WaitingRoom.Wish ANY = new WaitingRoom.Wish("openai", "gpt-6-sol", null);
  private static final WaitingRoom.Wish OWN = new WaitingRoom.Wish("openai", "gpt-6-sol", "acme");

  private final WaitingRoom room = new WaitingRoom();
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private final ManualLoop loop = new ManualLoop();
  private final List<String> called = new ArrayList<>();

  private WaitingRoom.@Nullable Place tryEnter(WaitingRoom.Wish wish, String client, String name) {
    return room.enter(wish, client, false, loop, () -> called.add(name), 4, now);
  }

  private WaitingRoom.Place enter(String client, String name) {
    return Objects.requireNonNull(tryEnter(ANY, client, name));
  }

  private List<String> run() {
    called.clear();
    loop.run();
    return List.copyOf(called);
  }

  @Test
  void theFirstOfALineIsCalledAndTheOthersAreNot() {
    WaitingRoom.Place first = enter("a", "a1");
    WaitingRoom.Place second = enter("a", "a2");

    assertThat(first.called()).isTrue();
    assertThat(second.called()).isFalse();
    assertThat(second.ahead()).isEqualTo(1);
    assertThat(room.isWaitedFor(ANY)).isTrue();
    assertThat(room.isWaitedFor(OWN)).isFalse();
  }

  @Test
  void oneAtATimeIsCalledAsEachIsServed() {
    WaitingRoom.Place first = enter("a", "a1");
    WaitingRoom.Place second = enter("a", "a2");
    enter("a", "a3");

    room.leave(first);
    assertThat(run()).containsExactly("a2");
    room.leave(second);
    assertThat(run()).containsExactly("a3");
  }

  @Test
  void tellsWhoWaitsForWhichModelAndSinceWhenTheNextOneDoes() {
    Instant first = now;
    WaitingRoom.Wish other = new WaitingRoom.Wish("openai", "gpt-6-luna", null);
    assertThat(room.lines()).isEmpty();
    WaitingRoom.Place one = enter("a", "a1");
    now = first.plusSeconds(1);
    tryEnter(OWN, "b", "b1");
    now = first.plusSeconds(2);
    WaitingRoom.Place alone = Objects.requireNonNull(tryEnter(other, "c", "c1"));

    assertThat(room.lines())
        .containsExactly(
            new WaitingLine("openai", "gpt-6-sol", 2, first),
            new WaitingLine("openai", "gpt-6-luna", 1, first.plusSeconds(2)));

    room.leave(one);
    WaitingRoom.Place moved = room.move(alone, ANY);
    assertThat(room.lines())
        .containsExactly(new WaitingLine("openai", "gpt-6-sol", 2, first.plusSeconds(1)));
    assertThat(moved.called()).isTrue();
  }

  @Test
  void callersTakeTurns() {
    WaitingRoom.Place place = enter("busy", "busy1");
    WaitingRoom.Place busy2 = enter("busy", "busy2");
    WaitingRoom.Place busy3 = enter("busy", "busy3");
    WaitingRoom.Place calm = enter("calm", "calm1");

    room.leave(place);
    assertThat(run()).containsExactly("busy2");
    room.leave(busy2);
    assertThat(run()).containsExactly("calm1");
    room.leave(calm);
    assertThat(run()).containsExactly("busy3");
    room.leave(busy3);
    assertThat(room.waiting()).isZero();
    assertThat(room.isWaitedFor(ANY)).isFalse();
  }

  @Test
  void theTurnsOfALineTakeAsLongAsTheLastOnesDid() {
    WaitingRoom.Place first = enter("a", "a1");
    WaitingRoom.Place second = enter("a", "a2");
    WaitingRoom.Place third = enter("a", "a3");
    WaitingRoom.Place fourth = enter("a", "a4");
    room.serve(first, 1_000);
    assertThat(room.turns(ANY, 1_500)).isZero();

    room.leave(second);
    room.serve(third, 3_000);
    enter("a", "a5");
    enter("a", "a6");

    assertThat(room.turns(ANY, 3_000)).isEqualTo(3 * 2_000);
    assertThat(room.turns(OWN, 3_000)).isZero();
    room.serve(fourth, 4_000);
    room.serve(fourth, 5_000);
    assertThat(room.turns(ANY, 4_000)).isEqualTo(2 * 1_500);
  }

  @Test
  void newerTurnsCountForMore() {
    Turns turns = new Turns();
    for (int i = 0; i <= 64; i++) {
      turns.had(100 * i);
    }
    assertThat(turns.last(3, 6_400)).isEqualTo(300);

    for (int i = 1; i <= 32; i++) {
      turns.had(6_400 + 200 * i);
    }
    assertThat(turns.last(1, 12_800)).isEqualTo(150);
    // Nobody is served any more: it takes longer and longer.
    assertThat(turns.last(1, 16_000)).isEqualTo(250);
  }

  @Test
  void whoLeavesFreesThePlaceAtOnce() {
    WaitingRoom.Place first = enter("a", "a1");
    WaitingRoom.Place second = enter("a", "a2");
    enter("a", "a3");
    enter("a", "a4");
    assertThat(tryEnter(ANY, "a", "a5")).isNull();
    assertThat(run()).isEmpty();

    room.leave(second);

    assertThat(tryEnter(ANY, "a", "a6")).isNotNull();
    room.leave(first);
    room.leave(first);
    assertThat(run()).containsExactly("a3");
  }

  @Test
  void whatIsFreedCallsTheOneInFrontOnly() {
    enter("a", "a1");
    enter("b", "b1");
    assertThat(tryEnter(OWN, "c", "c1")).isNotNull();

    room.freed("anthropic");
    assertThat(run()).isEmpty();
    room.freed("openai");
    room.freed("openai");
    assertThat(run()).containsExactlyInAnyOrder("a1", "c1");
  }

  @Test
  void whoWasTriedBeforeComesBeforeOthersOfItsCaller() {
    WaitingRoom.Place first = enter("a", "a1");
    enter("a", "a2");
    room.enter(ANY, "a", true, loop, () -> called.add("again"), 4, now);

    room.leave(first);

    assertThat(run()).containsExactly("again");
  }

  @Test
  void nobodyFillsTheRoomForEverybodyElse() {
    WaitingRoom.Place first = enter("busy", "busy1");
    WaitingRoom.Place second = enter("busy", "busy2");
    WaitingRoom.Place third = enter("busy", "busy3");
    WaitingRoom.Place newest = enter("busy", "busy4");

    assertThat(tryEnter(ANY, "calm", "calm1")).isNotNull();
    assertThat(newest.givenUp()).isTrue();
    // It hears of it, and has no place to give back.
    assertThat(run()).containsExactly("busy4");
    room.leave(newest);
    assertThat(room.waiting()).isEqualTo(4);

    assertThat(tryEnter(ANY, "calm", "calm2")).isNotNull();
    assertThat(third.givenUp()).isTrue();
    // Two each: nobody has more to give.
    assertThat(tryEnter(ANY, "calm", "calm3")).isNull();
    assertThat(tryEnter(ANY, "busy", "busy5")).isNull();
    assertThat(tryEnter(ANY, "third", "third1")).isNotNull();
    assertThat(room.waiting()).isEqualTo(4);
    assertThat(first.givenUp()).isFalse();
    assertThat(second.called()).isFalse();
  }

  @Test
  void whoIsCalledAndGivesItsPlaceUpIsFollowedByTheNext() {
    WaitingRoom.Wish other = new WaitingRoom.Wish("gemini", "flash", null);
    enter("busy", "busy1");
    enter("busy", "busy2");
    WaitingRoom.Place calm = Objects.requireNonNull(tryEnter(ANY, "calm", "calm1"));
    assertThat(tryEnter(other, "busy", "busy3")).isNotNull();
    run();

    assertThat(tryEnter(other, "third", "third1")).matches(WaitingRoom.Place::called);
    assertThat(run()).containsExactly("busy3");
    assertThat(calm.givenUp()).isFalse();
  }

  @Test
  void whoChangesToAnotherLineLetsTheNextOfItsOwnAsk() {
    WaitingRoom.Place first = enter("a", "a1");
    enter("b", "b1");
    WaitingRoom.Place own = Objects.requireNonNull(tryEnter(OWN, "c", "c1"));
    assertThat(tryEnter(OWN, "a", "a2")).isNotNull();

    WaitingRoom.Place moved = room.move(first, OWN);

    assertThat(run()).containsExactly("b1");
    assertThat(moved.wish()).isEqualTo(OWN);
    assertThat(moved.called()).isFalse();
    assertThat(room.waiting()).isEqualTo(4);
    room.leave(own);
    assertThat(run()).containsExactly("a1");
  }

  @Test
  void thoseWhoWaitForAModelAreCountedWhateverTheyWaitFor() {
    WaitingRoom.Place any = enter("a", "a1");
    WaitingRoom.Place own = Objects.requireNonNull(tryEnter(OWN, "a", "a2"));
    tryEnter(new WaitingRoom.Wish("openai", "gpt-6-luna", null), "a", "a3");
    assertThat(room.waitingFor(ANY)).isEqualTo(2);

    room.move(own, ANY);
    assertThat(room.waitingFor(ANY)).isEqualTo(2);
    room.leave(any);
    assertThat(room.waitingFor(ANY)).isEqualTo(1);
    room.leave(any);
    assertThat(room.waitingFor(ANY)).isEqualTo(1);
  }

  @Test
  void aGroupIsPartOfAnyOfTheSameModel() {
    assertThat(OWN.isPartOf(ANY)).isTrue();
    assertThat(ANY.isPartOf(OWN)).isFalse();
    assertThat(OWN.isPartOf(new WaitingRoom.Wish("openai", "gpt-6-luna", null))).isFalse();
  }
}
