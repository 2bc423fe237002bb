package dev.forebay.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
/// The room is bounded. When it is full the caller with the most places gives its newest up to one
/// who has fewer: nobody can fill it for everybody else [1].
///
/// [1] P. McKenney, Stochastic Fairness Queueing, INFOCOM 1990: who is dropped when the buffer is
/// full.
///
/// Thread-safe: one short lock, which nobody takes while nobody waits, and under which nothing is
/// called. Who is called hears of it on its own event loop.
public final class WaitingRoom {

  private final Map<Wish, Line> lines = new LinkedHashMap<>();

  // Each caller's places, whatever they are for: the one that has waited least comes last.
  private final Map<String, LinkedHashSet<Place>> places = new HashMap<>();

  // How many wait for a model, whatever group they wait for.
  private final Map<Wish, Integer> models = new HashMap<>();
  private volatile int waiting;

  /// What is waited for.
  ///
  /// @param group the limit group that owns a resource the request builds on; null for any
  record Wish(String provider, String model, @Nullable String group) {

    /// The same for any of the keys.
    Wish anyKey() {
      return group == null ? this : new Wish(provider, model, null);
    }

    /// Whether the other one is for any group of the same.
    boolean isPartOf(Wish other) {
      return other.group == null && provider.equals(other.provider) && model.equals(other.model);
    }
  }

  /// One exchange's place. The fields that are not final are guarded by the lock of the room.
  static final class Place {

    private final Wish wish;
    private final String client;
    private final Timers loop;
    private final Runnable turn;
    private final int ahead;
    private final Instant since;
    private final AtomicBoolean summoned = new AtomicBoolean();
    private volatile boolean called;
    private volatile boolean givenUp;
    private boolean left;

    private Place(Wish wish, String client, Timers loop, Runnable turn, int ahead, Instant since) {
      this.wish = wish;
      this.client = client;
      this.loop = loop;
      this.turn = turn;
      this.ahead = ahead;
      this.since = since;
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

    /// Whether it has been given to a caller with fewer.
    boolean givenUp() {
      return givenUp;
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
    private final Turns turns = new Turns();
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

  /// Who waits for which model, the most wanted one first. Any thread may ask.
  public List<WaitingLine> lines() {
    if (waiting == 0) {
      return List.of();
    }
    Map<Wish, WaitingLine> byModel = new HashMap<>();
    synchronized (lines) {
      lines.forEach((wish, line) -> {
        Place next = line.called;
        if (next != null) {
          Wish model = wish.anyKey();
          int all = models.getOrDefault(model, line.length);
          byModel.merge(
              model,
              new WaitingLine(model.provider, model.model, all, next.since),
              (one, other) -> one.since().isAfter(other.since()) ? other : one);
        }
      });
    }
    return byModel.values().stream()
        .sorted(
            Comparator.comparingInt(WaitingLine::waiting)
                .reversed()
                .thenComparing(WaitingLine::since)
                .thenComparing(WaitingLine::model))
        .toList();
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

  /// How many wait for a model, those among them who wait for one of its groups.
  int waitingFor(Wish anyKey) {
    synchronized (lines) {
      return models.getOrDefault(anyKey, 0);
    }
  }

  /// How long those who wait for this now will take to have their turns if they go on like the last
  /// ones, in nanoseconds; 0 when nobody waits or can know.
  long turns(Wish wish, long now) {
    if (waiting == 0) {
      return 0;
    }
    synchronized (lines) {
      Line line = lines.get(wish);
      return line == null ? 0 : line.turns.last(line.length, now);
    }
  }

  /// Takes a place in the line; null when as many as may wait do so, and nobody has more places to
  /// give one up. The first of a line is called.
  ///
  /// @param client the caller, who takes turns with others
  /// @param first before the others of this caller, because it has been tried before
  /// @param loop where `turn` is run
  /// @param turn it is called, or what it waits for may have come
  /// @param most how many may wait at once
  /// @param now the time
  @Nullable Place enter(
      Wish wish, String client, boolean first, Timers loop, Runnable turn, int most, Instant now) {
    Place given = null;
    Place next = null;
    Place place;
    synchronized (lines) {
      if (waiting >= most) {
        given = newestOfBusiest(client);
        if (given == null) {
          return null;
        }
        given.givenUp = true;
        next = removed(given);
      }
      place = added(wish, client, first, loop, turn, now);
    }
    if (given != null) {
      given.summon();
    }
    if (next != null) {
      next.summon();
    }
    return place;
  }

  /// Changes to another line, before the others of its caller there. Returns the new place.
  Place move(Place from, Wish wish) {
    Place next;
    Place place;
    synchronized (lines) {
      next = removed(from);
      place = added(wish, from.client, true, from.loop, from.turn, from.since);
    }
    if (next != null) {
      next.summon();
    }
    return place;
  }

  /// Gives a place back to have a turn. Further calls change nothing.
  void serve(Place place, long now) {
    Place next;
    synchronized (lines) {
      Line line = lines.get(place.wish);
      if (line != null && !place.left) {
        line.turns.had(now);
      }
      next = removed(place);
    }
    if (next != null) {
      next.summon();
    }
  }

  /// Gives a place back: given up, or gone. Further calls change nothing.
  void leave(Place place) {
    Place next;
    synchronized (lines) {
      next = removed(place);
    }
    if (next != null) {
      next.summon();
    }
  }

  // Guarded by the lock, as all that follow.
  private Place added(
      Wish wish, String client, boolean first, Timers loop, Runnable turn, Instant since) {
    Line line = lines.computeIfAbsent(wish, _ -> new Line());
    Place place = new Place(wish, client, loop, turn, line.length, since);
    if (line.called == null) {
      line.called = place;
      place.called = true;
    } else {
      line.add(place, first);
    }
    LinkedHashSet<Place> own = places.computeIfAbsent(client, _ -> new LinkedHashSet<>());
    if (first) {
      own.addFirst(place);
    } else {
      own.add(place);
    }
    line.length++;
    models.merge(wish.anyKey(), 1, Integer::sum);
    waiting++;
    return place;
  }

  /// Takes a place out of its line. Returns who is called now in its stead, if anybody is.
  private @Nullable Place removed(Place place) {
    Line line = lines.get(place.wish);
    if (place.left || line == null) {
      return null;
    }
    place.left = true;
    line.length--;
    models.computeIfPresent(place.wish.anyKey(), (_, count) -> count == 1 ? null : count - 1);
    waiting--;
    LinkedHashSet<Place> own = places.get(place.client);
    if (own != null && own.remove(place) && own.isEmpty()) {
      places.remove(place.client);
    }
    Place next = null;
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
    return next;
  }

  /// The newest place of the caller with the most, if that are more than `client` will have.
  private @Nullable Place newestOfBusiest(String client) {
    LinkedHashSet<Place> own = places.get(client);
    int most = own == null ? 1 : own.size() + 1;
    Place newest = null;
    for (LinkedHashSet<Place> each : places.values()) {
      if (each.size() > most) {
        most = each.size();
        newest = each.getLast();
      }
    }
    return newest;
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
