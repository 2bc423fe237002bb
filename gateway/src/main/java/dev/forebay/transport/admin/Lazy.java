package dev.forebay.transport.admin;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is made when it is first asked for, once. Thread-safe; making it may block.
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> make;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable T value;

  Lazy(Supplier<T> make) {
    this.make = make;
  }

  @Override
  public T get() {
    T known = value;
    if (known != null) {
      return known;
    }
    making.lock();
    try {
      T now = value;
      if (now == null) {
        now = make.get();
        value = now;
      }
      return now;
    } finally {
      making.unlock();
    }
  }
}
