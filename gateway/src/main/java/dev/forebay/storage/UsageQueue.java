package dev.forebay.storage;

import dev.forebay.control.UsageRow;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Usage rows on their way from the event loops to the storage thread, without a lock. Thread-safe.
final class UsageQueue {

  private final Queue<UsageRow> rows = new ConcurrentLinkedQueue<>();

  private final AtomicInteger size = new AtomicInteger();

  private final LongAdder dropped = new LongAdder();

  private final int capacity;

  UsageQueue(int capacity) {
    this.capacity = capacity;
  }

  /// Adds a row and returns how many there are now. Beyond the capacity the oldest one goes: what
  /// is recent is looked at more.
  int add(UsageRow row) {
    rows.add(row);
    int count = size.incrementAndGet();
    if (count > capacity && rows.poll() != null) {
      size.decrementAndGet();
      dropped.increment();
    }
    return count;
  }

  /// Moves up to `most` rows to the end of the list.
  void drainTo(List<UsageRow> list, int most) {
    for (int i = 0; i < most; i++) {
      UsageRow row = rows.poll();
      if (row == null) {
        return;
      }
      size.decrementAndGet();
      list.add(row);
    }
  }

  int size() {
    return size.get();
  }

  /// Rows that went because the queue was full.
  long dropped() {
    return dropped.sum();
  }
}
