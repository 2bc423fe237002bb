package dev.forebay.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The nodes of a pool that can be drawn from, in tiers of descending priority. Immutable; not one
/// array in it is ever written after it was published.
///
/// @param version the pool's version it was made from
/// @param decisions what people had decided about the provider's keys when it was made
/// @param validUntil when time alone changes it
/// @param nextBuild before this instant another one is not worth its making, unless it is needed
/// @param usable keys that nobody switched off or rejected
record Ready(
    Tier[] tiers, long version, long decisions, long validUntil, long nextBuild, int usable) {

  /// Who has no room for longer than this is not waited for: what it can't do is shared by the
  /// rest.
  private static final long SOON = 5_000_000_000L;

  /// Who is granted so many times less than the best of its tier is not missed by the rest.
  static final float SMALL = 8;

  /// Before the first refresh.
  static final Ready NONE = new Ready(new Tier[0], -1, -1, Long.MIN_VALUE, Long.MIN_VALUE, 0);

  /// Whether a home in this tier is waited for: a key that is alone is not while there are others
  /// below it.
  boolean staysIn(int tier) {
    return tier < tiers.length && (tiers[tier].seats.length > 1 || tier == tiers.length - 1);
  }

  // Both draws come out of one random long, half of it each. Scaling 32 bits instead of rejecting
  // some favours no index by more than the size in 2^32.
  static int first(long chance, int size) {
    return (int) (((chance >>> 32) * size) >>> 32);
  }

  // The second draw is over one value fewer, shifted past the first: distinct and unbiased.
  static int second(long chance, int first, int size) {
    int second = (int) (((chance & 0xFFFF_FFFFL) * (size - 1)) >>> 32);
    return second >= first ? second + 1 : second;
  }

  /// The ready nodes of one priority. What choices compare is found through two small arrays: a
  /// draw touches two entries of each, two loads, and nothing else of the nodes.
  static final class Tier {

    final int priority;
    final Seat[] seats;
    private final Skips skips;

    // The ready seats of the whole set by priority.
    private final List<List<Seat>> tiers;
    private final List<Skipped> skipped;

    // Until when somebody is out because its limits have no room, the first one to come back.
    private final long scarceUntil;

    // The weight of those who are just not small.
    private final float small;

    private final String[] keyIds;
    private final long[][] chunks;
    private final int[] places;
    private final float[] weights;
    private final boolean limitsKnown;

    // Made when the first conversation comes; all that are made are alike.
    private volatile @Nullable Kin kin;

    /// @param tiers the ready seats by priority
    /// @param scarceUntil until when somebody is out because its limits have no room, the first one
    ///   to come back; anything earlier than now when nobody is
    Tier(int priority, List<List<Seat>> tiers, long scarceUntil, Skips skips) {
      this.priority = priority;
      this.tiers = tiers;
      this.scarceUntil = scarceUntil;
      this.skips = skips;
      this.skipped = skips.of(priority, tiers, List.of());
      this.seats = tiers.get(priority).toArray(Seat[]::new);
      this.keyIds = new String[seats.length];
      this.places = new int[seats.length];
      this.weights = new float[seats.length];
      Places.Packing packing = new Places.Packing();
      boolean anyLimits = false;
      float lightest = Float.POSITIVE_INFINITY;
      for (int i = 0; i < seats.length; i++) {
        keyIds[i] = seats[i].node.id;
        places[i] = packing.pack(seats[i].node.load.place);
        weights[i] = seats[i].weight;
        lightest = Math.min(lightest, weights[i]);
        anyLimits |= seats[i].groupModel.limits() != null;
      }
      this.small = SMALL * lightest;
      this.limitsKnown = anyLimits;
      this.chunks = packing.chunks();
    }

    /// Until when those who are ahead of their pace are left alone, because others have no room for
    /// the request; `now` or earlier when nobody is.
    long crowdedUntil(Need need, long now) {
      long until = isScarce(now) ? scarceUntil : now;
      if (seats.length > 1) {
        for (int i = 0; i < seats.length; i++) {
          until = Math.max(until, crowdingUntil(i, need, now));
        }
      }
      return until;
    }

    /// Whether somebody is out for a moment because its limits have no room.
    boolean isScarce(long now) {
      return scarceUntil > now && scarceUntil - now <= SOON;
    }

    /// Whether seat `i` has no room for the request but soon will.
    boolean isCrowding(int i, Need need, long now) {
      return crowdingUntil(i, need, now) > now;
    }

    private long crowdingUntil(int i, Need need, long now) {
      if (weights[i] > small) {
        return now;
      }
      long until = seats[i].lacksUntil(need, now);
      return until - now > SOON ? now : until;
    }

    /// How many of it an exchange could draw from that had tried these keys.
    int ready(List<String> tried) {
      int ready = seats.length;
      if (!tried.isEmpty()) {
        for (String id : keyIds) {
          ready -= tried.contains(id) ? 1 : 0;
        }
      }
      return ready;
    }

    /// Who was not considered by an exchange that had tried these keys.
    List<Skipped> skipped(List<String> tried) {
      return tried.isEmpty() ? skipped : skips.of(priority, tiers, tried);
    }

    /// The limit groups of it.
    Kin kin() {
      Kin known = kin;
      if (known == null) {
        known = new Kin(seats);
        kin = known;
      }
      return known;
    }

    /// Whether seat `a` is to be preferred to seat `b`.
    boolean lighter(int a, int b, long now, double rate) {
      return prefers(a, load(a, now, rate), b, load(b, now, rate), now);
    }

    String keyId(int i) {
      return keyIds[i];
    }

    double load(int i, long now, double rate) {
      int place = places[i];
      return Load.value(Places.cells(chunks, place), Places.first(place), now, rate) * weights[i];
    }

    private int inFlight(int i) {
      int place = places[i];
      return Load.inFlight(Places.cells(chunks, place), Places.first(place));
    }

    /// Whether seat `a` with its load is to be preferred to seat `b`.
    boolean prefers(int a, double loadA, int b, double loadB, long now) {
      if (loadA != loadB) {
        return loadA < loadB;
      }
      int inFlightA = inFlight(a);
      int inFlightB = inFlight(b);
      if (inFlightA != inFlightB) {
        return inFlightA < inFlightB;
      }
      return !limitsKnown || prefersByLimits(a, b, now);
    }

    private boolean prefersByLimits(int a, int b, long now) {
      Limits limitsA = seats[a].groupModel.limits();
      Limits limitsB = seats[b].groupModel.limits();
      return limitsA == null || limitsB == null || limitsA.fullAt(now) <= limitsB.fullAt(now);
    }
  }
}
