package dev.forebay.exchange;

/// How fast those who wait in one line have their turns. Not thread-safe.
final class Turns {

  /// So many are remembered; half of them are forgotten then, so that newer ones count for more.
  private static final int MEMORY = 64;

  // Turns after the first one, and since when.
  private int count = -1;
  private long since;

  /// Somebody was served.
  void had(long now) {
    count++;
    if (count == 0) {
      since = now;
    } else if (count == MEMORY) {
      since += (now - since) / 2;
      count /= 2;
    }
  }

  /// How long so many turns take if they go on like this, in nanoseconds; 0 while nobody can know.
  long last(int turns, long now) {
    return count <= 0 ? 0 : (long) ((double) (now - since) / count * turns);
  }
}
