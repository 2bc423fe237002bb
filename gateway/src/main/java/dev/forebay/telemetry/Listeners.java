package dev.forebay.telemetry;

import dev.forebay.dialect.Operation;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several listeners as one; what one of them throws reaches neither the others nor the exchange.
/// *Thread-safe.*
public final class Listeners implements ExchangeListener {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final ExchangeListener[] listeners;
  private final AtomicLong failures = new AtomicLong();

  private Listeners(ExchangeListener[] listeners) {
    this.listeners = listeners;
  }

  /// Tells each of them, in this order.
  public static Listeners all(ExchangeListener... listeners) {
    return new Listeners(listeners.clone());
  }

  /// Calls that threw, since the start.
  public long failures() {
    return failures.get();
  }

  @Override
  public void started(Operation operation) {
    for (ExchangeListener listener : listeners) {
      try {
        listener.started(operation);
      } catch (RuntimeException | Error failure) {
        failed(listener, failure);
      }
    }
  }

  @Override
  public void attempted(AttemptReport attempt) {
    for (ExchangeListener listener : listeners) {
      try {
        listener.attempted(attempt);
      } catch (RuntimeException | Error failure) {
        failed(listener, failure);
      }
    }
  }

  @Override
  public void finished(ExchangeReport report) {
    for (ExchangeListener listener : listeners) {
      try {
        listener.finished(report);
      } catch (RuntimeException | Error failure) {
        failed(listener, failure);
      }
    }
  }

  private void failed(ExchangeListener listener, Throwable failure) {
    long count = failures.incrementAndGet();
    // The first, the second, the fourth …: a listener that always fails must not fill the log.
    if (Long.bitCount(count) == 1) {
      LOG.error(
          "{} failed while it was told of an exchange, which goes on ({} such failures so far)",
          listener.getClass().getName(),
          count,
          failure);
    }
  }
}
