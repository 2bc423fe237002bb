package dev.forebay.telemetry.live;

/// Counts of the last five minutes, in buckets of five seconds. Guarded by its owner.
final class Window {

  /// Seconds in one bucket.
  static final int STEP = 5;

  private static final int BUCKETS = 60;
  private static final int MINUTE = 60 / STEP;

  private final int[] counts = new int[BUCKETS];
  private final int[] marked = new int[BUCKETS];
  private long newest;

  /// Adds what happened in the second numbered `second`.
  void add(long second, long count, long markedOnes) {
    advance(second);
    int slot = (int) (newest % BUCKETS);
    counts[slot] += (int) count;
    marked[slot] += (int) markedOnes;
  }

  /// Counts of about the last minute, carried to a full one.
  double perMinute(long second) {
    advance(second);
    long sum = 0;
    for (long bucket = newest; bucket > newest - MINUTE; bucket--) {
      sum += counts[slot(bucket)];
    }
    // The newest bucket has only begun.
    long covered = (MINUTE - 1) * (long) STEP + second % STEP + 1;
    return sum * 60.0 / covered;
  }

  /// Marked counts among all of the last five minutes, 0 to 1.
  double markedShare(long second) {
    advance(second);
    long all = 0;
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += counts[i];
      sum += marked[i];
    }
    return all == 0 ? 0 : (double) sum / all;
  }

  private void advance(long second) {
    long bucket = second / STEP;
    for (long next = Math.max(newest + 1, bucket - BUCKETS + 1); next <= bucket; next++) {
      counts[slot(next)] = 0;
      marked[slot(next)] = 0;
    }
    newest = Math.max(newest, bucket);
  }

  private static int slot(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }
}
