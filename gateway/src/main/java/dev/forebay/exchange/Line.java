package dev.forebay.exchange;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// Those who wait for the same. One of them is called: of the caller who has had the fewest turns
/// with the model, the first. Not thread-safe: guarded by the lock of the [WaitingRoom].
final class Line {

  // Callers in the order in which they take turns, each with its own in the order of arrival;
  // without the one that is called.
  private final LinkedHashMap<Share, LinkedHashSet<WaitingRoom.Place>> byClient =
      new LinkedHashMap<>();

  final Turns turns = new Turns();
  private WaitingRoom.@Nullable Place called;
  private int length;

  /// One caller's part of what is waited for. A caller is as far as the turns it has had.
  static final class Share {

    final LinkedHashSet<WaitingRoom.Place> called = LinkedHashSet.newLinkedHashSet(2);
    int places;
    long turns;
  }

  WaitingRoom.@Nullable Place called() {
    return called;
  }

  int length() {
    return length;
  }

  void add(WaitingRoom.Place place, boolean first) {
    length++;
    putBack(place, first);
  }

  private void putBack(WaitingRoom.Place place, boolean first) {
    LinkedHashSet<WaitingRoom.Place> own = byClient.get(place.share());
    if (own == null) {
      own = new LinkedHashSet<>();
      if (first) {
        byClient.putFirst(place.share(), own);
      } else {
        byClient.put(place.share(), own);
      }
    }
    if (first) {
      own.addFirst(place);
    } else {
      own.add(place);
    }
  }

  void remove(WaitingRoom.Place place) {
    length--;
    if (called == place) {
      called = null;
      place.call(false);
      return;
    }
    LinkedHashSet<WaitingRoom.Place> own = byClient.get(place.share());
    if (own != null && own.remove(place) && own.isEmpty()) {
      byClient.remove(place.share());
    }
  }

  /// Calls whose turn it is, if nobody is called or one who has had more turns. Returns who is
  /// called now and was not before; null when nothing changes.
  WaitingRoom.@Nullable Place call() {
    WaitingRoom.Place before = called;
    Share least = least();
    if (least == null || (before != null && before.share().turns <= least.turns)) {
      return null;
    }
    LinkedHashSet<WaitingRoom.Place> own = byClient.remove(least);
    if (own == null) {
      return null;
    }
    WaitingRoom.Place next = own.removeFirst();
    if (!own.isEmpty()) {
      byClient.put(least, own);
    }
    if (before != null) {
      before.call(false);
      putBack(before, true);
    }
    next.call(true);
    called = next;
    return next;
  }

  private @Nullable Share least() {
    Share least = null;
    for (Share share : byClient.keySet()) {
      if (least == null || share.turns < least.turns) {
        least = share;
      }
    }
    return least;
  }
}
