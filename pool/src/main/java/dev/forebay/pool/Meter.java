package dev.forebay.pool;

import java.util.concurrent.atomic.AtomicLong;

/// A [Decayed] sum of its own. Thread-safe, lock-free.
final class Meter {

  private final AtomicLong packed = new AtomicLong(Decayed.EMPTY);

  double value(long now, double rate) {
    return Decayed.value(packed.get(), now, rate);
  }

  void add(long now, double amount, double rate) {
    long before;
    do {
      before = packed.get();
    } while (!packed.compareAndSet(before, Decayed.plus(before, now, amount, rate)));
  }

  /// Adds `amount`, which may be negative, unless the sum would fall below `least`.
  boolean addIfAtLeast(long now, double amount, double least, double rate) {
    while (true) {
      long before = packed.get();
      if (Decayed.value(before, now, rate) + amount < least) {
        return false;
      }
      if (packed.compareAndSet(before, Decayed.plus(before, now, amount, rate))) {
        return true;
      }
    }
  }
}
