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

  /// Before the first refresh.
  static final Ready NONE = new Ready(new Tier[0], -1, -1, Long.MIN_VALUE, Long.MIN_VALUE, 0);

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
    final List<Skipped> skipped;

    /// Until when somebody is missing because its limits have no room.
    final long scarceUntil;

    private final String[] keyIds;
    private final long[][] chunks;
    private final int[] places;
    private final float[] weights;
    private final boolean limitsKnown;

    // Made when the first conversation comes; all that are made are alike.
    private volatile @Nullable Kin kin;

    Tier(int priority, List<Seat> members, long scarceUntil, List<Skipped> skipped) {
      this.priority = priority;
      this.scarceUntil = scarceUntil;
      this.skipped = skipped;
      this.seats = members.toArray(Seat[]::new);
      this.keyIds = new String[seats.length];
      this.places = new int[seats.length];
      this.weights = new float[seats.length];
      Places.Packing packing = new Places.Packing();
      boolean anyLimits = false;
      for (int i = 0; i < seats.length; i++) {
        keyIds[i] = seats[i].node.id;
        places[i] = packing.pack(seats[i].node.load.place);
        weights[i] = seats[i].weight;
        anyLimits |= seats[i].groupModel.limits() != null;
      }
      this.limitsKnown = anyLimits;
      this.chunks = packing.chunks();
    }

    /// Until when those who are ahead of their pace are left alone, because others have no room for
    /// the request; `now` or earlier when nobody is.
    long crowdedUntil(Need need, long now) {
      long until = scarceUntil;
      if (seats.length > 1) {
        for (Seat seat : seats) {
          until = Math.max(until, seat.lacksUntil(need, now));
        }
      }
      return until;
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
