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
/// next is called at once. So as many wake as there is room for, and one more. Turns are fair over
/// all [Lines] of a model.
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

  // By what those wait for whom any key of the model will do. It is the lock of the room.
  private final Map<Wish, Lines> models = new LinkedHashMap<>();

  // Each caller's places, whatever they are for: the one that has waited least comes last.
  private final Map<String, LinkedHashSet<Place>> places = new HashMap<>();
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
    private final Line.Share share;
    private final Timers loop;
    private final Runnable turn;
    private final int ahead;
    private final Instant since;
    private final AtomicBoolean summoned = new AtomicBoolean();
    private volatile boolean called;
    private volatile boolean givenUp;
    private @Nullable String lone;
    private boolean left;

    private Place(
        Wish wish,
        String client,
        Line.Share share,
        Timers loop,
        Runnable turn,
        int ahead,
        Instant since) {
      this.wish = wish;
      this.client = client;
      this.share = share;
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

    /// The share of its caller.
    Line.Share share() {
      return share;
    }

    /// It is to ask the pool from now on, or no longer.
    void call(boolean now) {
      called = now;
      if (now) {
        share.called.add(this);
      } else {
        share.called.remove(this);
      }
    }

    /// It is held where this is the only limit group, if it is.
    void heldFor(@Nullable String only) {
      lone = only;
    }

    @Nullable String lone() {
      return lone;
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

  /// Exchanges that wait. Any thread may ask.
  public int waiting() {
    return waiting;
  }

  /// Who waits for which model, the most wanted one first. Any thread may ask.
  public List<WaitingLine> lines() {
    if (waiting == 0) {
      return List.of();
    }
    List<WaitingLine> all = new ArrayList<>();
    synchronized (models) {
      models.forEach((model, lines) -> {
        Instant since = null;
        for (Line line : lines.all()) {
          Place next = line.called();
          since =
              next == null || (since != null && since.isBefore(next.since)) ? since : next.since;
        }
        if (since != null) {
          all.add(new WaitingLine(model.provider, model.model, lines.length(), since));
        }
      });
    }
    all.sort(
        Comparator.comparingInt(WaitingLine::waiting)
            .reversed()
            .thenComparing(WaitingLine::since)
            .thenComparing(WaitingLine::model));
    return all;
  }

  /// Whether somebody waits for this already.
  boolean isWaitedFor(Wish wish) {
    if (waiting == 0) {
      return false;
    }
    synchronized (models) {
      return line(wish) != null;
    }
  }

  private @Nullable Line line(Wish wish) {
    Lines lines = models.get(wish.anyKey());
    return lines == null ? null : lines.line(wish);
  }

  /// Whether another caller waits for the only limit group that serves a model already.
  boolean isWaitedForByOthers(Wish anyKey, String lone, String client) {
    if (waiting == 0) {
      return false;
    }
    synchronized (models) {
      Lines lines = models.get(anyKey);
      return lines != null && lines.isWaitedFor(lone, client);
    }
  }

  /// Whether a place has to leave what there is to callers who have had fewer turns, though it is
  /// called. It is summoned when that is over.
  ///
  /// @param lone the only limit group that serves the model; null when there are several
  boolean holds(Place place, @Nullable String lone) {
    synchronized (models) {
      Lines lines = models.get(place.wish.anyKey());
      return lines != null && !place.left && lines.holds(place, lone);
    }
  }

  /// How many wait for a model, those among them who wait for one of its groups.
  int waitingFor(Wish anyKey) {
    synchronized (models) {
      Lines lines = models.get(anyKey);
      return lines == null ? 0 : lines.length();
    }
  }

  /// How long those who wait for this now will take to have their turns if they go on like the last
  /// ones, in nanoseconds; 0 when nobody waits or can know.
  long turns(Wish wish, long now) {
    if (waiting == 0) {
      return 0;
    }
    synchronized (models) {
      Line line = line(wish);
      return line == null ? 0 : line.turns.last(line.length(), now);
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
    List<Place> due = new ArrayList<>(2);
    Place place;
    synchronized (models) {
      if (waiting >= most) {
        Place given = newestOfBusiest(client);
        if (given == null) {
          return null;
        }
        given.givenUp = true;
        due.add(given);
        remove(given, false, due);
      }
      place = added(wish, client, first, loop, turn, now, due);
    }
    due.forEach(Place::summon);
    return place;
  }

  /// Changes to another line, before the others of its caller there. Returns the new place.
  Place move(Place from, Wish wish) {
    List<Place> due = new ArrayList<>(2);
    Place place;
    synchronized (models) {
      // In before it is out, so that the turns of its caller are not forgotten.
      place = added(wish, from.client, true, from.loop, from.turn, from.since, due);
      remove(from, false, due);
    }
    due.forEach(Place::summon);
    return place;
  }

  /// Gives a place back to have a turn. Further calls change nothing.
  void serve(Place place, long now) {
    List<Place> due = new ArrayList<>(2);
    synchronized (models) {
      Line line = line(place.wish);
      if (line != null && !place.left) {
        line.turns.had(now);
      }
      remove(place, true, due);
    }
    due.forEach(Place::summon);
  }

  /// Gives a place back: given up, or gone. Further calls change nothing.
  void leave(Place place) {
    List<Place> due = new ArrayList<>(2);
    synchronized (models) {
      remove(place, false, due);
    }
    due.forEach(Place::summon);
  }

  // Guarded by the lock, as all that follow. `due` takes who is to be summoned.
  private Place added(
      Wish wish,
      String client,
      boolean first,
      Timers loop,
      Runnable turn,
      Instant since,
      List<Place> due) {
    Lines lines = models.computeIfAbsent(wish.anyKey(), Lines::new);
    int ahead = lines.lineFor(wish).length();
    Place place = new Place(wish, client, lines.share(client), loop, turn, ahead, since);
    lines.add(place, first, due);
    LinkedHashSet<Place> own = places.computeIfAbsent(client, _ -> new LinkedHashSet<>());
    if (first) {
      own.addFirst(place);
    } else {
      own.add(place);
    }
    waiting++;
    return place;
  }

  private void remove(Place place, boolean served, List<Place> due) {
    Lines lines = models.get(place.wish.anyKey());
    if (place.left || lines == null) {
      return;
    }
    place.left = true;
    waiting--;
    LinkedHashSet<Place> own = places.get(place.client);
    if (own != null && own.remove(place) && own.isEmpty()) {
      places.remove(place.client);
    }
    lines.remove(place, served, due);
    if (lines.length() == 0) {
      models.remove(place.wish.anyKey());
    }
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
    synchronized (models) {
      for (Lines lines : models.values()) {
        if (lines.any().provider.equals(provider)) {
          for (Line line : lines.all()) {
            Place place = line.called();
            if (place != null) {
              called.add(place);
            }
          }
        }
      }
    }
    called.forEach(Place::summon);
  }
}
