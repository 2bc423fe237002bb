package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.pool.KeyView;
import dev.forebay.simulator.Pace;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A daily budget under many requests at once, through the whole program.
@Timeout(180)
class BudgetTest {

  private static final String NARROW = "sk-narrow";

  private final BlockingQueue<ExchangeReport> ended = new LinkedBlockingQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Simulator simulator;
  private @Nullable Gateway gateway;

  @BeforeEach
  void startProviders() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.openai("org-narrow", NARROW),
                SimulatedOrganization.openai("org-a", "sk-a"),
                SimulatedOrganization.openai("org-b", "sk-b")),
            0);
  }

  private Gateway gateway() {
    return Objects.requireNonNull(gateway, "start(…) comes first");
  }

  @AfterEach
  void stop() {
    client.close();
    gateway().stop(Duration.ZERO);
    simulator.close();
  }

  /// The narrow key is drawn from first, as long as its budget holds the request.
  private void start(long dailyTokens) {
    String yaml =
        """
        listen: 127.0.0.1:0
        accessLog: off
        clientKeys: [{ key: fb-test }]
        keys:
          - { provider: openai, name: narrow, secret: %1$s, priority: 9, dailyTokens: %2$d, baseUrl: %3$s }
          - { provider: openai, name: a, secret: sk-a, priority: 5, baseUrl: %3$s }
          - { provider: openai, name: b, secret: sk-b, priority: 5, baseUrl: %3$s }
        """
            .formatted(NARROW, dailyTokens, simulator.origin());
    gateway =
        GatewayFixture.start(
            yaml,
            SystemTicker.INSTANCE,
            new ExchangeListener() {
              @Override
              public void finished(ExchangeReport report) {
                ended.add(report);
              }
            });
  }

  private HttpRequest chat(int answerTokens, boolean capped, boolean stream) {
    return HttpRequest.newBuilder(URI.create(gateway().address().url() + "/v1/chat/completions"))
        .header("authorization", "Bearer fb-test")
        .header("content-type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"model\":\"gpt-6-sol\",\"stream\":"
                    + stream
                    + (capped ? ",\"max_completion_tokens\":" + answerTokens : "")
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"tokens="
                    + answerTokens
                    + "\"}]}"))
        .build();
  }

  private KeyView key(String name) {
    return gateway().keys().stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Sends all at once and answers what each one used, by the gateway's own account.
  private List<ExchangeReport> sendAll(List<HttpRequest> requests) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (HttpRequest request : requests) {
      answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
    }
    return reports(requests.size());
  }

  private List<ExchangeReport> reports(int count) throws InterruptedException {
    List<ExchangeReport> reports = new ArrayList<>();
    while (reports.size() < count) {
      ExchangeReport report = ended.poll(20, TimeUnit.SECONDS);
      assertThat(report).as("exchange %d of %d ends", reports.size() + 1, count).isNotNull();
      reports.add(report);
    }
    return reports;
  }

  private static long largest(List<ExchangeReport> reports) {
    return reports.stream().mapToLong(report -> report.usage().total()).max().orElseThrow();
  }

  private void nothingIsHeld() {
    assertThat(gateway().keys())
        .allSatisfy(key -> {
          assertThat(key.inFlight()).as(key.name()).isZero();
          assertThat(key.reservedTokens()).as(key.name()).isZero();
        });
  }

  @Test
  void aHundredAtOnceKeepABudgetWithRoomForForty() throws Exception {
    int answer = 50;
    start(1_000_000_000);
    long each = sendAll(List.of(chat(answer, true, false))).getFirst().usage().total();
    gateway().stop(Duration.ZERO);
    start(40 * each);

    List<HttpRequest> hundred = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      hundred.add(chat(answer, true, i % 2 == 0));
    }
    List<ExchangeReport> first = sendAll(hundred);
    long byNarrow = first.stream().filter(report -> "narrow".equals(report.keyName())).count();
    // Nothing was learned yet: each reserves up to twice as much and some, until the first answer.
    assertThat(byNarrow).isBetween(40 * each / (2 * each + 64), 41L);
    assertThat(first).extracting(ExchangeReport::keyName).contains("a", "b");
    assertThat(key("narrow").usedToday()).isLessThanOrEqualTo(41 * each);
    nothingIsHeld();

    // What was reserved too carefully is there again: the budget can be used to its end.
    for (int i = 0; i < 40; i++) {
      sendAll(List.of(chat(answer, true, false)));
    }
    assertThat(key("narrow").usedToday()).isBetween(39 * each, 41 * each);
    assertThat(simulator.usage(NARROW).requests()).isEqualTo(key("narrow").usedToday() / each + 1);
    nothingIsHeld();
  }

  @Test
  void withoutACapABudgetIsPassedByOneRequestAtMost() throws Exception {
    long budget = 20_000;
    start(budget);
    RandomGenerator random = new SplittableRandom(1);
    long largest = 0;
    for (int round = 0; round < 6; round++) {
      List<HttpRequest> hundred = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        hundred.add(chat(random.nextInt(20, 400), false, i % 3 == 0));
      }
      largest = Math.max(largest, largest(sendAll(hundred)));
      assertThat(key("narrow").usedToday()).isLessThanOrEqualTo(budget + largest);
      nothingIsHeld();
    }
    assertThat(key("narrow").usedToday()).isGreaterThan(budget / 2);
  }

  @Test
  void clientsThatLeaveInTheMiddleHoldNothing() throws Exception {
    simulator.pace(new Pace(Duration.ofMillis(5), 200, 400));
    start(1_000_000);
    List<CompletableFuture<HttpResponse<InputStream>>> streams = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      streams.add(
          client.sendAsync(chat(2_000, true, true), HttpResponse.BodyHandlers.ofInputStream()));
    }
    for (CompletableFuture<HttpResponse<InputStream>> stream : streams) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream.get().body(), StandardCharsets.UTF_8))) {
        assertThat(lines.readLine()).startsWith("data: ");
      }
    }

    List<ExchangeReport> reports = reports(30);
    assertThat(reports)
        .allSatisfy(report -> {
          assertThat(report.end()).isEqualTo(ExchangeReport.End.CLIENT_LEFT);
          assertThat(report.usage().total()).isBetween(1L, 1_999L);
        });
    assertThat(key("narrow").usedToday())
        .isEqualTo(
            reports.stream()
                .filter(report -> "narrow".equals(report.keyName()))
                .mapToLong(report -> report.usage().total())
                .sum());
    nothingIsHeld();
  }
}
