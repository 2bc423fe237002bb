package dev.forebay.pool;

import java.util.concurrent.atomic.AtomicLong;

/// How fast a seat is taken, measured against what its limits grant in the long run. Thread-safe,
/// lock-free.
///
/// Limits can be saved up, and when the others of a pool have nothing left, everything that waits
/// would go at once to the one that has. So who is ahead of this pace is passed over for others,
/// and is left alone altogether when those have nothing left. A burst that meets a pool with room
/// everywhere waits for nothing.
///
/// It is a generic cell rate algorithm that never refuses: it only tells who is ahead.
final class FairPace {

  /// How many times as fast as it is granted.
  static final double PEAK = 1.4;

  /// So many requests a second are no crowd.
  private static final double FEW = 8;

  /// How far ahead of the pace it may be, in nanoseconds.
  private static final long AHEAD = 100_000_000L;

  /// How many requests ahead of it at least: a slow one is not ahead because two came together.
  private static final double REQUESTS_AHEAD = 1.6;

  private static final double SECOND = 1e9;

  // When the requests so far would have been sent at the pace.
  private final AtomicLong sentAt = new AtomicLong(Long.MIN_VALUE / 2);

  // 0 for no pace to keep.
  private volatile long interval;

  /// @param perSecond requests granted per second; 0 when that is unknown
  void set(double perSecond) {
    interval = perSecond <= 0 ? 0 : (long) (SECOND / Math.max(PEAK * perSecond, FEW));
  }

  /// A request is sent.
  void took(long now) {
    long each = interval;
    if (each == 0) {
      return;
    }
    // What was sent while nobody minded is soon forgotten.
    long farthest = now + allowance(each) + Math.max(AHEAD, each);
    long before;
    do {
      before = sentAt.get();
    } while (!sentAt.compareAndSet(before, Math.min(Math.max(before, now) + each, farthest)));
  }

  /// When it will not be ahead any more: `now` or earlier when it is not.
  long freeAt(long now) {
    long each = interval;
    return each == 0 ? now : sentAt.get() - allowance(each);
  }

  boolean isAhead(long now) {
    long each = interval;
    return each != 0 && sentAt.get() - allowance(each) > now;
  }

  private static long allowance(long each) {
    return Math.max(AHEAD, (long) (REQUESTS_AHEAD * each));
  }
}
