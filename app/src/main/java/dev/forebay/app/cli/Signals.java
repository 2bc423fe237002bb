package dev.forebay.app.cli;

import dev.forebay.app.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import sun.misc.Signal;

/// Turns Ctrl+C and SIGTERM into a [Stop]; the second one ends the process at once.
///
/// A shutdown hook alone could not tell the second signal: the JVM ignores it while hooks run.
final class Signals {
  private static final int SIGNALLED = 128;

  /// What sends a signal to a process and its group sends it twice at once; that is one wish.
  private static final long ONE_WISH_NANOS = Duration.ofMillis(500).toNanos();

  private Signals() {}

  static void handle(Terminal terminal, Stop stop) {
    AtomicLong first = new AtomicLong();
    for (String name : new String[] {"INT", "TERM"}) {
      Signal.handle(
          new Signal(name),
          signal -> {
            // The low bit keeps a clock that reads zero from looking like none.
            long now = System.nanoTime() | 1;
            if (!first.compareAndSet(0, now) && now - first.get() > ONE_WISH_NANOS) {
              terminal.err().println();
              terminal.err().flush();
              Runtime.getRuntime().halt(SIGNALLED + signal.getNumber());
            }
            stop.request();
          });
    }
  }
}
