package dev.forebay.app;

import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.control.Config;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.pool.Ticker;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// A gateway for browsers: with a database on disk, without keys or people, in front of simulated
/// providers, and with a clock that runs and can be moved on.
public final class BrowsedGateway implements AutoCloseable {

  public static final String CLIENT_KEY = "fb-test-laptop";
  public static final String ALPHA = "sk-test-alpha-0123456789-aaaa";
  public static final String BETA = "sk-test-beta-0123456789-bbbb";
  public static final String GAMMA = "sk-test-gamma-0123456789-cccc";
  public static final String CLAUDE = "sk-ant-test-claude-0123456789-dddd";

  private static final String HELLO =
      """
      {"model": "gpt-6-sol", "messages": [{"role": "user", "content": "Hello"}]}
      """;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public final Simulator simulator;
  public final Gateway gateway;
  private final Path data;
  private final AtomicLong skipped = new AtomicLong();

  private final Ticker ticker =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime() + skipped.get();
        }

        @Override
        public Instant now() {
          return Instant.now().plusNanos(skipped.get());
        }
      };

  /// In front of three accounts of OpenAI and one of Anthropic.
  public BrowsedGateway() {
    this(
        SimulatorSpec.of(
            SimulatedOrganization.openai("org-a", ALPHA),
            SimulatedOrganization.openai("org-b", BETA),
            SimulatedOrganization.openai("org-c", GAMMA),
            SimulatedOrganization.anthropic("org-d", CLAUDE)));
  }

  /// In front of these providers.
  public BrowsedGateway(SimulatorSpec spec) {
    simulator = Simulator.start(spec, 0);
    try {
      data = Files.createTempDirectory("forebay-browsed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String yaml =
        """
        listen: 127.0.0.1:0
        clientKeys: [{ name: laptop, key: %s }]
        """
            .formatted(CLIENT_KEY);
    Config config =
        switch (ConfigReader.read("test", yaml, _ -> null)) {
          case Reading.Good(Config good) -> good.with(null, data);
          case Reading.Broken(var problems) -> throw new AssertionError(problems);
        };
    GatewayPlan plan =
        new GatewayPlan(
            new ConfigFile(null, _ -> null, _ -> config),
            config,
            new Persistence.Durable(null),
            "test",
            OutputStream.nullOutputStream(),
            _ -> {},
            new ExchangeListener() {},
            false);
    gateway =
        switch (Wiring.start(plan, ticker)) {
          case GatewayStart.Running(Gateway running) -> running;
          case GatewayStart.Refused(String reason) -> throw new AssertionError(reason);
        };
  }

  public String url() {
    return gateway.address().url();
  }

  public String setUpLink() {
    return String.valueOf(gateway.setUpLink());
  }

  public void skip(Duration time) {
    skipped.addAndGet(time.toNanos());
  }

  /// One request of the data plane with this client key.
  public HttpResponse<String> ask(String clientKey) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/v1/chat/completions"))
            .header("authorization", "Bearer " + clientKey)
            .header("content-type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofString(HELLO))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The name of the key that serves the next request; its status when none does.
  public String servedBy() {
    HttpResponse<String> answer = ask(CLIENT_KEY);
    return answer.statusCode() == 200
        ? answer.headers().firstValue("x-forebay-key").orElse("nobody")
        : String.valueOf(answer.statusCode());
  }

  /// All that stands in files: the access log and the database.
  public List<byte[]> files() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> {
            try {
              return Files.readAllBytes(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          })
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    gateway.stop(Duration.ZERO);
    simulator.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
