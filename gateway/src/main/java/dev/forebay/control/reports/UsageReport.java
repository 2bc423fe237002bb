package dev.forebay.control.reports;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Usage over time. Immutable.
///
/// @param times the beginnings of the intervals
/// @param groups the largest first
/// @param priced false when some of the requests cost what nobody knows
public record UsageReport(
    UsageQuery query, List<Instant> times, List<Group> groups, UsageFigures total, boolean priced) {

  public UsageReport {
    times = List.copyOf(times);
    groups = List.copyOf(groups);
  }

  /// One series.
  ///
  /// @param id of the provider key or client key, or `provider/model`; empty for what has none
  /// @param label what people call it
  /// @param provider the provider's id; null where there is no single one
  /// @param series one entry for each of the times
  public record Group(
      String id,
      String label,
      @Nullable String provider,
      UsageFigures total,
      List<UsageFigures> series) {

    public Group {
      series = List.copyOf(series);
    }
  }
}
