package dev.forebay.telemetry;

import dev.forebay.prices.Cost;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Collects series in the form Prometheus' library writes out. *Confined to one scrape.*
final class Snapshots {

  private static final double[] BOUNDS = Distribution.boundsSeconds();

  private final Map<Metric, List<CounterDataPointSnapshot>> counters = new EnumMap<>(Metric.class);
  private final Map<Metric, Map<Labels, GaugeDataPointSnapshot>> gauges =
      new EnumMap<>(Metric.class);
  private final Map<Metric, List<HistogramDataPointSnapshot>> histograms =
      new EnumMap<>(Metric.class);

  void counters(Family<LongAdder> family) {
    family.series().forEach((labels, cell) -> counter(family.metric(), cell.sum(), array(labels)));
  }

  /// Counters of nano-dollars, in dollars.
  void dollars(Family<LongAdder> family) {
    family
        .series()
        .forEach((labels, cell) -> counter(family.metric(), dollars(cell.sum()), array(labels)));
  }

  static double dollars(long nanoDollars) {
    return nanoDollars / (double) Cost.NANOS_PER_DOLLAR;
  }

  void counter(Metric metric, double value, String... labels) {
    counters
        .computeIfAbsent(metric, _ -> new ArrayList<>())
        .add(new CounterDataPointSnapshot(value, labels(metric, labels), null, 0));
  }

  void gauges(Family<LongAdder> family) {
    family.series().forEach((labels, cell) -> gauge(family.metric(), cell.sum(), array(labels)));
  }

  /// A series that is already there stays as it is: several keys report the one limit they share.
  void gauge(Metric metric, double value, String... labelValues) {
    Labels labels = labels(metric, labelValues);
    gauges
        .computeIfAbsent(metric, _ -> new LinkedHashMap<>())
        .putIfAbsent(labels, new GaugeDataPointSnapshot(value, labels, null));
  }

  void histograms(Family<Distribution> family) {
    Metric metric = family.metric();
    family
        .series()
        .forEach((labels, cell) ->
            histograms
                .computeIfAbsent(metric, _ -> new ArrayList<>())
                .add(
                    HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets(cell.counts()))
                        .sum(cell.sumSeconds())
                        .labels(labels(metric, array(labels)))
                        .build()));
  }

  MetricSnapshots build() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    counters.forEach(
        (metric, points) -> all.metricSnapshot(new CounterSnapshot(about(metric), points)));
    gauges.forEach(
        (metric, points) -> all.metricSnapshot(new GaugeSnapshot(about(metric), points.values())));
    histograms.forEach(
        (metric, points) -> all.metricSnapshot(new HistogramSnapshot(about(metric), points)));
    return all.build();
  }

  private static MetricMetadata about(Metric metric) {
    return new MetricMetadata(metric.registered(), metric.description());
  }

  private static ClassicHistogramBuckets buckets(long[] counts) {
    return ClassicHistogramBuckets.of(BOUNDS, counts);
  }

  private static Labels labels(Metric metric, String[] values) {
    return Labels.of(array(metric.labels()), values);
  }

  private static String[] array(List<String> list) {
    return list.toArray(String[]::new);
  }
}
