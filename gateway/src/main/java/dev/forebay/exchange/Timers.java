package dev.forebay.exchange;

import java.time.Duration;

/// Work for later on one event loop. Event loop only, but for [#soon].
public interface Timers {

  /// Runs `action` once after `delay`, unless cancelled before.
  Timer after(Duration delay, Runnable action);

  /// Runs `action` on the loop in one of its next turns. Any thread may ask.
  void soon(Runnable action);

  /// A pending piece of work.
  interface Timer {
    void cancel();
  }
}
