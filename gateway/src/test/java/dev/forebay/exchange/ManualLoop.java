package dev.forebay.exchange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/// An event loop that a test runs by hand, for what asks for no timers.
final class ManualLoop implements Timers {

  private final Queue<Runnable> actions = new ArrayDeque<>();

  @Override
  public Timer after(Duration delay, Runnable action) {
    throw new AssertionError("nobody asked for a timer");
  }

  @Override
  public void soon(Runnable action) {
    actions.add(action);
  }

  /// Does what is due, and what becomes due by that.
  void run() {
    while (!actions.isEmpty()) {
      actions.remove().run();
    }
  }
}
