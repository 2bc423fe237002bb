package dev.forebay.transport.server;

import dev.forebay.exchange.Timers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/// Work for later on one event loop. Event loop only, but for `soon`.
record LoopTimers(Vertx vertx, Context context) implements Timers {

  @Override
  public Timer after(Duration delay, Runnable action) {
    long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> action.run());
    return () -> vertx.cancelTimer(id);
  }

  @Override
  public void soon(Runnable action) {
    context.runOnContext(turn -> action.run());
  }
}
