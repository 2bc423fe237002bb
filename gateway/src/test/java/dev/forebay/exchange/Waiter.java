package dev.forebay.exchange;

import java.time.Instant;

/// Somebody who waits for any key of a model, and is never called.
public final class Waiter {

  private static final int ROOM = 1_000;

  private final WaitingRoom room;
  private final WaitingRoom.Place place;

  public Waiter(WaitingRoom room, String provider, String model, Instant now) {
    this.room = room;
    WaitingRoom.Wish wish = new WaitingRoom.Wish(provider, model, null);
    WaitingRoom.Place entered =
        room.enter(wish, "client", false, new ManualLoop(), () -> {}, ROOM, now);
    if (entered == null) {
      throw new AssertionError("the room is full");
    }
    this.place = entered;
  }

  public void leave() {
    room.leave(place);
  }
}
