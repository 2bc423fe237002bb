package dev.forebay.exchange;

import java.time.Duration;

/// Delayed work on the event loop it was asked on. Event loop only.
public interface Timers {

  /// Runs `action` once after `delay`, unless cancelled before.
  Timer after(Duration delay, Runnable action);

  /// A pending piece of work.
  interface Timer {
    void cancel();
  }
}
