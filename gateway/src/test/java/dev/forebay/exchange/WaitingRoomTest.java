package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

  private static final WaitingRoom.Wish ANY = new WaitingRoom.Wish("openai", "gpt-6-sol", null);
  private static final WaitingRoom.Wish OWN = new WaitingRoom.Wish("openai", "gpt-6-sol", "acme");

  private final WaitingRoom room = new WaitingRoom();
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final List<String> called = new ArrayList<>();

  private final Timers timers =
      new Timers() {
        @Override
        public Timer after(Duration delay, Runnable action) {
          throw new AssertionError("nobody asked for a timer");
        }

        @Override
        public void soon(Runnable action) {
          loop.add(action);
        }
      };

  private WaitingRoom.@Nullable Place tryEnter(WaitingRoom.Wish wish, String client, String name) {
    return room.enter(wish, client, false, timers, () -> called.add(name), 4);
  }

  private WaitingRoom.Place enter(String client, String name) {
    return Objects.requireNonNull(tryEnter(ANY, client, name));
  }

  private List<String> run() {
    called.clear();
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
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
  void whoLeavesFreesThePlaceAtOnce() {
    WaitingRoom.Place first = enter("a", "a1");
    WaitingRoom.Place second = enter("a", "a2");
    enter("a", "a3");
    enter("a", "a4");
    assertThat(tryEnter(ANY, "a", "a5")).isNull();

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
    room.enter(ANY, "a", true, timers, () -> called.add("again"), 4);

    room.leave(first);

    assertThat(run()).containsExactly("again");
  }
}
