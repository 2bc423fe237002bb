package dev.forebay.pool;

import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;

/// What one key may use in a day, of tokens or of nano-dollars. Thread-safe; reserving and settling
/// are lock-free.
///
/// With *U* used today, *M* the most each request in flight can use and *e* what this request is
/// expected to use, a request is let in when `U + ΣM + e <= budget`. Whatever the others do, they
/// end at `U + ΣM` or below; so only this request's own excess over *e* can pass the budget, at any
/// concurrency. `committed` is `U + ΣM`: one compare-and-set checks and reserves.
///
/// A request is charged to the day in which it settles.
///
/// What is left of a day may be less than any request needs. The smallest request asked for today
/// tells: a budget in which not even that one fits is as good as used up, and is shown as such.
/// What costs nothing does not count.
final class Budget {

  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong used = new AtomicLong();
  private volatile long smallest = Long.MAX_VALUE;
  private volatile LocalDate day;

  Budget(LocalDate day) {
    this.day = day;
  }

  /// Reserves `most` if the request, expected to use `expected`, fits `limit`.
  boolean reserve(long expected, long most, long limit) {
    if (limit != Long.MAX_VALUE && expected > 0 && expected < smallest) {
      // Of two who write at once one may be lost until the next as small: only a view looks at it.
      smallest = expected;
    }
    while (true) {
      long before = committed.get();
      if (limit != Long.MAX_VALUE && before + expected > limit) {
        return false;
      }
      if (committed.compareAndSet(before, before + most)) {
        return true;
      }
    }
  }

  void release(long most) {
    committed.addAndGet(-most);
  }

  void settle(long most, long actual) {
    committed.addAndGet(actual - most);
    used.addAndGet(actual);
  }

  long used() {
    return used.get();
  }

  /// What requests in flight hold at most.
  long held() {
    return committed.get() - used.get();
  }

  /// Whether the day's budget is used up.
  boolean spent(long limit) {
    return used.get() >= limit;
  }

  /// Whether it is used up, or what is left is too little for the smallest request of today.
  boolean exhausted(long limit) {
    long least = smallest;
    return spent(limit) || (least != Long.MAX_VALUE && !fitsAlone(least, limit));
  }

  /// Whether a request would fit if nothing else were in flight.
  boolean fitsAlone(long expected, long limit) {
    return limit == Long.MAX_VALUE || used.get() + expected <= limit;
  }

  /// Whether a request fits beside those in flight.
  boolean fitsNow(long expected, long limit) {
    return limit == Long.MAX_VALUE || committed.get() + expected <= limit;
  }

  LocalDate day() {
    return day;
  }

  /// Begins `today` if it is later than the day at hand.
  void roll(LocalDate today) {
    if (!today.equals(day)) {
      begin(today);
    }
  }

  private synchronized void begin(LocalDate today) {
    // Never backwards: a clock that is set back does not hand the budget out again.
    if (today.isAfter(day)) {
      committed.addAndGet(-used.getAndSet(0));
      smallest = Long.MAX_VALUE;
      day = today;
    }
  }

  /// Takes over what was used before a restart.
  synchronized void restore(LocalDate savedDay, long amount) {
    long missing = amount - used.get();
    if (savedDay.equals(day) && missing > 0) {
      used.addAndGet(missing);
      committed.addAndGet(missing);
    }
  }
}
