package dev.forebay.testing;

import dev.forebay.exchange.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/// The timers of an event loop whose time a test moves. Confined to the test's thread.
public final class FakeTimers implements Timers {

  private final FakeTicker ticker;
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(
          Comparator.comparingLong((Pending p) -> p.at).thenComparingLong(p -> p.order));
  private long order;

  private static final class Pending implements Timer {
    private final long at;
    private final long order;
    private final Runnable action;
    private boolean cancelled;

    Pending(long at, long order, Runnable action) {
      this.at = at;
      this.order = order;
      this.action = action;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  public FakeTimers(FakeTicker ticker) {
    this.ticker = ticker;
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    Pending timer = new Pending(ticker.nanos() + delay.toNanos(), order++, action);
    pending.add(timer);
    return timer;
  }

  @Override
  public void soon(Runnable action) {
    after(Duration.ZERO, action);
  }

  /// Lets time pass, running what comes due in its order.
  public void advance(Duration by) {
    long end = ticker.nanos() + by.toNanos();
    while (!pending.isEmpty() && pending.peek().at <= end) {
      Pending next = pending.remove();
      ticker.advance(Duration.ofNanos(Math.max(0, next.at - ticker.nanos())));
      if (!next.cancelled) {
        next.action.run();
      }
    }
    ticker.advance(Duration.ofNanos(end - ticker.nanos()));
  }
}
