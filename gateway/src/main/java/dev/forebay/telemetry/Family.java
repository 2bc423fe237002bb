package dev.forebay.telemetry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The series of one counter or histogram, by their label values. *Thread-safe.*
///
/// The cell of a series is looked up once and then held by whoever counts in it.
final class Family<T> {

  private final Metric metric;
  private final Supplier<T> cells;
  private final Map<List<String>, T> series = new ConcurrentHashMap<>();

  Family(Metric metric, Supplier<T> cells) {
    this.metric = metric;
    this.cells = cells;
  }

  Metric metric() {
    return metric;
  }

  /// The cell of these label values, in the order of [Metric#labels()].
  T cell(String... labelValues) {
    if (labelValues.length != metric.labels().size()) {
      throw new IllegalArgumentException(
          "label values: " + List.of(labelValues) + " (expected: " + metric.labels() + ")");
    }
    return series.computeIfAbsent(List.of(labelValues), _ -> cells.get());
  }

  Map<List<String>, T> series() {
    return series;
  }

  /// Forgets the series whose label values are `gone`.
  void forget(Predicate<List<String>> gone) {
    series.keySet().removeIf(gone);
  }
}
