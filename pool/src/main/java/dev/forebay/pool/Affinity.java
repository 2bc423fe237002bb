package dev.forebay.pool;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends conversations home: to the limit group that holds their prompt cache. Thread-safe.
///
/// A conversation without a home is placed where conversations used least lately, of a few seats
/// looked at: a place is taken for as long as the conversation lasts, so it is worth more looks
/// than a single request. It goes back there unless the group is not ready, or did more than
/// [#BOUND] times the mean of its tier [1] and somebody else would, with this conversation, still
/// have done less. Then that one is its home.
///
/// Conversations grow: of two that did as much, the one whose conversations are young will do more.
/// So a new one counts, where it is placed, as what a conversation uses in the mean of those that
/// were seen.
///
/// What conversations used is what the provider's limits count of it: where reading a cache is
/// free, work is what is written. It is remembered for minutes, not for the minute that [Load]
/// measures: turns come in bursts, and who moves for a burst pays for a whole prompt.
///
/// A home whose limits have no room at this moment is waited for, when they will have some before
/// the patience of the request ends: elsewhere the whole prompt would be counted, and soon nobody
/// would have room. While others wait, a request does not go there when its patience ends either:
/// it would take what serves many of them.
///
/// Tiers come first: home is looked for in the best ready tier only.
///
/// [1] V. Mirrokni, M. Thorup, M. Zadimoghaddam, Consistent Hashing with Bounded Loads, SODA 2018.
final class Affinity {

  static final double BOUND = 1.25;

  /// Seats looked at for a new home; all of them when there are no more.
  private static final int LOOKS = 4;

  /// Keys of one group that are asked before another group is.
  private static final int MOST_ASKED = 8;

  /// How many times its first request a conversation is thought to use at most.
  private static final double MOST_GROWTH = 64;

  private static final long NOBODY = -1;

  /// What counts for so many times as much elsewhere is not sent there instead of others.
  private static final int DEARER = 2;

  /// A home is not waited for longer than this.
  private static final long LONGEST_STAY = 5_000_000_000L;

  private final Pool pool;
  private final Homes homes;
  private final long salt;

  // What all requests of conversations used lately, and those that began one.
  private final Meter all = new Meter();
  private final Meter begun = new Meter();

  Affinity(Pool pool, Homes homes) {
    this.pool = pool;
    this.homes = homes;
    this.salt = 31L * pool.provider().hashCode() + pool.model().hashCode();
  }

  /// A lease at home, or where its home shall be from now on; null when those asked did not take
  /// it.
  ///
  /// @param paced whether nobody gets a new home who is ahead of its pace
  @Nullable Lease lease(
      Ready.Tier tier, boolean paced, Ask ask, long now, Need need, RandomGenerator random) {
    Homes.Table table = homes.table();
    int place = table.find(key(ask.conversation()), now);
    Kin kin = tier.kin();
    int home = place < 0 ? -1 : kin.find(table.group(place));
    long chance = random.nextLong();
    double work = home < 0 ? -1 : kin.load(home, now);
    double mean = home < 0 ? -1 : kin.mean(now);
    boolean over = home >= 0 && work > BOUND * mean;
    long few = home < 0 || over ? least(tier, paced, kin, home, now, chance) : NOBODY;
    boolean leaves =
        over
            && best(few) >= 0
            && isBetter(kin, home, kin.groupOf(best(few)), share(table, place, need, now), now);
    if (home >= 0 && !leaves) {
      Lease lease = atHome(tier, kin, home, ask, now, pool.lessons.cached(need), chance);
      if (lease != null) {
        weighed(lease, tier, kin, work, mean, best(few), now);
        return lease;
      }
      if (isWorthWaiting(tier, kin, home, ask, now, need)) {
        return null;
      }
      few = over ? few : least(tier, paced, kin, home, now, chance);
    }
    int placed = best(few);
    Lease lease = placed < 0 ? null : pool.lone(tier, placed, ask, now, need);
    if (lease == null) {
      return null;
    }
    if (home < 0) {
      weighed(lease, tier, kin, kin.load(kin.groupOf(placed), now), -1, next(few), now);
    } else {
      weighed(lease, tier, kin, work, mean, placed, now);
    }
    if (leaves) {
      lease.overloadedHome();
    }
    return lease;
  }

  /// Notes for the trace what was compared, and with whom.
  private static void weighed(
      Lease lease, Ready.Tier tier, Kin kin, double work, double mean, int other, long now) {
    lease.weighed(work, mean);
    if (other >= 0) {
      lease.nextChoice(tier.seats[other], kin.load(kin.groupOf(other), now));
    }
  }

