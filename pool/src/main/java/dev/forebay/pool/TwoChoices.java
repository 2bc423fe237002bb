package dev.forebay.pool;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The power of two choices in one tier: of two seats that are drawn the less loaded one is asked,
/// then the other, then those of new draws, then all. Stateless; thread-safe.
///
/// Who is ahead of its [FairPace] is passed over. When nobody else takes the request and all have
/// room, it goes to one of those anyway; when the others lack room, nobody takes it for now.
final class TwoChoices {

  // With three of four nodes out of headroom, four pairs find a free one nine times in ten.
  private static final int DRAWS = 4;

  private final Pool pool;

  TwoChoices(Pool pool) {
    this.pool = pool;
  }

  /// @param paced whether those who are ahead of their pace are passed over
  @Nullable Lease draw(
      Ready.Tier tier, boolean paced, Ask ask, long now, Need need, RandomGenerator random) {
    int size = tier.seats.length;
    boolean scarce = paced && tier.isScarce(now);
    if (size == 1) {
      return scarce && tier.seats[0].pace.isAhead(now) ? null : pool.lone(tier, 0, ask, now, need);
    }
    double rate = pool.context().usageRate();
    int draws = size == 2 ? 1 : DRAWS;
    for (int i = 0; i < draws; i++) {
      long chance = random.nextLong();
      int a = Ready.first(chance, size);
      int b = Ready.second(chance, a, size);
      double loadA = tier.load(a, now, rate);
      double loadB = tier.load(b, now, rate);
      boolean preferA = tier.prefers(a, loadA, b, loadB, now);
      Seat winner = tier.seats[preferA ? a : b];
      Seat loser = tier.seats[preferA ? b : a];
      double winnerLoad = preferA ? loadA : loadB;
      double loserLoad = preferA ? loadB : loadA;
      boolean winnerAhead = paced && winner.pace.isAhead(now);
      Lease lease = winnerAhead ? null : pool.admit(winner, ask, now, need);
      if (lease != null) {
        return lease.drawn(tier, winnerLoad, loser, loserLoad, false);
      }
      boolean loserAhead = paced && loser.pace.isAhead(now);
      lease = loserAhead ? null : pool.admit(loser, ask, now, need);
      if (lease != null) {
        return lease.drawn(tier, loserLoad, winner, winnerLoad, winnerAhead);
      }
      scarce |= paced && (tier.isCrowding(a, need, now) || tier.isCrowding(b, need, now));
      if (!scarce && i == draws - 1 && (winnerAhead || loserAhead)) {
        // All have room: a burst goes to whoever had least of it.
        boolean toWinner =
            winnerAhead && (!loserAhead || winner.pace.freeAt(now) <= loser.pace.freeAt(now));
        lease = pool.admit(toWinner ? winner : loser, ask, now, need);
        if (lease == null && winnerAhead && loserAhead) {
          toWinner = !toWinner;
          lease = pool.admit(toWinner ? winner : loser, ask, now, need);
        }
        if (lease != null) {
          return toWinner
              ? lease.drawn(tier, winnerLoad, loser, loserLoad, false)
              : lease.drawn(tier, loserLoad, winner, winnerLoad, false);
        }
      }
    }
    return size == 2 ? null : scan(tier, scarce, ask, now, need, random);
  }

  /// The id of the key that would be asked first.
  String pick(Ready.Tier tier, long now, RandomGenerator random) {
    int size = tier.seats.length;
    long chance = random.nextLong();
    int a = Ready.first(chance, size);
    int b = size == 1 ? a : Ready.second(chance, a, size);
    return tier.keyId(tier.lighter(a, b, now, pool.context().usageRate()) ? a : b);
  }

  private @Nullable Lease scan(
      Ready.Tier tier, boolean scarce, Ask ask, long now, Need need, RandomGenerator random) {
    int size = tier.seats.length;
    int start = random.nextInt(size);
    for (int i = 0; i < size; i++) {
      int index = (start + i) % size;
      boolean passedOver = scarce && tier.seats[index].pace.isAhead(now);
      Lease lease = passedOver ? null : pool.lone(tier, index, ask, now, need);
      if (lease != null) {
        return lease;
      }
    }
    return null;
  }
}
