package dev.forebay.transport.server;

import java.util.concurrent.atomic.AtomicLong;

/// Bounds the bytes of all request bodies that are held at once, so that many large ones are
/// refused rather than run the process out of memory. Thread-safe.
public final class BodyMemory {

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  /// @param limit most bytes held at once
  public BodyMemory(long limit) {
    this.limit = limit;
  }

  /// Takes room for `bytes`, or nothing. A body that comes alone always gets its room.
  boolean take(long bytes) {
    long now = held.addAndGet(bytes);
    if (now <= limit || now == bytes) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void release(long bytes) {
    held.addAndGet(-bytes);
  }

  /// Bytes held now.
  public long held() {
    return held.get();
  }
}
