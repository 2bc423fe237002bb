package dev.forebay.telemetry.live;

import dev.forebay.exchange.ExchangeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The last finished exchanges, as they were reported. Thread-safe.
///
/// A report is made anyway; keeping it costs one addition and one write.
public final class Recent {

  private final AtomicReferenceArray<@Nullable ExchangeReport> ring;
  private final AtomicLong next = new AtomicLong();

  /// @param capacity how many are kept
  Recent(int capacity) {
    this.ring = new AtomicReferenceArray<>(capacity);
  }

  void add(ExchangeReport report) {
    long number = next.getAndIncrement();
    ring.setRelease((int) (number % ring.length()), report);
  }

  /// How many there have been since the start.
  public long count() {
    return next.get();
  }

  /// One exchange by its id; null when it is not kept any more.
  public @Nullable ExchangeReport find(String id) {
    for (int i = 0; i < ring.length(); i++) {
      ExchangeReport report = ring.getAcquire(i);
      if (report != null && report.id().equals(id)) {
        return report;
      }
    }
    return null;
  }

  /// Those that came after the first `from`, the oldest first, and at most the last `most` of them.
  public List<ExchangeReport> since(long from, int most) {
    long to = next.get();
    List<ExchangeReport> reports = new ArrayList<>();
    for (long number = Math.max(from, to - Math.min(most, ring.length())); number < to; number++) {
      ExchangeReport report = ring.getAcquire((int) (number % ring.length()));
      if (report != null) {
        reports.add(report);
      }
    }
    return reports;
  }
}
