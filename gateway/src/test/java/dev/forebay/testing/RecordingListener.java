package dev.forebay.testing;

import dev.forebay.dialect.Operation;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what happened, as short sentences and whole. Thread-safe.
public final class RecordingListener implements ExchangeListener {

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<ExchangeReport> finished = new LinkedBlockingQueue<>();

  @Override
  public void started(Operation operation) {
    events.add("started " + operation);
  }

  @Override
  public void attempted(AttemptReport attempt) {
    events.add(
        "attempt "
            + attempt.number()
            + " "
            + attempt.keyName()
            + " "
            + attempt.status()
            + " "
            + attempt.outcome().getClass().getSimpleName());
  }

  @Override
  public void finished(ExchangeReport report) {
    events.add("finished " + report.status() + " " + report.end());
    finished.add(report);
  }

  public List<String> events() {
    return List.copyOf(events);
  }

  /// The next report, waiting up to ten seconds for it.
  public ExchangeReport next() throws InterruptedException {
    ExchangeReport report = finished.poll(10, TimeUnit.SECONDS);
    if (report == null) {
      throw new AssertionError("no exchange finished within 10 s; events so far: " + events);
    }
    return report;
  }
}
