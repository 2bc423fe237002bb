package dev.forebay.pool;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A quota that starts anew at the beginning of each period, as a refusal named it: windows of a
/// minute of the wall clock, or of a day. Thread-safe, lock-free.
///
/// The state is one number: the window's number and what was taken in it. It ends some periods
/// after the last refusal, because quotas are raised without a word.
///
/// Who is held back waits for the next window, together with everybody else: a window that follows
/// one which ran out is spent as it would be refilled, so that they do not all go at its beginning.
final class QuotaWindow extends Limit {

  private static final long MINUTE = 60_000_000_000L;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final long MINUTES_TRUSTED = 60;
  private static final long DAYS_TRUSTED = 2;

  private static final int NUMBER_SHIFT = 40;
  private static final long USED_MASK = (1L << NUMBER_SHIFT) - 1;

  private final long length;

  // The same quota as it would be refilled; null for a day's.
  private final @Nullable RateLimit refill;

  private final AtomicLong state = new AtomicLong();
  private volatile long limit;

  // An instant at which a window ended.
  private volatile long edge;
  private volatile long until = Long.MIN_VALUE;
  private volatile long refusedAt = Long.MIN_VALUE;

  // The number of the last window for which somebody was held back or refused.
  private volatile long ranOut = -1;

  QuotaWindow(Axis axis, Period period, @Nullable RateLimit refill) {
    super(axis, period);
    this.refill = refill;
    this.length = period == Period.DAY ? DAY : MINUTE;
  }

  /// A refusal of `units`: nothing fits before `end`, where the window ended that it was sent in. A
  /// refusal that comes after that says nothing of the next window.
  void refused(long quota, long units, long end, long now) {
    boolean over = end <= now;
    boolean known = known(now);
    limit = quota;
    until = now + (period == Period.DAY ? DAYS_TRUSTED : MINUTES_TRUSTED) * length;
    if (over && known) {
      return;
    }
    edge = end;
    refusedAt = now;
    state.set(packed(number(now), over ? 0 : quota));
    ranOut = -1;
    if (!over) {
      heldBack(units, now);
    }
  }

  private long number(long at) {
    return Math.floorDiv(at - edge, length) & (USED_MASK >>> 17);
  }

  private static long packed(long number, long used) {
    return (number << NUMBER_SHIFT) | Math.clamp(used, 0, USED_MASK);
  }

  private long used(long packed, long now) {
    return packed >>> NUMBER_SHIFT == number(now) ? packed & USED_MASK : 0;
  }

  @Override
  boolean known(long now) {
    return now < until;
  }

  // A request larger than the quota passes at the beginning of a window, to be told so.
  private boolean fits(long used, long units) {
    return used == 0 || used + units <= limit;
  }

  @Override
  boolean take(long units, long now) {
    while (true) {
      long before = state.get();
      long used = used(before, now);
      if (known(now) && !fits(used, units)) {
        heldBack(units, now);
        return false;
      }
      if (state.compareAndSet(before, packed(number(now), used + units))) {
        return true;
      }
    }
  }

  private void heldBack(long units, long now) {
    RateLimit same = refill;
    long number = number(now);
    if (same != null && ranOut != number) {
      ranOut = number;
      same.ranOut(units, end(now));
    }
  }

  /// When a day's quota of which nothing is left begins anew; `now` for all others.
  long restsUntil(long now) {
    return period == Period.DAY && known(now) && remaining(now) <= 0 ? end(now) : now;
  }

  @Override
  void giveBack(long units, long takenAt) {
    correct(-units, takenAt);
  }

  @Override
  void settle(long taken, long spent, long takenAt, boolean read) {
    correct(spent - taken, takenAt);
  }

  private void correct(long more, long takenAt) {
    if (takenAt <= refusedAt) {
      return;
    }
    long before;
    do {
      before = state.get();
      if (before >>> NUMBER_SHIFT != number(takenAt)) {
        return;
      }
    } while (!state.compareAndSet(
        before, packed(before >>> NUMBER_SHIFT, (before & USED_MASK) + more)));
  }

  @Override
  long freeAt(long units, long now) {
    return !known(now) || fits(used(state.get(), now), units) ? now : Math.min(end(now), until);
  }

  private long end(long now) {
    return edge + (Math.floorDiv(now - edge, length) + 1) * length;
  }

  @Override
  boolean fitsWithout(long units, long inFlight, long now) {
    return !known(now) || fits(Math.max(used(state.get(), now) - inFlight, 0), units);
  }

  @Override
  long limit() {
    return limit;
  }

  @Override
  long remaining(long now) {
    return limit - used(state.get(), now);
  }

  @Override
  long fullAt(long now) {
    return used(state.get(), now) == 0 ? now : end(now);
  }

  @Override
  double perMinute() {
    return (double) limit * MINUTE / length;
  }

  @Override
  Provenance saidBy() {
    return Provenance.PROVIDER;
  }

  @Override
  void forget() {
    until = Long.MIN_VALUE;
  }
}
