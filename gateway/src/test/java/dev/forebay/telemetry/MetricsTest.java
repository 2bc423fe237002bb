package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.ExchangeReport.End;
import dev.forebay.exchange.Waiter;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final FakeTicker ticker = new FakeTicker();
  private final Pools pools =
      new Pools(PoolSettings.defaults(), ticker, new Random(1), PoolListener.NONE);
  private final WaitingRoom room = new WaitingRoom();
  private final Metrics metrics = new Metrics(pools, room, ticker, "1.2.3");

  @BeforeEach
  void configureTwoKeys() {
    pools.replace(List.of(key("key-1"), key("key-2")));
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void countsRequestsByHowTheyEnded() {
    metrics.finished(Reports.completed());
    metrics.finished(Reports.completed());
    metrics.finished(Reports.report("gpt-6", End.BROKEN, Usage.NONE));
    metrics.finished(Reports.refused("nothing left"));

    assertThat(scrape())
        .contains(
            "forebay_requests_total{end=\"completed\",model=\"gpt-6\",operation=\"chat_completions\",provider=\"openai\"} 2.0",
            "forebay_requests_total{end=\"broken\",model=\"gpt-6\",operation=\"chat_completions\",provider=\"openai\"} 1.0",
            "forebay_requests_total{end=\"refused\",model=\"gpt-6\",operation=\"chat_completions\",provider=\"none\"} 1.0");
  }

  @Test
  void countsRequestsInFlight() {
    metrics.started(Operation.CHAT_COMPLETIONS);
    metrics.started(Operation.CHAT_COMPLETIONS);
    metrics.started(Operation.MESSAGES);
    metrics.finished(Reports.completed());

    assertThat(scrape())
        .contains(
            "forebay_requests_in_flight{operation=\"chat_completions\"} 1.0",
            "forebay_requests_in_flight{operation=\"messages\"} 1.0");
  }

  @Test
  void countsThoseWhoWaitAndSaysWhenNobodyDoes() {
    assertThat(scrape()).contains("forebay_requests_waiting{provider=\"openai\"} 0.0");
    new Waiter(room, "openai", "gpt-6", ticker.now());
    new Waiter(room, "openai", "gpt-6", ticker.now());
    Waiter other = new Waiter(room, "openai", "gpt-6-mini", ticker.now());

    assertThat(scrape()).contains("forebay_requests_waiting{provider=\"openai\"} 3.0");
    other.leave();
    assertThat(scrape()).contains("forebay_requests_waiting{provider=\"openai\"} 2.0");
  }

  @Test
  void countsTokensByKindAndLeavesOutWhatIsZero() {
    metrics.finished(Reports.completed());
    metrics.finished(Reports.report("gpt-6", End.COMPLETED, Usage.of(3, 0)));

    assertThat(scrape("forebay_tokens_total"))
        .containsExactlyInAnyOrder(
            "forebay_tokens_total{kind=\"input_fresh\",model=\"gpt-6\",provider=\"openai\"} 15.0",
            "forebay_tokens_total{kind=\"input_cache_read\",model=\"gpt-6\",provider=\"openai\"} 20.0",
            "forebay_tokens_total{kind=\"input_cache_write\",model=\"gpt-6\",provider=\"openai\"} 35.0",
            "forebay_tokens_total{kind=\"output_visible\",model=\"gpt-6\",provider=\"openai\"} 40.0",
            "forebay_tokens_total{kind=\"output_reasoning\",model=\"gpt-6\",provider=\"openai\"} 7.0");
  }

  @Test
  void countsDollarsAndRequestsWithoutAPrice() {
    metrics.finished(Reports.completed());
    metrics.finished(Reports.completed());
    metrics.finished(Reports.unpriced("gpt-6"));
    metrics.finished(Reports.refused("nothing left"));

    assertThat(scrape("forebay_cost_usd_total"))
        .containsExactly("forebay_cost_usd_total{model=\"gpt-6\",provider=\"openai\"} 0.002469134");
    assertThat(scrape("forebay_unpriced_requests_total"))
        .containsExactly(
            "forebay_unpriced_requests_total{model=\"gpt-6\",provider=\"openai\"} 1.0");
  }

  @Test
  void allKindsOfTokensAddUpToTheWhole() {
    long sum = Stream.of(TokenKind.values()).mapToLong(kind -> kind.of(Reports.USAGE)).sum();

    assertThat(sum).isEqualTo(Reports.USAGE.total());
  }

  @Test
  void countsAttemptsByKeyAndOutcome() {
    metrics.attempted(Reports.served("key-1"));
    metrics.attempted(Reports.served("key-1"));
    metrics.attempted(Reports.throttled("key-2"));
    metrics.attempted(Reports.attempt(1, "key-2", 0, new Outcome.Failed("reset")));

    assertThat(scrape("forebay_attempts_total"))
        .containsExactlyInAnyOrder(
            "forebay_attempts_total{cause=\"\",key=\"key-1-name\",outcome=\"served\",provider=\"openai\"} 2.0",
            "forebay_attempts_total{cause=\"rate_limit\",key=\"key-2-name\",outcome=\"throttled\",provider=\"openai\"} 1.0",
            "forebay_attempts_total{cause=\"\",key=\"key-2-name\",outcome=\"failed\",provider=\"openai\"} 1.0");
  }

  @Test
  void aKeyThatIsNotConfiguredIsOther() {
    metrics.attempted(Reports.served("removed"));

    assertThat(scrape())
        .contains(
            "forebay_attempts_total{cause=\"\",key=\"other\",outcome=\"served\",provider=\"openai\"} 1.0");
  }

  @Test
  void aKeyThatIsRemovedTakesItsSeriesWithItAndBeginsAnew() {
    metrics.attempted(Reports.served("key-1"));
    metrics.attempted(Reports.served("key-2"));
    assertThat(scrape("forebay_attempts_total")).hasSize(2);

    pools.replace(List.of(key("key-2")));
    assertThat(scrape("forebay_attempts_total"))
        .singleElement()
        .asString()
        .contains("key=\"key-2-name\"");

    pools.replace(List.of(key("key-1"), key("key-2")));
    metrics.attempted(Reports.served("key-1"));
    assertThat(scrape())
        .contains(
            "forebay_attempts_total{cause=\"\",key=\"key-1-name\",outcome=\"served\",provider=\"openai\"} 1.0");
  }

  @Test
  void modelsAreBoundedAndOnlyAnswersAdmitThem() {
    metrics.finished(Reports.report("made-up", End.CALLER_FAULT, Usage.NONE));
    for (int i = 0; i < ModelNames.LIMIT + 20; i++) {
      metrics.finished(Reports.report("model-" + i, End.COMPLETED, Usage.NONE));
    }

    Set<String> models = labelValues("forebay_requests_total", "model");
    assertThat(models)
        .hasSize(ModelNames.LIMIT + 1)
        .contains("other", "model-0")
        .doesNotContain("made-up");
    assertThat(scrape())
        .contains(
            "forebay_requests_total{end=\"completed\",model=\"other\",operation=\"chat_completions\",provider=\"openai\"} 20.0");
  }

  @Test
  void anOperationWithoutModelHasNone() {
    metrics.finished(Reports.report("", End.COMPLETED, Usage.NONE));

    assertThat(labelValues("forebay_requests_total", "model")).containsExactly("none");
  }

  @Test
  void durationsFallIntoBuckets() {
    metrics.finished(Reports.completed());

    assertThat(scrape())
        .contains(
            "forebay_request_duration_seconds_bucket{operation=\"chat_completions\",provider=\"openai\",stream=\"true\",le=\"0.35\"} 0",
            "forebay_request_duration_seconds_bucket{operation=\"chat_completions\",provider=\"openai\",stream=\"true\",le=\"0.5\"} 1",
            "forebay_request_duration_seconds_bucket{operation=\"chat_completions\",provider=\"openai\",stream=\"true\",le=\"+Inf\"} 1",
            "forebay_request_duration_seconds_sum{operation=\"chat_completions\",provider=\"openai\",stream=\"true\"} 0.456789",
            "forebay_first_content_seconds_bucket{operation=\"chat_completions\",provider=\"openai\",stream=\"true\",le=\"0.1\"} 0",
            "forebay_first_content_seconds_bucket{operation=\"chat_completions\",provider=\"openai\",stream=\"true\",le=\"0.15\"} 1");
  }

  @Test
  void onlyCompletedRequestsHaveADuration() {
    metrics.finished(Reports.report("gpt-6", End.CLIENT_LEFT, Usage.NONE));
    metrics.finished(Reports.refused("nothing left"));

    assertThat(scrape("forebay_request_duration_seconds_count")).isEmpty();
    assertThat(scrape("forebay_first_content_seconds_count")).hasSize(1);
  }

  @Test
  void reportsDropsAndFailuresAndTheVersion() {
    metrics.countDropped("usage_row", () -> 3);
    metrics.countListenerFailures(() -> 2);

    assertThat(scrape())
        .contains(
            "forebay_dropped_total{what=\"usage_row\"} 3.0",
            "forebay_listener_failures_total 2.0",
            "forebay_build_info{version=\"1.2.3\"} 1");
  }

  @Test
  void tellsOfTheJvmAndTheProcess() {
    assertThat(scrape())
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"))
        .anyMatch(line -> line.startsWith("jvm_threads_live_threads"))
        .anyMatch(line -> line.startsWith("process_uptime_seconds"));
  }

  @Test
  void nothingIsReportedThatTheCatalogueDoesNotName() {
    metrics.started(Operation.CHAT_COMPLETIONS);
    metrics.attempted(Reports.served("key-1"));
    metrics.finished(Reports.completed());

    Set<String> families = new TreeSet<>();
    metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith("# TYPE forebay_"))
        .forEach(line -> families.add(line.substring("# TYPE ".length())));
    Set<String> catalogued = new TreeSet<>();
    for (Metric metric : Metric.values()) {
      String type = metric.type() == Metric.Type.INFO ? "gauge" : Metrics.label(metric.type());
      catalogued.add(metric.exposed() + " " + type);
    }

    assertThat(catalogued).containsAll(families);
    assertThat(families).contains("forebay_requests_total counter", "forebay_key_state gauge");
  }

  private static KeySpec key(String id) {
    return new KeySpec(
        id, id + "-name", "openai", KeySpec.ownGroup(id), 5, Long.MAX_VALUE, Set.of(), false);
  }

  private List<String> scrape() {
    return metrics.scrape().lines().toList();
  }

  private List<String> scrape(String family) {
    return metrics.scrape().lines().filter(line -> line.startsWith(family)).toList();
  }

  private Set<String> labelValues(String family, String label) {
    Pattern value = Pattern.compile(label + "=\"([^\"]*)\"");
    Set<String> values = new TreeSet<>();
    for (String line : scrape(family)) {
      value.matcher(line).results().map(MatchResult::group).forEach(values::add);
    }
    return values.stream()
        .map(found -> found.substring(label.length() + 2, found.length() - 1))
        .collect(Collectors.toSet());
  }
}
