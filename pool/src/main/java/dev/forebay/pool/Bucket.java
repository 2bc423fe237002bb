package dev.forebay.pool;

import java.util.concurrent.atomic.AtomicLong;

/// Units that refill all the time, as one instant: when the bucket will be full again [1]. Spending
/// moves it away, time brings it nearer, and no request waits for more than its own share of the
/// refill. Thread-safe; spending is lock-free.
///
/// A bucket without a shape restricts nothing. A full one lets any request pass, also one larger
/// than its size.
///
/// What is left in a bucket that is nearly empty is not spent much faster than it is refilled: many
/// who wait would go at once to whoever has saved a little up while others live from hand to mouth.
///
/// [1] ITU-T I.371, Traffic Control and Congestion Control in B-ISDN, annex A: the generic cell
/// rate algorithm.
final class Bucket {

  // A century: sums of instants must not overflow.
  private static final double FARTHEST = 3.2e18;

  // Rounding of a fraction of a unit must not make a request wait.
  private static final long SLACK = 1_000;

  // A bucket with less than this share left is nearly empty.
  private static final double LOW = 1.0 / 6;

  // How many times as fast as it is refilled it may be spent then, and how much may go at once.
  private static final double PEAK = 1.5;
  private static final double AT_ONCE = 2e8;

  // So many requests a second are no crowd.
  private static final double FEW = 8;
  private static final double SECOND = 1e9;
  private static final double LONGEST_TURN = SECOND / 2;

  private final AtomicLong fullAt = new AtomicLong();

  // When the last turn of those is over who spent what was nearly the last.
  private final AtomicLong turnsUntil = new AtomicLong();
  private volatile long size;
  private volatile double nanosPerUnit;

  /// @param size units in a full bucket
  /// @param nanosPerUnit how long one takes to come back
  void shape(long size, double nanosPerUnit) {
    this.size = size;
    this.nanosPerUnit = nanosPerUnit;
  }

  /// Restricts nothing from now on.
  void unshape() {
    nanosPerUnit = 0;
  }

  boolean shaped() {
    return nanosPerUnit != 0;
  }

  long size() {
    return size;
  }

  double nanosPerUnit() {
    return nanosPerUnit;
  }

  long fullAt() {
    return fullAt.get();
  }

  /// Units left at `now`; negative when more was spent than there was.
  long remaining(long now) {
    if (!shaped()) {
      return size;
    }
    long owed = Math.max(fullAt.get() - now, 0);
    return size - (long) Math.ceil(owed / nanosPerUnit);
  }

  /// When `units` may be taken: `now` or earlier when they may at once.
  long fitsAt(long units, long now) {
    long full = fullAt.get();
    long fits = fitsAt(full, units, now);
    return isLow(full, units, Math.max(fits, now)) ? Math.max(fits, turnAt(units)) : fits;
  }

  private boolean isLow(long full, long units, long now) {
    double perUnit = nanosPerUnit;
    return Math.max(full - now, 0) + units * perUnit > (1 - LOW) * size * perUnit;
  }

  // How long one request of this size keeps others from spending the last.
  private double turn(long units) {
    return Math.min(units * nanosPerUnit / PEAK, LONGEST_TURN);
  }

  private long turnAt(long units) {
    return turnsUntil.get() - (long) Math.max(AT_ONCE, FEW * turn(units) - SECOND);
  }

  /// The same if `less` units had not been spent.
  long fitsWithout(long less, long units, long now) {
    return fitsAt(fullAt.get() - (long) (less * nanosPerUnit), units, now);
  }

  private long fitsAt(long full, long units, long now) {
    double perUnit = nanosPerUnit;
    if (perUnit == 0 || full <= now) {
      return now;
    }
    // A request larger than the bucket waits for a full one, and no longer.
    return Math.min(full, full - (long) ((size - units) * perUnit) - SLACK);
  }

  /// Spends `units` if they fit now.
  boolean take(long units, long now) {
    while (true) {
      long full = fullAt.get();
      boolean low = shaped() && isLow(full, units, now);
      if (fitsAt(full, units, now) > now || (low && turnAt(units) > now)) {
        return false;
      }
      if (!shaped() || fullAt.compareAndSet(full, spent(Math.max(full, now), units, now))) {
        if (low) {
          turnsUntil.set(Math.max(turnsUntil.get(), now) + (long) turn(units));
        }
        return true;
      }
    }
  }

  /// Undoes a [#take] of the same instant, with the turn that it was: else who takes something here
  /// and finds too little elsewhere would keep everybody waiting.
  void giveBack(long units, long takenAt) {
    long full = fullAt.addAndGet(-(long) (units * nanosPerUnit));
    if (shaped() && isLow(full, units, takenAt)) {
      turnsUntil.addAndGet(-(long) turn(units));
    }
  }

  /// Spends `units` whether they fit or not; negative ones come back.
  void spend(double units) {
    fullAt.addAndGet((long) (units * nanosPerUnit));
  }

  /// Spends `units`, which may have been there or not.
  void spendAtMost(double units, long now) {
    fullAt.set(spent(Math.max(fullAt.get(), now), units, now));
  }

  // A bucket is never emptier than empty: who asks for more than there is waits for a full one.
  private long spent(long full, double units, long now) {
    double perUnit = nanosPerUnit;
    return Math.min(after(full, units * perUnit), after(now, size * perUnit));
  }

  private static long after(long instant, double nanos) {
    return instant + (long) Math.min(nanos, FARTHEST);
  }

  /// Sets how many units are missing at `now`.
  void missing(double units, long now) {
    fullAt.set(spent(now, units, now));
  }

  /// At least `units` will be missing at `later`, and nothing is to be had before.
  void missingThen(double units, long later) {
    fullAt.accumulateAndGet(after(later, units * nanosPerUnit), Math::max);
  }

  /// At least `units` were missing at `from`, and no more than that at `to`: what is known beyond
  /// that stays.
  void missingBetween(double units, long from, long to) {
    long low = after(from, units * nanosPerUnit);
    long high = spent(to, units, to);
    long before;
    do {
      before = fullAt.get();
    } while (!fullAt.compareAndSet(before, Math.clamp(before, Math.min(low, high), high)));
  }

  /// Takes over what another bucket of the same units lacks, if that is more.
  void join(Bucket other) {
    long theirs = other.fullAt.get();
    fullAt.accumulateAndGet(theirs, Math::max);
  }
}