  /// The group that has the conversation's cache and will have room for it before the request's
  /// patience ends, though it has none now; null when nothing is to be waited for.
  @Nullable Group stay(Ready.Tier tier, Ask ask, long now, Need need) {
    Kin kin = tier.kin();
    int home = home(kin, ask.conversation(), now);
    return home >= 0 && isWorthWaiting(tier, kin, home, ask, now, need)
        ? kin.groupModel(home).group
        : null;
  }

  /// The group that has the conversation's cache, of those in these tiers; null when none has.
  @Nullable Group home(Ready.Tier[] tiers, Conversation conversation, long now) {
    if (!conversation.known()) {
      return null;
    }
    for (Ready.Tier tier : tiers) {
      Kin kin = tier.kin();
      int home = home(kin, conversation, now);
      if (home >= 0) {
        return kin.groupModel(home).group;
      }
    }
    return null;
  }

  private int home(Kin kin, Conversation conversation, long now) {
    Homes.Table table = homes.table();
    int place = table.find(key(conversation), now);
    return place < 0 ? -1 : kin.find(table.group(place));
  }

  private boolean isWorthWaiting(Ready.Tier tier, Kin kin, int home, Ask ask, long now, Need need) {
    GroupModel group = kin.groupModel(home);
    Limits limits = group.limits();
    if (limits == null
        || (ask.patience().isZero() && !ask.othersWait())
        || Math.max(group.door(now), group.group.gate.door(now)) != Gate.OPEN) {
      return false;
    }
    Need cached = pool.lessons.cached(need);
    long wait = limits.freeAt(cached, now) - now;
    return wait > 0
        && wait <= LONGEST_STAY
        && (wait <= Context.plus(0, ask.patience()) || takesFromOthers(ask, need, cached))
        && hasKey(tier, kin, home, ask, now);
  }

  /// Whether going elsewhere would count for much more, of room that others wait for.
  private static boolean takesFromOthers(Ask ask, Need need, Need cached) {
    return ask.othersWait() && need.counted() > DEARER * cached.counted();
  }

  /// Whether the group that has the conversation's cache has room for the request now.
  boolean hasRoom(Ready.Tier tier, Ask ask, long now, Need need) {
    Kin kin = tier.kin();
    int home = home(kin, ask.conversation(), now);
    if (home < 0) {
      return false;
    }
    GroupModel group = kin.groupModel(home);
    Limits limits = group.limits();
    return Math.max(group.door(now), group.group.gate.door(now)) == Gate.OPEN
        && (limits == null || limits.freeAt(pool.lessons.cached(need), now) <= now)
        && hasKey(tier, kin, home, ask, now);
  }

  private static boolean hasKey(Ready.Tier tier, Kin kin, int home, Ask ask, long now) {
    for (int i = 0; i < Math.min(kin.size(home), MOST_ASKED); i++) {
      Node node = tier.seats[kin.seat(home, i)].node;
      if (!node.shut() && node.gate.door(now) == Gate.OPEN && !ask.hasTried(node.id)) {
        return true;
      }
    }
    return false;
  }

  /// The seat that [#lease] would ask first.
  int first(Ready.Tier tier, Conversation conversation, long now, long chance) {
    Homes.Table table = homes.table();
    int place = table.find(key(conversation), now);
    Kin kin = tier.kin();
    int home = place < 0 ? -1 : kin.find(table.group(place));
    boolean over = home >= 0 && isOver(kin, home, now);
    if (home >= 0 && !over) {
      return lighterAtHome(tier, kin, home, now, (int) (chance & 0xFFFF));
    }
    int other = best(least(tier, false, kin, home, now, chance));
    boolean leaves =
        home < 0
            || (other >= 0 && isBetter(kin, home, kin.groupOf(other), table.used(place, now), now));
    return leaves && other >= 0
        ? other
        : lighterAtHome(tier, kin, home, now, (int) (chance & 0xFFFF));
  }

  private static boolean isOver(Kin kin, int home, long now) {
    return kin.load(home, now) > BOUND * kin.mean(now);
  }

  private static boolean isBetter(Kin kin, int home, int other, double share, long now) {
    return kin.load(other, now) + kin.perCapacity(other, share) < kin.load(home, now);
  }

  /// The tokens that would move. While another request of it is in flight it is not one
  /// conversation but many under one name, and only this one moves.
  private static double share(Homes.Table table, int place, Need need, long now) {
    return table.isFlying(place)
        ? need.counted()
        : Math.max(need.counted(), table.used(place, now));
  }

