package dev.forebay.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The wish that a running command ends. *Thread-safe.*
public final class Stop {
  private final CountDownLatch wished = new CountDownLatch(1);

  /// Wishes it; once is enough.
  public void request() {
    wished.countDown();
  }

  /// Waits until somebody wishes it.
  public void await() {
    boolean interrupted = false;
    while (true) {
      try {
        wished.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        wished.countDown();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for it, but not longer than that; true if somebody wished it.
  public boolean await(Duration longest) {
    try {
      return wished.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Whether somebody wished it.
  public boolean requested() {
    return wished.getCount() == 0;
  }
}
