package dev.forebay.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is left of each limit at one moment.
record Headroom(List<Gauge> gauges) {

  static final Headroom UNLIMITED = new Headroom(List.of());

  /// One limit: nanoseconds are counted from that moment.
  record Gauge(Dimension dimension, long limit, long remaining, long nanosUntilFull) {}

  @Nullable Gauge of(Dimension dimension) {
    for (Gauge gauge : gauges) {
      if (gauge.dimension() == dimension) {
        return gauge;
      }
    }
    return null;
  }

  /// These limits with another holder's in front: where both know one, the other's is told.
  Headroom behind(Headroom other) {
    if (other.gauges().isEmpty()) {
      return this;
    }
    List<Gauge> all = new ArrayList<>(other.gauges());
    for (Gauge gauge : gauges) {
      if (other.of(gauge.dimension()) == null) {
        all.add(gauge);
      }
    }
    return new Headroom(all);
  }

  /// The gauge of these dimensions that is nearest to nothing left.
  @Nullable Gauge tightest(Dimension first, Dimension second) {
    Gauge a = of(first);
    Gauge b = of(second);
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.remaining() < a.remaining() ? b : a;
  }
}
