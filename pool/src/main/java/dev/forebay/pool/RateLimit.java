package dev.forebay.pool;

import java.util.concurrent.atomic.AtomicLong;

/// One rate limit as the provider's headers describe it, carried forward between answers by the
/// generic cell rate algorithm [1]: the whole state is the instant at which the bucket will be full
/// again. Spending moves it away, time brings it nearer, and no request waits for more than its own
/// share of the refill. Thread-safe; spending is lock-free.
///
/// An unknown limit restricts nothing. A full bucket lets any request pass, also one larger than
/// the limit, and an empty one lets one request through to ask again when nothing was read for
/// long: no reading can lock a group out for ever.
///
/// [1] ITU-T I.371, Traffic Control and Congestion Control in B-ISDN, annex A.
final class RateLimit {

  private static final double MINUTE = 60e9;

  /// A reset further away than this belongs to a longer window than a minute.
  private static final long LONGEST_MINUTE = 90_000_000_000L;

  /// How long a reading is believed, and then how long one request's silence.
  private static final long TRUST = 3_600_000_000_000L;

  private static final long PROBE_INTERVAL = 60_000_000_000L;

  // A century: sums of instants must not overflow.
  private static final double FARTHEST = 3.2e18;

  // Rounding of a fraction of a unit must not make a request wait.
  private static final long SLACK = 1_000;

  private final AtomicLong fullAt = new AtomicLong();
  private final AtomicLong probeAt = new AtomicLong();
  // Spent by requests in flight whose answers have not been read: no reading includes them for
  // sure.
  private final AtomicLong unread = new AtomicLong();
  private volatile long limit;
  private volatile double nanosPerUnit;
  private volatile double perMinute;

  boolean known() {
    return nanosPerUnit != 0;
  }

  /// The limit per window; 0 when unknown.
  long limit() {
    return limit;
  }

  /// Units per minute the provider grants; 0 when unknown.
  double perMinute() {
    return perMinute;
  }

  /// When the bucket will be full.
  long fullAt() {
    return fullAt.get();
  }

  long unread() {
    return unread.get();
  }

  /// Units left at `now`; negative when more was spent than there was.
  long remaining(long now) {
    long owed = Math.max(fullAt.get() - now, 0);
    return limit - (long) Math.ceil(owed / nanosPerUnit);
  }

  /// When `units` may be taken: `now` or earlier when they may at once.
  long freeAt(long units, long now) {
    return Math.min(fitsAt(fullAt.get(), units, now), probeAt.get());
  }

  private long fitsAt(long full, long units, long now) {
    double perUnit = nanosPerUnit;
    if (perUnit == 0 || full <= now) {
      return now;
    }
    // A request larger than the limit waits for a full bucket, and no longer.
    return Math.min(full, full - (long) ((limit - units) * perUnit) - SLACK);
  }

  /// Whether `units` would fit now if nothing were in flight.
  boolean fitsAlone(long units, long now) {
    long full = fullAt.get() - (long) (unread.get() * nanosPerUnit);
    return fitsAt(full, units, now) <= now;
  }

  /// Spends `units` if they fit now, or if it is time to ask again whatever was read.
  boolean take(long units, long now) {
    long full;
    do {
      full = fullAt.get();
      if (fitsAt(full, units, now) > now && !isProbe(now)) {
        return false;
      }
    } while (known() && !fullAt.compareAndSet(full, spent(Math.max(full, now), units, now)));
    unread.addAndGet(units);
    return true;
  }

  private boolean isProbe(long now) {
    long due = probeAt.get();
    return now >= due && probeAt.compareAndSet(due, now + PROBE_INTERVAL);
  }

  // A bucket is never emptier than empty: who asks for more than there is waits for a full one.
  private long spent(long full, double units, long now) {
    double perUnit = nanosPerUnit;
    return Math.min(after(full, units * perUnit), after(now, limit * perUnit));
  }

  private static long after(long instant, double nanos) {
    return instant + (long) Math.min(nanos, FARTHEST);
  }

  /// Gives back what was taken and not spent.
  void giveBack(long units) {
    unread.addAndGet(-units);
    fullAt.addAndGet(-(long) (units * nanosPerUnit));
  }

  /// The request that took `taken` ended without a reading, having spent `spent`.
  void settle(long taken, long spent) {
    unread.addAndGet(-taken);
    fullAt.addAndGet((long) ((spent - taken) * nanosPerUnit));
  }

  /// The answer to the request that took `taken` says what is left; -1 for what it leaves out.
  /// Returns whether the rate per minute became another one.
  synchronized boolean read(long taken, long limit, long remaining, long resetNanos, long now) {
    long others = unread.addAndGet(-taken);
    if (remaining < 0) {
      return false;
    }
    long most = Math.max(limit > 0 ? limit : this.limit, Math.max(remaining, 1));
    long spent = most - remaining;
    boolean minute = resetNanos <= LONGEST_MINUTE;
    double perUnit = MINUTE / most;
    if (resetNanos > 0 && spent > 0) {
      // Resets are rounded: little spent says little about the refill, and what is near the nominal
      // rate is the nominal rate.
      double told = (double) resetNanos / spent;
      boolean near = told > perUnit * 0.8 && told < perUnit * 1.25;
      perUnit = near || (minute && spent * 10 < most) ? perUnit : told;
    }
    this.limit = most;
    this.nanosPerUnit = perUnit;
    fullAt.set(spent(now, spent + others, now));
    probeAt.set(now + TRUST);
    // What the provider grants, for comparing keys; a limit it did not name stays as it was known.
    double rate = limit <= 0 ? perMinute : minute ? limit : MINUTE / perUnit;
    boolean changed = Math.abs(rate - perMinute) > perMinute / 10;
    if (changed) {
      perMinute = rate;
    }
    return changed;
  }

  /// Forgets the last reading, on a person's word.
  synchronized void forget() {
    nanosPerUnit = 0;
  }
}
