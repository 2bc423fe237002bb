package dev.forebay.telemetry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Hands values from event loops to one thread in batches, and drops rather than waits.
/// *Thread-safe.*
///
/// A bounded ring for many producers and one consumer: a producer claims a slot with one
/// compare-and-set and fills it. The consumer is not woken for each value, which would cost more
/// than handling it; it looks at fixed intervals, and earlier only when the ring is half full.
final class Spool<T> implements AutoCloseable {

  /// What is done with the values. Called on the spool's thread only.
  interface Batch<T> {

    /// Takes one value.
    void take(T value);

    /// No more values for now.
    void end();
  }

  private static final Duration STOP = Duration.ofSeconds(5);

  private final AtomicReferenceArray<@Nullable T> ring;
  private final int mask;
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Batch<T> batch;
  private final long intervalNanos;
  private final Thread thread;

  /// Written by the consumer only.
  private final AtomicLong head = new AtomicLong();

  private volatile boolean closed;

  /// @param capacity a power of two
  /// @param interval how long a value waits at most before it is handled
  Spool(String name, int capacity, Duration interval, Batch<T> batch) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " (expected: a power of two)");
    }
    this.ring = new AtomicReferenceArray<>(capacity);
    this.mask = capacity - 1;
    this.batch = batch;
    this.intervalNanos = interval.toNanos();
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Takes the value, or counts it as dropped and returns false.
  boolean offer(T value) {
    while (true) {
      long claimed = tail.get();
      long waiting = claimed - head.get();
      if (waiting > mask || closed) {
        dropped.incrementAndGet();
        return false;
      }
      if (tail.compareAndSet(claimed, claimed + 1)) {
        ring.setRelease((int) claimed & mask, value);
        if (waiting == (mask + 1) / 2) {
          LockSupport.unpark(thread);
        }
        return true;
      }
    }
  }

  /// Values that were not taken, since the start.
  long dropped() {
    return dropped.get();
  }

  /// Counts values that were taken and could not be handled.
  void lost(long count) {
    dropped.addAndGet(count);
  }

  /// Handles what has come. On the spool's thread, or on any one when that is not running.
  void drain() {
    long next = head.get();
    long end = tail.get();
    while (next < end) {
      int slot = (int) next & mask;
      T value = ring.getAcquire(slot);
      if (value == null) {
        // Claimed and not filled yet; it comes with the next batch.
        break;
      }
      ring.setPlain(slot, null);
      head.lazySet(++next);
      batch.take(value);
    }
    batch.end();
  }

  /// Handles what has come and ends the thread.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(STOP);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, intervalNanos);
      drain();
    }
    drain();
  }
}
