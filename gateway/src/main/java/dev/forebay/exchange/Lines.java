package dev.forebay.exchange;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lines of those who wait for one model: for any of its keys, and for one limit group each.
/// They race for the same room, so what is fair is reckoned over all of them.
///
/// Every caller's turns are counted, and one who comes anew begins with the least of those present,
/// or where it was if that is more [1]: it neither catches up nor falls behind. Who is called in a
/// line is held while the one called in another line for the same room is a caller's who has had
/// fewer turns. Nobody is held for its own caller.
///
/// Who waits for any key is not held for who waits for a group, but where there is no other group:
/// elsewhere it takes nothing away.
///
/// [1] P. Goyal, H. Vin, H. Cheng, Start-time Fair Queueing, SIGCOMM 1996.
///
/// Not thread-safe: guarded by the lock of the [WaitingRoom].
final class Lines {

  private final WaitingRoom.Wish any;
  private final Map<WaitingRoom.Wish, Line> lines = new LinkedHashMap<>();

  // Of those who wait, and of those who do no longer but were ahead of some who do.
  private final Map<String, Line.Share> shares = new HashMap<>();

  // Those who asked and were told that they are held.
  private final LinkedHashSet<WaitingRoom.Place> held = new LinkedHashSet<>();
  private int length;

  /// @param any what those wait for whom any key of the model will do
  Lines(WaitingRoom.Wish any) {
    this.any = any;
  }

  WaitingRoom.Wish any() {
    return any;
  }

  @Nullable Line line(WaitingRoom.Wish wish) {
    return lines.get(wish);
  }

  Collection<Line> all() {
    return lines.values();
  }

  /// How many wait.
  int length() {
    return length;
  }

  /// The line for this, in which somebody is about to stand.
  Line lineFor(WaitingRoom.Wish wish) {
    return lines.computeIfAbsent(wish, _ -> new Line());
  }

  /// The share of a caller who is about to take a place.
  Line.Share share(String client) {
    Line.Share known = shares.get(client);
    if (known != null && known.places > 0) {
      return known;
    }
    long least = least();
    shares.values().removeIf(share -> share.places == 0 && share.turns <= least);
    Line.Share share = shares.computeIfAbsent(client, _ -> new Line.Share());
    share.turns = Math.max(share.turns, least);
    return share;
  }

  private long least() {
    long least = Long.MAX_VALUE;
    for (Line.Share share : shares.values()) {
      if (share.places > 0) {
        least = Math.min(least, share.turns);
      }
    }
    return least == Long.MAX_VALUE ? 0 : least;
  }

  /// @param first before the others of its caller
  /// @param due takes who is to be summoned
  void add(WaitingRoom.Place place, boolean first, List<WaitingRoom.Place> due) {
    Line line = lineFor(place.wish());
    boolean empty = line.called() == null;
    line.add(place, first);
    length++;
    place.share().places++;
    WaitingRoom.Place next = line.call();
    if (next != null && !empty) {
      due.add(next);
      release(due);
    }
  }

  /// Takes a place out of its line.
  ///
  /// @param served whether to have a turn
  /// @param due takes who is to be summoned
  void remove(WaitingRoom.Place place, boolean served, List<WaitingRoom.Place> due) {
    Line line = lines.get(place.wish());
    if (line == null) {
      return;
    }
    length--;
    held.remove(place);
    line.remove(place);
    Line.Share share = place.share();
    share.places--;
    if (served) {
      share.turns++;
    }
    call(line, due);
    if (line.length() == 0) {
      lines.remove(place.wish());
    }
    if (served) {
      for (WaitingRoom.Place other : List.copyOf(share.called)) {
        Line its = lines.get(other.wish());
        if (its != null && its != line) {
          call(its, due);
        }
      }
    }
    release(due);
  }

  private static void call(Line line, List<WaitingRoom.Place> due) {
    WaitingRoom.Place next = line.call();
    if (next != null) {
      due.add(next);
    }
  }

  /// Whether a place that is called has to leave what there is to others; if so, it is summoned
  /// when it has no longer to.
  ///
  /// @param lone the only limit group that serves the model; null when there are several
  boolean holds(WaitingRoom.Place place, @Nullable String lone) {
    if (!place.called() || !isHeld(place, lone)) {
      held.remove(place);
      return false;
    }
    place.heldFor(lone);
    held.add(place);
    return true;
  }

  private boolean isHeld(WaitingRoom.Place place, @Nullable String lone) {
    Line.Share own = place.share();
    Line.Share ahead = calledIn(place.wish().group() == null ? only(lone) : any);
    return ahead != null && ahead != own && ahead.turns < own.turns;
  }

  /// Whether another caller waits for the only group there is.
  boolean isWaitedFor(String lone, String client) {
    Line.Share ahead = calledIn(only(lone));
    return ahead != null && ahead != shares.get(client);
  }

  private WaitingRoom.@Nullable Wish only(@Nullable String lone) {
    return lone == null ? null : new WaitingRoom.Wish(any.provider(), any.model(), lone);
  }

  private Line.@Nullable Share calledIn(WaitingRoom.@Nullable Wish wish) {
    Line line = wish == null ? null : lines.get(wish);
    WaitingRoom.Place called = line == null ? null : line.called();
    return called == null ? null : called.share();
  }

  private void release(List<WaitingRoom.Place> due) {
    held.removeIf(place -> {
      boolean stays = place.called() && isHeld(place, place.lone());
      if (!stays && place.called()) {
        due.add(place);
      }
      return !stays;
    });
  }
}
