package dev.forebay.pool;

import java.util.concurrent.atomic.AtomicLong;

/// A rate found out from refusals alone, where a provider says nothing of its limits. Thread-safe;
/// taking is lock-free.
///
/// At a refusal the provider has nothing left that the request fits in. So what it granted between
/// two refusals is what it refilled in that time, but for the size of two requests: the second
/// refusal already tells the rate, and the longer it was in coming the more exactly.
///
/// ```
///   refused ──▶ holding: a little less than is known to be granted
///      ▲           │ after so many steps
///      │           ▼
///      └──────── rising: slowly at first, then faster and faster
/// ```
///
/// Less is sent than is granted while it holds, so that something is left for what does not come
/// evenly; rising spends that and then finds the limit, or that it has grown. Each rise that is
/// refused doubles the time until the next one. Steps are requests granted while others are held
/// back: a pool below its limits is not refused for asking.
final class LearnedLimit extends Limit {

  private static final double MINUTE = 60e9;

  /// How long the last refusal is believed.
  private static final long TRUST = 3_600_000_000_000L;

  /// What is sent while it holds, of what is known to be granted.
  private static final double HELD = 0.99;

  /// What is saved up right after a refusal, in time.
  private static final double RESERVE = 1.2e9;

  /// Fast providers are asked for more by time, slow ones by requests: no more steps than five a
  /// second are counted.
  private static final long SHORTEST_STEP = 200_000_000L;

  private static final int FIRST_HOLD = 50;
  private static final int LONGEST_HOLD = 800;

  /// The first rise, and the steps after which a rise is twice as high.
  private static final double RISE = 0.02;

  private static final double DOUBLING = 32;
  private static final double MOST_RISE = 0.6;

  /// Steps at the highest rise after which nothing can be left of what was saved up: so much is
  /// granted.
  private static final int LONGEST_RISE = 700;

  /// The rate is reckoned anew after so many steps.
  private static final long STRIDE = 4;

  /// How much more is sent than is known to be granted before that counts as known.
  private static final double STEEPEST = 2;

  // Clocks and networks are not exact: what is nearer than this is the same.
  private static final double SAME = 1.02;

  /// Units per nanosecond.
  private static final double LEAST = 1e-12;

  private static final double CUT = 0.75;
  private static final double RELEASE = 1.1;

  /// Grants since the last refusal that prove a rate good.
  private static final int PROOF = 10;

  private final Bucket bucket = new Bucket();

  // Units ever granted, and grants since the last refusal.
  private final AtomicLong granted = new AtomicLong();
  private final AtomicLong grants = new AtomicLong();
  private final AtomicLong steps = new AtomicLong();

  // Units per nanosecond; 0 while only one refusal is known and nothing can be guessed.
  private volatile double estimate;
  private volatile long refusedAt = Long.MIN_VALUE;
  private volatile long stepAt;
  private volatile int hold = FIRST_HOLD;

  // Whether a request was held back since the last step.
  private volatile boolean missed;

  // The refusal that the next measure begins with: when its request was sent, what had been granted
  // then, and its size. Guarded by this.
  private long since;
  private long before;
  private long size;

  // What the provider certainly grants; 0 for unknown.
  private double proven;

  private long acquittedAt = Long.MIN_VALUE;

  LearnedLimit(Axis axis) {
    super(axis, Period.MINUTE);
  }

  /// The first refusal.
  ///
  /// @param perSecond a guess of what the provider grants; 0 for none: then nobody is held back
  ///   before the second refusal tells
  /// @param mark as for [#isSuspect]
  synchronized void begin(double perSecond, long startedAt, long mark, long units, long now) {
    estimate = perSecond / 1e9;
    hold = FIRST_HOLD;
    proven = 0;
    restart(startedAt, mark, units, now);
  }

  /// Whether this is the limit that a request may have been refused for: more was granted before.
  ///
  /// @param mark what [#mark] was when its share had been taken: what was sent later may have been
  ///   refused as well
  synchronized boolean isSuspect(long startedAt, long mark) {
    return startedAt <= refusedAt || proven * (startedAt - since) <= SAME * (mark - before);
  }

