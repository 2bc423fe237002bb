package dev.forebay.app.demo;

import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.pool.Ticker;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What the demo counts over all keys. *Thread-safe.*
final class Totals implements ExchangeListener {
  private static final int SECONDS = 5;

  private final Ticker ticker;
  private final long begin;
  private final LongAdder requests = new LongAdder();
  private final LongAdder hidden = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final AtomicReference<@Nullable String> lastError = new AtomicReference<>();
  private final AtomicReferenceArray<@Nullable Second> recent =
      new AtomicReferenceArray<>(SECONDS + 1);

  private record Second(long number, LongAdder requests) {}

  /// The counts at one moment.
  ///
  /// @param hidden attempts that failed and that another key made good, unseen by the client
  /// @param errors answers that a client could see as an error
  record Sums(long requests, double perSecond, long hidden, long errors) {}

  Totals(Ticker ticker) {
    this.ticker = ticker;
    this.begin = ticker.nanos();
  }

  @Override
  public void finished(ExchangeReport report) {
    requests.increment();
    if (report.end() == ExchangeReport.End.COMPLETED) {
      hidden.add(Math.max(0, report.attempts().size() - 1));
    }
    second(now()).increment();
  }

  /// A client saw an error.
  void clientError(String what) {
    errors.increment();
    lastError.set(what);
  }

  /// What the last client error was, if there was one.
  @Nullable String lastError() {
    return lastError.get();
  }

  Sums sums() {
    long now = now();
    long lately = 0;
    for (int i = 0; i < recent.length(); i++) {
      Second second = recent.get(i);
      // The present second is not full yet and would pull the rate down.
      if (second != null && second.number() < now && second.number() >= now - SECONDS) {
        lately += second.requests().sum();
      }
    }
    return new Sums(
        requests.sum(),
        now == 0 ? 0 : (double) lately / Math.min(now, SECONDS),
        hidden.sum(),
        errors.sum());
  }

  private long now() {
    return (ticker.nanos() - begin) / 1_000_000_000L;
  }

  private LongAdder second(long number) {
    int slot = (int) (number % recent.length());
    while (true) {
      Second current = recent.get(slot);
      if (current != null && current.number() >= number) {
        return current.requests();
      }
      Second next = new Second(number, new LongAdder());
      if (recent.compareAndSet(slot, current, next)) {
        return next.requests();
      }
    }
  }
}
