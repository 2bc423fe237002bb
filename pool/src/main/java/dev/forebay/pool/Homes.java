package dev.forebay.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Which limit group holds the prompt cache of which conversation, and how much each conversation
/// used lately. Thread-safe, lock-free but for growing, which one thread does while others go on.
///
/// A table of longs in sets of [#WAYS] places. A set lies in a few neighbouring cache lines and all
/// of a place in one or two, so that looking one up waits for memory once and allocates nothing. A
/// new key takes a free or expired place of its set, else the one that would expire first. The
/// table grows when that happens to a live one, up to [#MOST_PLACES]: memory is bounded whatever
/// callers send.
///
/// Two threads may write one place at once, and a key may be replaced between a look at it and a
/// look at its home. What that can do is to send one request to a group without its cache.
final class Homes {

  /// How long use is remembered: about the life of a cache, and long enough that a few turns more
  /// or less do not matter.
  static final double RATE = Decayed.rate(Duration.ofMinutes(5));

  static final int WAYS = 8;

  static final int MOST_PLACES = 1 << 18;

  private static final int FIRST_PLACES = 1 << 12;
  private static final int GROWTH = 4;

  // Where things lie in a place, how long it is, and a set.
  private static final int HOME = 1;
  private static final int USE = 2;
  private static final int PLACE = 3;
  private static final int SET = PLACE * WAYS;

  // A tick of 2^32 ns (4.3 s): 26 bits of them are nine years.
  private static final int TICK_SHIFT = 32;
  private static final long TICKS_MASK = (1L << 26) - 1;
  private static final int FLYING_SHIFT = 26;
  private static final long ONE_FLYING = 1L << FLYING_SHIFT;
  private static final long FLYING_MASK = (1L << 6) - 1;
  private static final int GROUP_SHIFT = 32;

  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

  private final AtomicBoolean growing = new AtomicBoolean();
  private volatile Table table = new Table(FIRST_PLACES);

  /// The table as it is now; to be used for one decision.
  Table table() {
    return table;
  }

  /// An attempt of conversation `key` begins on `group` and is expected to use `tokens`.
  void begin(long key, int group, Duration life, long tokens, long now) {
    Table known = table;
    if (!known.begin(key, group, expiry(now, life), tokens, now)) {
      grow(known, now);
    }
  }

  /// That attempt is over; it used `more` tokens than expected.
  void end(long key, int group, double more, long now) {
    table.end(key, group, more, now);
  }

  private static long expiry(long now, Duration life) {
    return Math.min(Context.plus(now, life) >> TICK_SHIFT, TICKS_MASK);
  }

  private void grow(Table full, long now) {
    if (full.places() >= MOST_PLACES || !growing.compareAndSet(false, true)) {
      return;
    }
    try {
      if (table == full) {
        table = full.grown(Math.min(full.places() * GROWTH, MOST_PLACES), now);
      }
    } finally {
      growing.set(false);
    }
  }

  /// What is remembered. A place is an index that [#find] gave.
  static final class Table {

    // For each place its key, its home and its use. A home is the group's hash, the attempts in
    // flight, and when it expires.
    private final long[] cells;
    private final int setMask;

    private Table(int places) {
      this.cells = new long[PLACE * places];
      this.setMask = places / WAYS - 1;
    }

    int places() {
      return cells.length / PLACE;
    }

    /// Where conversation `key` is; -1 when nothing is known of it any more.
    int find(long key, long now) {
      int set = set(key);
      for (int place = set; place < set + SET; place += PLACE) {
        if (get(place) == key) {
          return isLive(get(place + HOME), now) ? place : -1;
        }
      }
      return -1;
    }

    /// The hash of the group that holds its cache.
    int group(int place) {
      return (int) (get(place + HOME) >>> GROUP_SHIFT);
    }

    /// Whether an attempt of it is in flight: then it is not one conversation alone.
    boolean isFlying(int place) {
      return flying(get(place + HOME)) > 0;
    }

    /// The tokens it used lately.
    double used(int place, long now) {
      return Decayed.value(get(place + USE), now, RATE);
    }

    /// False when a live conversation had to go.
    private boolean begin(long key, int group, long expiry, long tokens, long now) {
      int place = place(key);
      boolean room = true;
      if (place < 0) {
        place = victim(key, now);
        room = !isLive(get(place + HOME), now);
        set(place + HOME, 0);
        set(place, key);
        set(place + USE, Decayed.EMPTY);
      }
      use(place, tokens, now);
      long before;
      long after;
      do {
        before = get(place + HOME);
        boolean same = isLive(before, now) && (int) (before >>> GROUP_SHIFT) == group;
        long flying = same ? Math.min(flying(before) + 1, FLYING_MASK) : 1;
        after = ((long) group << GROUP_SHIFT) | (flying << FLYING_SHIFT) | expiry;
      } while (!CELLS.compareAndSet(cells, place + HOME, before, after));
      return room;
    }

    private void end(long key, int group, double more, long now) {
      int place = place(key);
      if (place < 0) {
        return;
      }
      use(place, more, now);
      long before;
      do {
        before = get(place + HOME);
        if ((int) (before >>> GROUP_SHIFT) != group || flying(before) == 0) {
          return;
        }
      } while (!CELLS.compareAndSet(cells, place + HOME, before, before - ONE_FLYING));
    }

    private void use(int place, double tokens, long now) {
      int cell = place + USE;
      long before;
      do {
        before = get(cell);
      } while (!CELLS.compareAndSet(
          cells, cell, before, Decayed.plusAtLeastZero(before, now, tokens, RATE)));
    }

    private int place(long key) {
      int set = set(key);
      for (int place = set; place < set + SET; place += PLACE) {
        if (get(place) == key) {
          return place;
        }
      }
      return -1;
    }

    /// The place of the set that is free, or would be first.
    private int victim(long key, long now) {
      int set = set(key);
      int first = set;
      long soonest = Long.MAX_VALUE;
      for (int place = set; place < set + SET; place += PLACE) {
        long home = get(place + HOME);
        if (!isLive(home, now)) {
          return place;
        }
        if ((home & TICKS_MASK) < soonest) {
          soonest = home & TICKS_MASK;
          first = place;
        }
      }
      return first;
    }

    private Table grown(int places, long now) {
      Table larger = new Table(places);
      for (int place = 0; place < cells.length; place += PLACE) {
        long home = get(place + HOME);
        if (isLive(home, now)) {
          int target = larger.victim(get(place), now);
          larger.set(target, get(place));
          larger.set(target + HOME, home);
          larger.set(target + USE, get(place + USE));
        }
      }
      return larger;
    }

    private int set(long key) {
      return ((int) (key >>> 32) & setMask) * SET;
    }

    private static long flying(long home) {
      return (home >>> FLYING_SHIFT) & FLYING_MASK;
    }

    private static boolean isLive(long home, long now) {
      return (home & TICKS_MASK) > (now >> TICK_SHIFT);
    }

    private long get(int cell) {
      return (long) CELLS.getOpaque(cells, cell);
    }

    private void set(int cell, long value) {
      CELLS.setOpaque(cells, cell, value);
    }
  }
}
