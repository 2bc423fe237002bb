package dev.forebay.bench.goodput;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One limit at the moment of admission, as headers tell it.
record Gauge(Axis axis, long limit, long remaining, long nanosUntilFull) {

  static @Nullable Gauge of(List<Gauge> gauges, Axis axis) {
    for (Gauge gauge : gauges) {
      if (gauge.axis == axis) {
        return gauge;
      }
    }
    return null;
  }
}