  /// The two seats, of a few not at home, whose groups did least lately, as [#best] and [#next]
  /// read them; -1 where there is none.
  private long least(Ready.Tier tier, boolean paced, Kin kin, int home, long now, long chance) {
    int size = tier.seats.length;
    int best = -1;
    int next = -1;
    double least = 0;
    double nextLeast = 0;
    int start = (int) (((chance >>> 32) * size) >>> 32);
    for (int i = 0; i < Math.min(LOOKS, size); i++) {
      int seat = size <= LOOKS ? (start + i) % size : sample(chance, i, size);
      int group = kin.groupOf(seat);
      if (group == home || (paced && tier.seats[seat].pace.isAhead(now))) {
        continue;
      }
      double load = home < 0 ? kin.expected(group, now) : kin.load(group, now);
      if (best < 0 || load < least || (load == least && isLighter(tier, seat, best, now))) {
        next = best;
        nextLeast = least;
        best = seat;
        least = load;
      } else if (seat != best && (next < 0 || load < nextLeast)) {
        next = seat;
        nextLeast = load;
      }
    }
    return ((long) next << 32) | (best & 0xFFFF_FFFFL);
  }

  private static int best(long few) {
    return (int) few;
  }

  private static int next(long few) {
    return (int) (few >> 32);
  }

  private boolean isLighter(Ready.Tier tier, int seat, int best, long now) {
    double rate = pool.context().usageRate();
    return seat != best && tier.lighter(seat, best, now, rate);
  }

  private static int sample(long chance, int i, int size) {
    long mixed = (chance + i) * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    return (int) (((mixed & 0xFFFF_FFFFL) * size) >>> 32);
  }

  private @Nullable Lease atHome(
      Ready.Tier tier, Kin kin, int home, Ask ask, long now, Need need, long chance) {
    int size = kin.size(home);
    int start = (int) (chance & 0xFFFF);
    int first = lighterAtHome(tier, kin, home, now, start);
    for (int i = 0; i < Math.min(size, MOST_ASKED); i++) {
      int seat = i == 0 ? first : kin.seat(home, start + i);
      Lease lease = pool.lone(tier, seat, ask, now, need);
      if (lease != null) {
        return i == 0 && size > 1 ? drawn(lease, tier, kin, home, first, start, now) : lease;
      }
    }
    return null;
  }

  /// Notes for the trace that two keys of the home were drawn.
  private Lease drawn(
      Lease lease, Ready.Tier tier, Kin kin, int home, int taken, int start, long now) {
    int a = kin.seat(home, start);
    int other = a == taken ? kin.seat(home, start + 1) : a;
    double rate = pool.context().usageRate();
    return lease.comparedWith(tier.seats[other], tier.load(other, now, rate));
  }

  private int lighterAtHome(Ready.Tier tier, Kin kin, int home, long now, int start) {
    int a = kin.seat(home, start);
    if (kin.size(home) == 1) {
      return a;
    }
    int b = kin.seat(home, start + 1);
    return tier.lighter(b, a, now, pool.context().usageRate()) ? b : a;
  }

  /// A conversation is served by this lease: its group is the home from now on.
  void begin(Lease lease, Ask ask, long now) {
    long key = key(ask.conversation());
    GroupModel served = lease.groupModel();
    int group = Kin.hash(served.group);
    Homes.Table table = homes.table();
    int place = table.find(key, now);
    all.add(now, lease.countedTokens(), Homes.RATE);
    if (place < 0) {
      begun(served, lease.countedTokens(), now);
      lease.homed(this, key, 0, Homing.End.PLACED);
    } else if (table.group(place) == group) {
      lease.homed(this, key, group, Homing.End.KEPT);
    } else {
      int home = table.group(place);
      lease.homed(this, key, home, Homing.End.NOT_READY);
      moved(lease.tier(), home, served, table.used(place, now), now);
    }
    homes.begin(key, group, ask.conversation().life(), lease.countedTokens(), now);
    served.use.add(lease.countedTokens(), now);
  }

  private void begun(GroupModel served, long tokens, long now) {
    begun.add(now, tokens, Homes.RATE);
    double first = begun.value(now, Homes.RATE);
    double growth = first <= 0 ? 1 : all.value(now, Homes.RATE) / first;
    served.use.promise((Math.min(growth, MOST_GROWTH) - 1) * tokens, now);
  }

  /// What it used goes along, so that the group it leaves is not thought busy with it.
  private static void moved(
      Ready.@Nullable Tier tier, int home, GroupModel served, double used, long now) {
    Kin kin = tier == null ? null : tier.kin();
    int left = kin == null ? -1 : kin.find(home);
    if (kin != null && left >= 0) {
      kin.groupModel(left).use.add(-used, now);
      served.use.add(used, now);
    }
  }

  /// The lease is over; `more` tokens were used than it had reserved.
  void end(long key, GroupModel served, double more, long now) {
    served.use.add(more, now);
    homes.end(key, Kin.hash(served.group), more, now);
  }

  private long key(Conversation conversation) {
    long mixed = (conversation.fingerprint() ^ salt) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed ^= mixed >>> 32;
    return mixed == 0 ? 1 : mixed;
  }
}
