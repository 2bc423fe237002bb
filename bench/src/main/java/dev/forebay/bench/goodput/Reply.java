package dev.forebay.bench.goodput;

import java.util.List;

/// What a provider makes of one attempt.
sealed interface Reply {

  /// Let in.
  ///
  /// @param at when
  /// @param gauges the limits just after
  record Admitted(int organisation, long at, CacheUse cache, List<Gauge> gauges) implements Reply {}

  /// A limit does not bear it.
  ///
  /// @param pauseNanos until it would, if nothing else came
  record Exhausted(int organisation, long at, Gauge limit, long pauseNanos, List<Gauge> gauges)
      implements Reply {}

  /// An outage.
  record Unavailable(int organisation, int status) implements Reply {}
}
