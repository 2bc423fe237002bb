package dev.forebay.telemetry;

import dev.forebay.control.UsageRow;
import dev.forebay.control.UsageSink;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Hands one row per exchange to the storage. *Thread-safe.*
///
/// A row counts for the day on which its exchange ended, as the budgets do.
public final class UsageRecorder implements ExchangeListener {

  private final UsageSink sink;
  private final Supplier<ZoneId> zone;
  private final AtomicLong dropped = new AtomicLong();
  private volatile Day day = new Day(LocalDate.EPOCH, ZoneOffset.UTC, 0, 0);

  /// @param zone the workspace's zone as it is now; settings may change it
  public UsageRecorder(UsageSink sink, Supplier<ZoneId> zone) {
    this.sink = sink;
    this.zone = zone;
  }

  /// A day of a zone, and the seconds it spans.
  private record Day(LocalDate date, ZoneId zone, long fromSecond, long toSecond) {

    static Day of(Instant instant, ZoneId zone) {
      LocalDate date = LocalDate.ofInstant(instant, zone);
      return new Day(
          date,
          zone,
          date.atStartOfDay(zone).toEpochSecond(),
          date.plusDays(1).atStartOfDay(zone).toEpochSecond());
    }

    boolean holds(long second, ZoneId asked) {
      return second >= fromSecond && second < toSecond && zone.equals(asked);
    }
  }

  @Override
  public void finished(ExchangeReport report) {
    UsageRow row =
        new UsageRow(
            report.id(),
            report.workspace(),
            report.startedAt(),
            day(report.startedAt().plusNanos(report.durationNanos())),
            report.keyId(),
            report.clientKeyId(),
            report.provider(),
            report.requestedModel(),
            report.servedModel(),
            report.operation().name(),
            report.status(),
            report.stream(),
            report.attempts().size(),
            report.durationNanos() / 1000,
            report.firstContentNanos() < 0 ? -1 : report.firstContentNanos() / 1000,
            report.usage(),
            report.cost(),
            report.priceVersion(),
            report.end().name());
    if (!sink.offer(row)) {
      dropped.incrementAndGet();
    }
  }

  /// Rows that the storage did not take, since the start.
  public long dropped() {
    return dropped.get();
  }

  private LocalDate day(Instant instant) {
    ZoneId now = zone.get();
    Day known = day;
    if (!known.holds(instant.getEpochSecond(), now)) {
      known = Day.of(instant, now);
      day = known;
    }
    return known.date();
  }
}
