package dev.forebay.pool;

import java.util.concurrent.atomic.AtomicLong;

/// A rate limit as the provider describes it, in headers or in the body of a refusal, carried
/// forward between answers. Thread-safe; spending is lock-free.
///
/// Headers speak of a moment between the sending of the request and its answer, and an answer may
/// take minutes: they bound what is missing from both sides, and within these bounds the own
/// reckoning stands. What was sent later than the request that was answered is not in them. A
/// reading of an older request than one that was read before says nothing.
///
/// Output is counted as it is written, after the headers were sent: what is in flight is half
/// written on average.
///
/// No reading can lock a group out for ever: when nothing was read for long, a limit from headers
/// lets one request through to ask again, and one from a refusal is forgotten.
final class RateLimit extends Limit {

  private static final double MINUTE = 60e9;

  /// A reset further away than this belongs to a longer window than a minute.
  static final long LONGEST_MINUTE = 90_000_000_000L;

  /// How long a reading is believed, and then how long one request's silence.
  private static final long TRUST = 3_600_000_000_000L;

  private static final long PROBE_INTERVAL = 60_000_000_000L;

  private final boolean fromHeaders;
  private final Bucket bucket = new Bucket();
  private final AtomicLong probeAt = new AtomicLong();

  // Output: units in flight. Else: all units ever sent.
  private final AtomicLong sent = new AtomicLong();
  private final boolean afterwards;
  private volatile double perMinute;

  // What was taken before is part of what is known to be missing: it was refused then, or ran out.
  private volatile long countedUntil = Long.MIN_VALUE;

  // Guarded by this.
  private long readThrough = Long.MIN_VALUE;

  /// @param fromHeaders whether answers count it down; else a refusal named it, and it ends after a
  ///   while
  RateLimit(Axis axis, Period period, boolean fromHeaders) {
    super(axis, period);
    this.fromHeaders = fromHeaders;
    this.afterwards = axis == Axis.OUTPUT_TOKENS;
  }

  boolean fromHeaders() {
    return fromHeaders;
  }

  @Override
  boolean known(long now) {
    return bucket.shaped() && (fromHeaders || now < probeAt.get());
  }

  @Override
  long limit() {
    return bucket.size();
  }

  @Override
  double perMinute() {
    return perMinute;
  }

  @Override
  long fullAt(long now) {
    return bucket.fullAt();
  }

  @Override
  long remaining(long now) {
    return bucket.remaining(now);
  }

  @Override
  Provenance saidBy() {
    return Provenance.PROVIDER;
  }

  @Override
  long mark() {
    return sent.get();
  }

  @Override
  long freeAt(long units, long now) {
    return Math.min(bucket.fitsAt(units, now), probeAt.get());
  }

  @Override
  boolean fitsWithout(long units, long inFlight, long now) {
    return bucket.fitsWithout(inFlight, units, now) <= now;
  }

  @Override
  boolean take(long units, long now) {
    if (!bucket.take(units, now)) {
      if (!isProbe(now)) {
        return false;
      }
      bucket.spendAtMost(units, now);
    }
    sent.addAndGet(units);
    return true;
  }

  private boolean isProbe(long now) {
    long due = probeAt.get();
    return now >= due && (!fromHeaders || probeAt.compareAndSet(due, now + PROBE_INTERVAL));
  }

  @Override
  void giveBack(long units, long takenAt) {
    sent.addAndGet(-units);
    bucket.giveBack(units, takenAt);
  }

  @Override
  void settle(long taken, long spent, long takenAt, boolean read) {
    if (afterwards) {
      sent.addAndGet(-taken);
      bucket.spend(spent - taken);
    } else if (!read && takenAt > countedUntil) {
      bucket.spend(spent - taken);
    }
  }

  /// An answer's headers say what is left; -1 for what they leave out.
  ///
  /// @param startedAt when its request was sent
  /// @param mark what [#mark] was then; 0 when this limit was not known then
  /// @return whether the rate per minute became another one
  synchronized boolean read(
      long startedAt, long mark, long limit, long remaining, long resetNanos, long now) {
    if (remaining < 0 || startedAt < readThrough) {
      return false;
    }
    readThrough = startedAt;
    long most = Math.max(limit > 0 ? limit : bucket.size(), Math.max(remaining, 1));
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
    boolean same = bucket.shaped() && most == bucket.size() && isNear(perUnit);
    bucket.shape(most, perUnit);
    double missing = spent + (afterwards ? sent.get() / 2.0 : Math.max(sent.get() - mark, 0));
    if (same) {
      bucket.missingBetween(missing, startedAt, now);
    } else {
      bucket.missing(missing, now);
    }
    probeAt.set(now + TRUST);
    // What the provider grants, for comparing keys; a limit it did not name stays as it was known.
    return rate(limit <= 0 ? perMinute : minute ? limit : MINUTE / perUnit);
  }

  private boolean isNear(double perUnit) {
    double before = bucket.nanosPerUnit();
    return perUnit > before * 0.8 && perUnit < before * 1.25;
  }

  private boolean rate(double rate) {
    boolean changed = Math.abs(rate - perMinute) > perMinute / 10;
    if (changed) {
      perMinute = rate;
    }
    return changed;
  }

  /// A refusal named this limit: `units` did not fit, and would `after` nanoseconds from now, as
  /// far as that is known; else a quarter of a minute's worth has to come back.
  synchronized boolean refused(long limit, long used, long units, long after, long now) {
    double perUnit = MINUTE / limit;
    bucket.shape(limit, perUnit);
    long left = used < 0 ? 0 : Math.clamp(limit - used, 0, Math.max(units - 1, 0));
    double missing = limit - left;
    if (after >= 0 && used < 0) {
      missing = Math.max(after / perUnit + limit - units, 0);
    }
    bucket.missing(missing, now);
    countedUntil = now;
    probeAt.set(now + TRUST);
    return rate(limit);
  }

  /// A window of this quota ran out, and the next one begins at `end`: no more is there then than
  /// the one who was held back asked for.
  synchronized void ranOut(long units, long end) {
    bucket.missingThen(Math.max(bucket.size() - units, 0), end);
    countedUntil = end;
  }

  /// Takes over what is missing from the same limit, known under another name.
  void join(RateLimit other) {
    bucket.join(other.bucket);
  }

  @Override
  synchronized void forget() {
    bucket.unshape();
  }
}
