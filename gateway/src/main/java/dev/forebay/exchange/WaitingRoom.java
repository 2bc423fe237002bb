package dev.forebay.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Where exchanges wait for a key that is due soon.
///
/// Those who wait for the same stand in one line: in the order of their arrival, callers taking
/// turns. One of a line is called, and it alone asks the pool; when it is served, or leaves, the
/// next is called at once. So as many wake as there is room for, and one more.
///
/// Thread-safe: one short lock, which nobody takes while nobody waits, and under which nothing is
/// called. Who is called hears of it on its own event loop.
public final class WaitingRoom {

  private final Map<Wish, Line> lines = new LinkedHashMap<>();
  private volatile int waiting;

  /// What is waited for.
  ///
  /// @param group the limit group that owns a resource the request builds on; null for any
  record Wish(String provider, String model, @Nullable String group) {}

  /// One exchange's place. The fields that are not final are guarded by the lock of the room.
  static final class Place {

    private final Wish wish;
    private final String client;
    private final Timers loop;
    private final Runnable turn;
    private final int ahead;
    private final AtomicBoolean summoned = new AtomicBoolean();
    private volatile boolean called;
    private boolean left;

    private Place(Wish wish, String client, Timers loop, Runnable turn, int ahead) {
      this.wish = wish;
      this.client = client;
      this.loop = loop;
      this.turn = turn;
      this.ahead = ahead;
    }

    Wish wish() {
      return wish;
    }

    /// How many were in the line when it was taken.
    int ahead() {
      return ahead;
    }

    /// Whether this one is to ask the pool.
    boolean called() {
      return called;
    }

    /// Its turn has begun.
    void turned() {
      summoned.set(false);
    }

    private void summon() {
      if (summoned.compareAndSet(false, true)) {
        loop.soon(turn);
      }
    }
  }

  private static final class Line {

    // Callers in the order in which they take turns, each with its own in the order of arrival.
    private final Map<String, LinkedHashSet<Place>> byClient = new LinkedHashMap<>();
    private @Nullable Place called;
    private int length;

    void add(Place place, boolean first) {
      LinkedHashSet<Place> own = byClient.get(place.client);
      if (own == null) {
        own = new LinkedHashSet<>();
        if (first) {
          ((LinkedHashMap<String, LinkedHashSet<Place>>) byClient).putFirst(place.client, own);
        } else {
          byClient.put(place.client, own);
        }
      }
      if (first) {
        own.addFirst(place);
      } else {
        own.add(place);
      }
    }

    void remove(Place place) {
      LinkedHashSet<Place> own = byClient.get(place.client);
      if (own != null && own.remove(place) && own.isEmpty()) {
        byClient.remove(place.client);
      }
    }

    /// Takes out the first of the caller whose turn it is; null when nobody is left.
    @Nullable Place next() {
      if (byClient.isEmpty()) {
        return null;
      }
      String client = byClient.keySet().iterator().next();
      LinkedHashSet<Place> own = byClient.remove(client);
      if (own == null) {
        return null;
      }
      Place place = own.removeFirst();
      if (!own.isEmpty()) {
        byClient.put(client, own);
      }
      return place;
    }
  }

  /// Exchanges that wait. Any thread may ask.
  public int waiting() {
    return waiting;
  }

  /// Whether somebody waits for this already.
  boolean isWaitedFor(Wish wish) {
    if (waiting == 0) {
      return false;
    }
    synchronized (lines) {
      return lines.containsKey(wish);
    }
  }

  /// Takes a place in the line; null when as many as may wait do so. The first of a line is called.
  ///
  /// @param client the caller, who takes turns with others
  /// @param first before the others of this caller, because it has been tried before
  /// @param loop where `turn` is run
  /// @param turn it is called, or what it waits for may have come
  /// @param most how many may wait at once
  @Nullable Place enter(
      Wish wish, String client, boolean first, Timers loop, Runnable turn, int most) {
    synchronized (lines) {
      if (waiting >= most) {
        return null;
      }
      Line line = lines.computeIfAbsent(wish, _ -> new Line());
      Place place = new Place(wish, client, loop, turn, line.length);
      if (line.called == null) {
        line.called = place;
        place.called = true;
      } else {
        line.add(place, first);
      }
      line.length++;
      waiting++;
      return place;
    }
  }

  /// Gives a place back: served, given up, or gone. Further calls change nothing.
  void leave(Place place) {
    Place next = null;
    synchronized (lines) {
      Line line = lines.get(place.wish);
      if (place.left || line == null) {
        return;
      }
      place.left = true;
      line.length--;
      waiting--;
      if (line.called == place) {
        next = line.next();
        line.called = next;
        if (next != null) {
          next.called = true;
        }
      } else {
        line.remove(place);
      }
      if (line.length == 0) {
        lines.remove(place.wish);
      }
    }
    if (next != null) {
      next.summon();
    }
  }

  /// A lease on a key of this provider has ended: who is called asks again.
  void freed(String provider) {
    if (waiting == 0) {
      return;
    }
    List<Place> called = new ArrayList<>(2);
    synchronized (lines) {
      lines.forEach((wish, line) -> {
        Place place = line.called;
        if (place != null && wish.provider.equals(provider)) {
          called.add(place);
        }
      });
    }
    called.forEach(Place::summon);
  }
}
