package dev.forebay.exchange;

import java.time.Duration;
import java.time.Instant;

/// Somebody who waits for any key of a model, and is never called.
public final class Waiter {

  private static final int ROOM = 1_000;

  private static final Timers DEAF =
      new Timers() {
        @Override
        public Timer after(Duration delay, Runnable action) {
          throw new AssertionError("nobody asked for a timer");
        }

        @Override
        public void soon(Runnable action) {}
      };

  private final WaitingRoom room;
  private final WaitingRoom.Place place;

  public Waiter(WaitingRoom room, String provider, String model, Instant now) {
    this.room = room;
    WaitingRoom.Wish wish = new WaitingRoom.Wish(provider, model, null);
    WaitingRoom.Place entered = room.enter(wish, "client", false, DEAF, () -> {}, ROOM, now);
    if (entered == null) {
      throw new AssertionError("the room is full");
    }
    this.place = entered;
  }

  public void leave() {
    room.leave(place);
  }
}
