package dev.forebay.telemetry;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.jspecify.annotations.Nullable;

/// The registry behind a scrape: ours, and what Micrometer says of the JVM and the process.
/// *Thread-safe.*
///
/// It is made at the first scrape, because its classes take longer to load than the rest of a
/// start.
final class Exposition implements AutoCloseable {

  private final String version;
  private final MultiCollector ours;
  private @Nullable PrometheusMeterRegistry registry;
  private @Nullable JvmGcMetrics collections;

  Exposition(String version, MultiCollector ours) {
    this.version = version;
    this.ours = ours;
  }

  String scrape() {
    return registry().scrape();
  }

  private synchronized PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry known = registry;
    if (known != null) {
      return known;
    }
    PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    made.getPrometheusRegistry().register(ours);
    made.getPrometheusRegistry().register(() -> new MetricSnapshots(build()));
    new JvmMemoryMetrics().bindTo(made);
    new JvmThreadMetrics().bindTo(made);
    new ProcessorMetrics().bindTo(made);
    new UptimeMetrics().bindTo(made);
    new FileDescriptorMetrics().bindTo(made);
    collections = new JvmGcMetrics();
    collections.bindTo(made);
    registry = made;
    return made;
  }

  private InfoSnapshot build() {
    Metric metric = Metric.BUILD;
    return InfoSnapshot.builder()
        .name(metric.registered())
        .help(metric.description())
        .dataPoint(
            InfoSnapshot.InfoDataPointSnapshot.builder()
                .labels(Labels.of(metric.labels().getFirst(), version))
                .build())
        .build();
  }

  @Override
  public synchronized void close() {
    if (collections != null) {
      collections.close();
    }
    if (registry != null) {
      registry.close();
    }
    collections = null;
    registry = null;
  }
}
