package dev.forebay.control.reports;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which usage is asked for. Immutable.
///
/// @param from included
/// @param to excluded
/// @param clientKeyIds only these callers' usage; null for everybody's
public record UsageQuery(
    Instant from,
    Instant to,
    Interval interval,
    GroupBy groupBy,
    @Nullable Set<String> clientKeyIds) {

  /// How long one point of a series is.
  public enum Interval {
    /// An hour of UTC; kept for some weeks.
    HOUR,
    /// One of the workspace's days; kept for good.
    DAY
  }

  /// What each series is of.
  public enum GroupBy {
    /// There are none but the total.
    NONE,
    /// A provider key.
    KEY,
    /// A model that served.
    MODEL,
    /// A client key.
    CLIENT
  }

  public UsageQuery {
    clientKeyIds = clientKeyIds == null ? null : Set.copyOf(clientKeyIds);
  }
}
