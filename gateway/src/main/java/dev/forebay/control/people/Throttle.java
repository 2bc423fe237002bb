package dev.forebay.control.people;

import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts failures by a name and makes every further one wait twice as long. Not thread-safe: its
/// owner locks.
///
/// Memory is bounded: the name that failed least recently is forgotten first.
final class Throttle {

  private final int free;
  private final long firstNanos;
  private final long longestNanos;
  private final long forgottenNanos;
  private final Ticker ticker;

  /// How one name stands.
  private record Count(int failures, long blockedUntil, long last) {}

  private final Map<String, Count> counts;

  /// @param free failures without consequence
  /// @param first how long the first failure after those blocks
  /// @param longest how long one failure can block
  /// @param forgotten how long after the last failure none of them counts any more
  Throttle(
      int free, Duration first, Duration longest, Duration forgotten, int capacity, Ticker ticker) {
    this.free = free;
    this.firstNanos = first.toNanos();
    this.longestNanos = longest.toNanos();
    this.forgottenNanos = forgotten.toNanos();
    this.ticker = ticker;
    this.counts =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > capacity;
          }
        };
  }

  /// For how many nanoseconds the name is still blocked; 0 when it is not.
  long blocked(String name) {
    Count count = counts.get(name);
    return count == null ? 0 : Math.max(0, count.blockedUntil - ticker.nanos());
  }

  /// Counts a failure, and returns for how many nanoseconds it blocks.
  long failed(String name) {
    long now = ticker.nanos();
    Count count = counts.get(name);
    int failures = count == null || now - count.last >= forgottenNanos ? 1 : count.failures + 1;
    int over = failures - free;
    long block = over <= 0 ? 0 : Math.min(longestNanos, firstNanos << Math.min(over - 1, 30));
    counts.put(name, new Count(failures, now + block, now));
    return block;
  }

  /// Takes one failure back, with the block it led to.
  void forgive(String name) {
    Count count = counts.get(name);
    if (count == null || count.failures <= 1) {
      counts.remove(name);
    } else {
      counts.put(name, new Count(count.failures - 1, ticker.nanos(), count.last));
    }
  }

  /// Forgets the name's failures.
  void forget(String name) {
    counts.remove(name);
  }
}
