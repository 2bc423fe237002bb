package dev.forebay.pool;

import java.util.concurrent.atomic.AtomicLong;

/// A rate found out from refusals alone, where a provider says nothing of its limits. Thread-safe;
/// taking is lock-free.
///
/// At each refusal the provider has nothing left, so that what it granted between two refusals is
/// what it refills in that time: the second refusal already tells the rate, whatever was sent.
/// After a refusal less than that is sent, so that something is left for what does not come evenly;
/// then the rate rises along a cubic curve [1], slowly where the estimate is and faster beyond,
/// until the next refusal. It rises with what is sent while it holds requests back, not with time:
/// a pool below its limits is not refused for asking.
///
/// [1] S. Ha, I. Rhee, L. Xu, CUBIC: A New TCP-Friendly High-Speed TCP Variant, ACM SIGOPS 42(5),
/// 2008.
final class LearnedLimit extends Limit {

  private static final double MINUTE = 60e9;

  /// How long the last refusal is believed.
  private static final long TRUST = 3_600_000_000_000L;

  /// What is sent less than the estimate right after a refusal.
  private static final double DIP = 0.2;

  /// Grants after which the rate is back at the estimate.
  private static final double PLATEAU = 100;

  private static final double STRETCH = PLATEAU / Math.cbrt(DIP);

  /// How much more is sent than was granted before the estimate follows.
  private static final double STEEPEST = 2;

  /// The rate is reckoned anew after so many grants.
  private static final long STEP = 4;

  // With so many grants between two refusals the newest measure counts alone.
  private static final double ENOUGH = 40;

  private static final long SHORTEST = 2_000_000_000L;
  private static final int FEWEST = 3;

  /// Grants since the last refusal that prove a rate good.
  private static final int PROOF = 10;

  private final Bucket bucket = new Bucket();
  private final AtomicLong granted = new AtomicLong();
  private final AtomicLong grants = new AtomicLong();
  private final AtomicLong risen = new AtomicLong();

  // Units per nanosecond.
  private volatile double estimate;
  private volatile boolean wasFull;
  private volatile long refusedAt = Long.MIN_VALUE;

  LearnedLimit(Axis axis) {
    super(axis, Period.MINUTE);
  }

  /// The first refusal.
  ///
  /// @param perSecond a guess of what the provider grants
  synchronized void begin(double perSecond, long now) {
    estimate = Math.max(perSecond / 1e9, 1e-12);
    restart(now);
  }

  /// A request was refused that was sent at `startedAt`; a burst counts once. Returns whether
  /// enough was granted since the last refusal for the rate to be trusted.
  ///
  /// @param mark what [#mark] was when its share had been taken: what was sent later may have been
  ///   refused as well
  /// @param units its share
  synchronized boolean refused(long startedAt, long mark, long units, long now) {
    if (startedAt <= refusedAt) {
      return true;
    }
    long elapsed = startedAt - refusedAt;
    double count = grants.get();
    if (!wasFull && elapsed >= SHORTEST && count >= FEWEST) {
      double measured = (double) Math.max(mark - units, 1) / elapsed;
      double weight = Math.min(count / ENOUGH, 1);
      estimate = estimate * (1 - weight) + measured * weight;
    } else {
      estimate *= 1 - DIP / 2;
    }
    restart(now);
    return count >= PROOF;
  }

  private void restart(long now) {
    refusedAt = now;
    wasFull = false;
    granted.set(0);
    grants.set(0);
    risen.set(0);
    pace(0);
    bucket.missing(bucket.size(), now);
  }

  private void pace(double steps) {
    double rise = (steps - PLATEAU) / STRETCH;
    double rate = estimate * (1 + rise * rise * rise);
    bucket.shape(Math.max((long) (rate * MINUTE), 1), 1 / rate);
  }

  @Override
  boolean known(long now) {
    return bucket.shaped() && now - refusedAt < TRUST;
  }

  @Override
  long mark() {
    return granted.get();
  }

  @Override
  boolean take(long units, long now) {
    long full = bucket.fullAt();
    if (known(now) && !bucket.take(units, now)) {
      return false;
    }
    granted.addAndGet(units);
    grants.incrementAndGet();
    if (full <= now) {
      wasFull = true;
    } else if (full - now > 0.75 * MINUTE) {
      long steps = risen.incrementAndGet();
      if (steps % STEP == 0) {
        rise(steps);
      }
    }
    return true;
  }

  private synchronized void rise(long steps) {
    if (!bucket.shaped()) {
      return;
    }
    if (steps >= PLATEAU + STRETCH) {
      // Nobody refused so much more: the limit is another one now.
      estimate *= STEEPEST;
      risen.set((long) PLATEAU);
      pace(PLATEAU);
    } else {
      pace(steps);
    }
  }

  @Override
  void giveBack(long units, long takenAt) {
    granted.addAndGet(-units);
    grants.decrementAndGet();
    bucket.spend(-units);
  }

  @Override
  void settle(long taken, long spent, long takenAt, boolean read) {
    if (takenAt > refusedAt) {
      granted.addAndGet(spent - taken);
      bucket.spend(spent - taken);
    }
  }

  @Override
  long freeAt(long units, long now) {
    return known(now) ? Math.min(bucket.fitsAt(units, now), refusedAt + TRUST) : now;
  }

  @Override
  boolean fitsWithout(long units, long inFlight, long now) {
    return !known(now) || bucket.fitsWithout(inFlight, units, now) <= now;
  }

  @Override
  long limit() {
    return (long) (estimate * MINUTE);
  }

  @Override
  long remaining(long now) {
    return bucket.remaining(now);
  }

  @Override
  long fullAt(long now) {
    return bucket.fullAt();
  }

  @Override
  double perMinute() {
    return estimate * MINUTE;
  }

  @Override
  Provenance saidBy() {
    return Provenance.ESTIMATED;
  }

  @Override
  synchronized void forget() {
    bucket.unshape();
  }
}
