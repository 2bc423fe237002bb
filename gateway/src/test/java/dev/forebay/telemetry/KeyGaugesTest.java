package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.pool.Axis;
import dev.forebay.pool.Cause;
import dev.forebay.pool.Headroom;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Period;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Scope;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyGaugesTest {

  private static final Instant NOW = Reports.START;

  private final ModelNames models = new ModelNames();

  @Test
  void everyKeyIsInOneState() {
    List<String> series =
        series(
            Metric.KEY_STATE,
            key("a", Status.OPEN, false),
            key("b", Status.OPEN, true),
            key("c", cooling(Duration.ofSeconds(3)), false),
            key("d", new Status.Spent(NOW.plusSeconds(60)), false),
            key("e", new Status.Rejected("401", Provenance.PROVIDER, NOW), false),
            key("f", new Status.Paused(Provenance.PERSON), false));

    assertThat(series)
        .containsExactlyInAnyOrder(
            "{group=\"group-a\",key=\"a\",provider=\"openai\",state=\"open\"} 1.0",
            "{group=\"group-b\",key=\"b\",provider=\"openai\",state=\"half_open\"} 1.0",
            "{group=\"group-c\",key=\"c\",provider=\"openai\",state=\"cooling\"} 1.0",
            "{group=\"group-d\",key=\"d\",provider=\"openai\",state=\"spent\"} 1.0",
            "{group=\"group-e\",key=\"e\",provider=\"openai\",state=\"rejected\"} 1.0",
            "{group=\"group-f\",key=\"f\",provider=\"openai\",state=\"paused\"} 1.0");
  }

  @Test
  void statesAreCountedZerosToo() {
    assertThat(series(Metric.KEYS, key("a", Status.OPEN, false), key("b", Status.OPEN, false)))
        .contains(
            "{provider=\"openai\",state=\"open\"} 2.0", "{provider=\"openai\",state=\"spent\"} 0.0")
        .hasSize(6);
  }

  @Test
  void aKeyThatIsOutSaysForHowLong() {
    assertThat(
            series(
                Metric.KEY_UNAVAILABLE,
                key("a", Status.OPEN, false),
                key("b", cooling(Duration.ofMillis(2500)), false),
                key("c", cooling(Duration.ofSeconds(-1)), false)))
        .containsExactly("{key=\"b\",provider=\"openai\"} 2.5");
  }

  @Test
  void onlyAKeyWithABudgetReportsOne() {
    KeyView limited = key("a", Status.OPEN, false, 1_000_000, List.of(), List.of());

    assertThat(series(Metric.KEY_DAILY, limited, key("b", Status.OPEN, false)))
        .containsExactly("{key=\"a\",provider=\"openai\"} 1000000.0");
    assertThat(series(Metric.KEY_USED_TODAY, limited))
        .containsExactly("{key=\"a\",provider=\"openai\"} 300.0");
    assertThat(series(Metric.KEY_RESERVED, limited))
        .containsExactly("{key=\"a\",provider=\"openai\"} 20.0");
    assertThat(series(Metric.KEY_DAILY_USD, limited, key("b", Status.OPEN, false)))
        .containsExactly("{key=\"a\",provider=\"openai\"} 20.0");
    assertThat(series(Metric.KEY_USED_TODAY_USD, limited))
        .containsExactly("{key=\"a\",provider=\"openai\"} 1.25");
    assertThat(series(Metric.KEY_RESERVED_USD, limited))
        .containsExactly("{key=\"a\",provider=\"openai\"} 0.5");
    assertThat(series(Metric.KEY_IN_FLIGHT, limited))
        .containsExactly("{key=\"a\",provider=\"openai\"} 2.0");
  }

  @Test
  void keysOfOneNameStayApart() {
    KeyView twin = key("a", Status.OPEN, false);
    KeyView other =
        new KeyView(
            "second",
            "a",
            twin.provider(),
            twin.limitGroup(),
            Provenance.ESTIMATED,
            twin.priority(),
            twin.status(),
            false,
            List.of(),
            7,
            0,
            0,
            Long.MAX_VALUE,
            0,
            0,
            Long.MAX_VALUE,
            0,
            0,
            0,
            0,
            0,
            0,
            Duration.ZERO,
            Duration.ZERO,
            null,
            List.of());

    assertThat(series(Metric.KEY_IN_FLIGHT, twin, other))
        .containsExactlyInAnyOrder(
            "{key=\"a\",provider=\"openai\"} 2.0", "{key=\"a (second)\",provider=\"openai\"} 7.0");
  }

  @Test
  void headroomIsOfTheGroupAndOnlyWhatIsKnown() {
    models.label("gpt-6", true);
    List<Headroom> headroom =
        List.of(
            headroom("gpt-6", Axis.REQUESTS, Period.MINUTE, 100, 40),
            headroom("gpt-6", Axis.TOKENS, Period.DAY, 9_000, 0),
            headroom("unheard", Axis.REQUESTS, Period.MINUTE, 9, 9));
    KeyView key = key("a", Status.OPEN, false, Long.MAX_VALUE, List.of(), headroom);

    assertThat(series(Metric.HEADROOM, key, key))
        .containsExactlyInAnyOrder(
            "{axis=\"requests\",group=\"group-a\",model=\"gpt-6\",period=\"minute\",provider=\"openai\"} 40.0",
            "{axis=\"tokens\",group=\"group-a\",model=\"gpt-6\",period=\"day\",provider=\"openai\"} 0.0");
    assertThat(series(Metric.HEADROOM_LIMIT, key))
        .containsExactlyInAnyOrder(
            "{axis=\"requests\",group=\"group-a\",model=\"gpt-6\",period=\"minute\",provider=\"openai\"} 100.0",
            "{axis=\"tokens\",group=\"group-a\",model=\"gpt-6\",period=\"day\",provider=\"openai\"} 9000.0");
  }

  private static Headroom headroom(
      String model, Axis axis, Period period, long limit, long remaining) {
    return new Headroom(model, axis, period, limit, remaining, NOW, Provenance.PROVIDER);
  }

  @Test
  void aModelThatCoolsIsReportedOnceForAllKeysItConcerns() {
    models.label("gpt-6", true);
    List<ScopedCooling> coolings =
        List.of(
            scoped(Scope.PROVIDER_MODEL, null, "gpt-6"),
            scoped(Scope.GROUP_MODEL, "group-a", "unheard"),
            scoped(Scope.GROUP, "group-a", null));
    KeyView key = key("a", Status.OPEN, false, Long.MAX_VALUE, coolings, List.of());

    assertThat(series(Metric.COOLING, key, key))
        .containsExactlyInAnyOrder(
            "{cause=\"overloaded\",group=\"\",model=\"gpt-6\",provider=\"openai\",scope=\"provider_model\"} 4.0",
            "{cause=\"overloaded\",group=\"group-a\",model=\"other\",provider=\"openai\",scope=\"group_model\"} 4.0");
  }

  private static ScopedCooling scoped(Scope scope, @Nullable String group, @Nullable String model) {
    return new ScopedCooling(
        scope,
        "openai",
        group,
        model,
        NOW.plusSeconds(4),
        false,
        Cause.OVERLOADED,
        "busy",
        Provenance.ESTIMATED,
        1);
  }

  private static Status cooling(Duration time) {
    return new Status.Cooling(
        NOW.plus(time), Cause.RATE_LIMIT, "429", Provenance.PROVIDER, Scope.KEY);
  }

  private static KeyView key(String name, Status status, boolean halfOpen) {
    return key(name, status, halfOpen, Long.MAX_VALUE, List.of(), List.of());
  }

  private static KeyView key(
      String name,
      Status status,
      boolean halfOpen,
      long budget,
      List<ScopedCooling> coolings,
      List<Headroom> headroom) {
    return new KeyView(
        "id-" + name,
        name,
        "openai",
        "group-" + name,
        Provenance.CONFIGURATION,
        5,
        status,
        halfOpen,
        coolings,
        2,
        20,
        300,
        budget,
        500_000_000,
        1_250_000_000,
        budget == Long.MAX_VALUE ? budget : 20_000_000_000L,
        1.5,
        60,
        4,
        3,
        2,
        0.5,
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        null,
        headroom);
  }

  private List<String> series(Metric metric, KeyView... keys) {
    Snapshots snapshots = new Snapshots();
    KeyGauges.add(snapshots, List.of(keys), models, NOW);
    List<String> series = new ArrayList<>();
    for (MetricSnapshot snapshot : snapshots.build()) {
      if (snapshot instanceof GaugeSnapshot gauge
          && gauge.getMetadata().getName().equals(metric.exposed())) {
        for (GaugeDataPointSnapshot point : gauge.getDataPoints()) {
          series.add(point.getLabels() + " " + point.getValue());
        }
      }
    }
    return series;
  }
}
