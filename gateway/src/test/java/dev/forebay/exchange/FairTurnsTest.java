package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Turns are fair over all lines of a model.
class FairTurnsTest {

  private static final WaitingRoom.Wish ANY = new WaitingRoom.Wish("openai", "gpt-6-sol", null);
  private static final WaitingRoom.Wish ACME = new WaitingRoom.Wish("openai", "gpt-6-sol", "acme");
  private static final WaitingRoom.Wish EMCA = new WaitingRoom.Wish("openai", "gpt-6-sol", "emca");

  private final WaitingRoom room = new WaitingRoom();
  private final ManualLoop loop = new ManualLoop();
  private final List<String> summoned = new ArrayList<>();

  private WaitingRoom.Place enter(WaitingRoom.Wish wish, String client, String name) {
    List<WaitingRoom.Place> own = new ArrayList<>(1);
    Runnable turn =
        () -> {
          own.getFirst().turned();
          summoned.add(name);
        };
    WaitingRoom.Place place =
        Objects.requireNonNull(room.enter(wish, client, false, loop, turn, 100, Instant.EPOCH));
    own.add(place);
    return place;
  }

  private List<String> run() {
    summoned.clear();
    loop.run();
    return List.copyOf(summoned);
  }

  private boolean isHeld(WaitingRoom.Place place) {
    return room.holds(place, null);
  }

  @Test
  void whoWaitsForItsHomeIsHeldForACallerWithFewerTurnsThatWaitsForAny() {
    WaitingRoom.Place home1 = enter(ACME, "homed", "home1");
    WaitingRoom.Place home2 = enter(ACME, "homed", "home2");
    WaitingRoom.Place new1 = enter(ANY, "calm", "new1");
    enter(ANY, "calm", "new2");
    assertThat(isHeld(home1)).isFalse();

    room.serve(home1, 1);
    assertThat(run()).containsExactly("home2");
    assertThat(isHeld(home2)).isTrue();
    // Who waits for any takes the room of other groups too.
    assertThat(isHeld(new1)).isFalse();

    room.serve(new1, 2);
    assertThat(run()).containsExactlyInAnyOrder("new2", "home2");
    assertThat(isHeld(home2)).isFalse();
  }

  @Test
  void whoWaitsForAnyIsHeldWhereThereIsOneGroupOnly() {
    WaitingRoom.Place home1 = enter(ACME, "homed", "home1");
    WaitingRoom.Place new1 = enter(ANY, "calm", "new1");
    WaitingRoom.Place new2 = enter(ANY, "calm", "new2");
    room.serve(new1, 1);
    assertThat(run()).containsExactly("new2");

    assertThat(room.holds(new2, "acme")).isTrue();
    assertThat(room.holds(home1, "acme")).isFalse();
    assertThat(room.holds(new2, "emca")).isFalse();
    assertThat(room.holds(new2, null)).isFalse();

    assertThat(room.holds(new2, "acme")).isTrue();
    enter(ACME, "homed", "home2");
    room.serve(home1, 2);
    assertThat(run()).containsExactlyInAnyOrder("home2", "new2");
    assertThat(room.holds(new2, "acme")).isFalse();
  }

  @Test
  void nobodyIsHeldForItsOwnCaller() {
    List<WaitingRoom.Place> homes = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      homes.add(enter(i % 2 == 0 ? ACME : EMCA, "one", "home" + i));
    }
    WaitingRoom.Place any = enter(ANY, "one", "any");