  /// A request was refused that was sent at `startedAt`; a burst counts once. Returns whether
  /// enough was granted since the last refusal for the rate to be trusted.
  ///
  /// @param perSecond a guess of what the provider grants, should nothing better be known
  /// @param mark as for [#isSuspect]
  /// @param units its share
  synchronized boolean refused(double perSecond, long startedAt, long mark, long units, long now) {
    if (startedAt <= refusedAt) {
      return true;
    }
    boolean suspect = isSuspect(startedAt, mark);
    double elapsed = Math.max(startedAt - since, 1);
    // Corrections of what was expected can outweigh a few small requests.
    double count = Math.max(mark - units - before, 0);
    double low = (count - size) / elapsed;
    double high = (count + Math.max(units, 1)) / elapsed;
    boolean proved = grants.get() >= PROOF;
    if (grants.get() > 1) {
      measured(low, high, count / elapsed, suspect, perSecond / 1e9);
    }
    restart(startedAt, mark, units, now);
    if (proved) {
      bucket.spend(RESERVE * estimate);
    }
    return proved;
  }

  /// @param low what is certainly granted, in units per nanosecond as all these
  /// @param high what is at most granted, unless this is not the limit in the way
  /// @param guess should nothing better be known
  private void measured(double low, double high, double measured, boolean suspect, double guess) {
    double known = estimate;
    double rise = rise();
    proven = suspect ? Math.max(proven, low) : Math.max(low, 0);
    if (known == 0) {
      estimate = Math.max(measured, guess);
    } else if (rise > STEEPEST - 1) {
      // So much more was spent out of what had been left over: the limit is another one now.
      estimate = Math.clamp(STEEPEST * known, Math.min(low, high), high);
      hold = FIRST_HOLD;
    } else if (rise > 0) {
      estimate = Math.clamp(known, Math.min(low, high), high);
      hold = Math.min(2 * hold, LONGEST_HOLD);
    } else {
      estimate = Math.max(low, grants.get() < PROOF ? CUT * known : Math.min(known, measured));
    }
    estimate = Math.max(estimate, LEAST);
  }

  /// A request was refused, but not for this limit: it is not to be in the way.
  ///
  /// @param mark as for [#isSuspect]
  synchronized void acquitted(long startedAt, long mark, long now) {
    double measured = (double) (mark - before) / Math.max(startedAt - since, 1);
    if (startedAt > acquittedAt && estimate < STEEPEST * measured) {
      acquittedAt = now;
      estimate *= RELEASE;
      pace();
    }
  }

  private void restart(long startedAt, long mark, long units, long now) {
    since = startedAt;
    before = mark - units;
    size = units;
    refusedAt = now;
    stepAt = now;
    grants.set(0);
    steps.set(0);
    if (estimate > 0) {
      pace();
      bucket.missing(bucket.size(), now);
    }
  }

  private void pace() {
    double rise = rise();
    double rate = estimate * HELD * (1 + rise);
    bucket.shape(Math.max((long) (rate * MINUTE), 1), 1 / rate);
  }

  /// How many times the estimate is being tried.
  double trying() {
    return 1 + rise();
  }

  private double rise() {
    long above = steps.get() - hold;
    return above <= 0 ? 0 : Math.min(RISE * Math.pow(2, above / DOUBLING), MOST_RISE);
  }

  @Override
  boolean known(long now) {
    return now - refusedAt < TRUST && bucket.shaped();
  }

  /// Whether it has been refused before, lately enough to be believed.
  boolean isMeasuring(long now) {
    return refusedAt != Long.MIN_VALUE && now - refusedAt < TRUST;
  }

  @Override
  long mark() {
    return granted.get();
  }

  @Override
  boolean take(long units, long now) {
    if (known(now) && !bucket.take(units, now)) {
      if (!missed) {
        missed = true;
      }
      return false;
    }
    granted.addAndGet(units);
    grants.incrementAndGet();
    if (missed && now - stepAt >= SHORTEST_STEP) {
      missed = false;
      stepAt = now;
      if (steps.incrementAndGet() % STRIDE == 0) {
        step();
      }
    }
    return true;
  }

  private synchronized void step() {
    if (!bucket.shaped()) {
      return;
    }
    if (steps.get() - hold > LONGEST_RISE) {
      estimate *= 1 + MOST_RISE;
      hold = FIRST_HOLD;
      steps.set(FIRST_HOLD);
    }
    pace();
  }

  @Override
  void giveBack(long units, long takenAt) {
    granted.addAndGet(-units);
    grants.decrementAndGet();
    bucket.spend(-units);
  }

  @Override
  void settle(long taken, long spent, long takenAt, boolean read) {
    granted.addAndGet(spent - taken);
    if (takenAt > refusedAt) {
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
    refusedAt = Long.MIN_VALUE;
    bucket.unshape();
  }
}