    for (int i = 0; i < 7; i++) {
      assertThat(isHeld(homes.get(i))).isFalse();
      assertThat(room.holds(any, "acme")).isFalse();
      room.serve(homes.get(i), i);
      assertThat(run()).containsExactly("home" + (i + 2));
    }
    assertThat(any.called()).isTrue();
  }

  @Test
  void whoIsHeldIsSummonedWhenWhoeverItWasHeldForIsGone() {
    WaitingRoom.Place home1 = enter(ACME, "homed", "home1");
    WaitingRoom.Place home2 = enter(ACME, "homed", "home2");
    WaitingRoom.Place any = enter(ANY, "calm", "any");
    room.serve(home1, 1);
    run();

    assertThat(isHeld(home2)).isTrue();
    room.leave(any);
    assertThat(run()).containsExactly("home2");
    assertThat(isHeld(home2)).isFalse();

    WaitingRoom.Place other = enter(EMCA, "calm", "other");
    room.serve(other, 2);
    WaitingRoom.Place newer = enter(ANY, "newer", "newer");
    // It stands where the one present does, and is ahead of nobody.
    assertThat(isHeld(home2)).isFalse();
    enter(ACME, "homed", "home3");
    room.serve(home2, 3);
    assertThat(run()).containsExactly("home3");
    assertThat(room.waiting()).isEqualTo(2);
    WaitingRoom.Place moved = room.move(newer, EMCA);
    assertThat(moved.called()).isTrue();
    assertThat(run()).isEmpty();
  }

  @Test
  void whoIsHeldIsSummonedWhenTheOtherMovesOrGivesItsPlaceUp() {
    WaitingRoom.Place home1 = enter(ACME, "homed", "home1");
    WaitingRoom.Place home2 = enter(ACME, "homed", "home2");
    WaitingRoom.Place any = enter(ANY, "calm", "any");
    room.serve(home1, 1);
    run();
    assertThat(isHeld(home2)).isTrue();

    WaitingRoom.Place moved = room.move(any, EMCA);
    assertThat(run()).containsExactly("home2");

    WaitingRoom.Place back = room.move(moved, ANY);
    assertThat(isHeld(home2)).isTrue();
    enter(EMCA, "calm", "other");
    room.leave(back);
    assertThat(run()).containsExactly("home2");

    // Somebody who is held and has left is not summoned.
    WaitingRoom.Place again = enter(ANY, "calm", "again");
    assertThat(isHeld(home2)).isTrue();
    room.leave(home2);
    room.leave(again);
    assertThat(run()).isEmpty();
  }

  @Test
  void whoIsCalledGivesWayToACallerWithFewerTurns() {
    WaitingRoom.Place large = enter(ANY, "busy", "large");
    WaitingRoom.Place home1 = enter(ACME, "busy", "home1");
    WaitingRoom.Place home2 = enter(ACME, "busy", "home2");
    WaitingRoom.Place calm = enter(ANY, "calm", "calm");
    assertThat(large.called()).isTrue();

    room.serve(home1, 1);

    // Else its homes would be served for as long as the large one waits, and nobody else.
    assertThat(run()).containsExactly("home2", "calm");
    assertThat(large.called()).isFalse();
    assertThat(calm.called()).isTrue();
    assertThat(isHeld(home2)).isTrue();
    room.serve(calm, 2);
    assertThat(run()).containsExactlyInAnyOrder("large", "home2");
  }

  @Test
  void whoComesAnewBeginsWithTheLeastOfThosePresent() {
    List<WaitingRoom.Place> busy = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      busy.add(enter(ANY, "busy", "busy" + i));
    }
    busy.subList(0, 3).forEach(place -> room.serve(place, 1));
    enter(ACME, "late", "late1");
    enter(ANY, "late", "late2");
    run();

    // It does not catch up.
    assertThat(busy.get(3).called()).isTrue();
    room.serve(busy.get(3), 2);
    assertThat(run()).containsExactly("late2");
  }

  @Test
  void whoWasAheadStaysAheadForAsLongAsOthersWait() {
    WaitingRoom.Place large = enter(ANY, "calm", "large");
    WaitingRoom.Place small = enter(ACME, "busy", "small1");
    assertThat(isHeld(small)).isFalse();
    room.serve(small, 1);

    WaitingRoom.Place again = enter(ACME, "busy", "small2");
    assertThat(isHeld(again)).isTrue();
    room.leave(again);
    room.leave(large);
    assertThat(room.waiting()).isZero();

    // Nobody waited: all is forgotten.
    enter(ANY, "calm", "large");
    assertThat(isHeld(enter(ACME, "busy", "small3"))).isFalse();
  }

  @Test
  void othersWhoWaitForTheOnlyGroupAreKnown() {
    assertThat(room.isWaitedForByOthers(ANY, "acme", "calm")).isFalse();
    enter(ACME, "busy", "home");

    assertThat(room.isWaitedForByOthers(ANY, "acme", "calm")).isTrue();
    assertThat(room.isWaitedForByOthers(ANY, "acme", "busy")).isFalse();
    assertThat(room.isWaitedForByOthers(ANY, "emca", "calm")).isFalse();
  }

  @Test
  void linesOfOtherModelsDoNotMatter() {
    WaitingRoom.Place home1 = enter(ACME, "homed", "home1");
    WaitingRoom.Place home2 = enter(ACME, "homed", "home2");
    enter(new WaitingRoom.Wish("openai", "gpt-6-luna", null), "calm", "new1");

    room.serve(home1, 1);

    assertThat(isHeld(home2)).isFalse();
  }
}
