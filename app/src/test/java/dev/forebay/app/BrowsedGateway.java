package dev.forebay.app;

import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.control.Config;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.pool.Ticker;
import dev.forebay.simulator.GoogleSpec;
import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.Project;
import dev.forebay.simulator.GoogleSpec.User;
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
/// providers and a simulated Google, and with a clock that runs and can be moved on.
public final class BrowsedGateway implements AutoCloseable {

  public static final String CLIENT_KEY = "fb-test-laptop";
  public static final String ALPHA = "sk-test-alpha-0123456789-aaaa";
  public static final String BETA = "sk-test-beta-0123456789-bbbb";
  public static final String GAMMA = "sk-test-gamma-0123456789-cccc";
  public static final String CLAUDE = "sk-ant-test-claude-0123456789-dddd";

  public static final String GOOGLE_CLIENT = "100000000001-test.apps.googleusercontent.com";
  public static final String GOOGLE_SECRET = "GOCSPX-test-0123456789";

  private static final String HELLO =
      """
      {"model": "gpt-6-sol", "messages": [{"role": "user", "content": "Hello"}]}
      """;

  private static final String GENERATE = "/v1beta/models/gemini-3.8-flash:generateContent";
  private static final String CONTENTS =
      """
      {"contents": [{"role": "user", "parts": [{"text": "Hello"}]}]}
      """;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public final Simulator simulator;
  private final Path data;
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong asked = new AtomicLong();

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

  private int port;
  private Gateway gateway;

  /// In front of three accounts of OpenAI, one of Anthropic and Google's of three projects.
  public BrowsedGateway() {
    this(
        SimulatorSpec.of(
                SimulatedOrganization.openai("org-a", ALPHA),
                SimulatedOrganization.openai("org-b", BETA),
                SimulatedOrganization.openai("org-c", GAMMA),
                SimulatedOrganization.anthropic("org-d", CLAUDE),
                SimulatedOrganization.gemini("100000000001"),
                SimulatedOrganization.gemini("100000000002"),
                SimulatedOrganization.gemini("100000000003"))
            .withGoogle(google()));
    simulator.google().registerRedirectUri(GOOGLE_CLIENT, url() + "/settings/google/callback");
  }

  /// In front of these providers.
  public BrowsedGateway(SimulatorSpec spec) {
    simulator = Simulator.start(spec, 0);
    try {
      data = Files.createTempDirectory("forebay-browsed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    gateway = start();
    port = gateway.address().port();
  }

  private static GoogleSpec google() {
    return GoogleSpec.NONE
        .withProjects(
            Project.of("acme-research", "100000000001").withName("Acme Research"),
            Project.of("acme-mobile", "100000000002").withName("Acme Mobile"),
            Project.of("acme-support", "100000000003").withName("Acme Support"))
        .withUsers(
            User.of("anna@example.org", "acme-research", "acme-mobile").withName("Anna Berg"),
            User.of("ben@example.org", "acme-mobile").withName("Ben Okafor"),
            User.of("carla@example.org", "acme-support", "acme-research").withName("Carla Diaz"))
        .withClients(Client.web(GOOGLE_CLIENT, GOOGLE_SECRET).withTesting(true));
  }

  private Gateway start() {
    String yaml =
        """
        listen: 127.0.0.1:%1$d
        clientKeys: [{ name: laptop, key: %2$s }]
        google:
          endpoints:
            authorize: %3$s/o/oauth2/v2/auth
            token: %3$s/token
            revoke: %3$s/revoke
            userinfo: %3$s/v1/userinfo
            projects: %3$s/v1/projects
            api: %3$s
        """
            .formatted(port, CLIENT_KEY, simulator.origin());
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
    return switch (Wiring.start(plan, ticker)) {
      case GatewayStart.Running(Gateway running) -> running;
      case GatewayStart.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  /// Ends the gateway and starts another one on what it left, at the same address.
  public void restart() {
    gateway.stop(Duration.ZERO);
    gateway = start();
  }

  public String url() {
    return gateway.address().url();
  }

  public String setUpLink() {
    return String.valueOf(gateway.setUpLink());
  }

  /// The set-up link without the address.
  public String setUpPath() {
    return setUpLink().substring(url().length());
  }

  public void skip(Duration time) {
    skipped.addAndGet(time.toNanos());
  }

  /// One request of the data plane with this client key.
  public HttpResponse<String> ask(String clientKey) {
    return send(clientKey, "/v1/chat/completions", fresh(HELLO));
  }

  /// One request for Gemini; the name of the key that serves it, or its status when none does.
  public String geminiServedBy() {
    HttpResponse<String> answer = send(CLIENT_KEY, GENERATE, fresh(CONTENTS));
    return served(answer);
  }

  /// The request of a conversation of its own, which no key has seen.
  private String fresh(String body) {
    return body.replace("Hello", "Hello for the time number " + asked.incrementAndGet());
  }

  private HttpResponse<String> send(String clientKey, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("authorization", "Bearer " + clientKey)
            .header("content-type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofString(body))
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
    return served(ask(CLIENT_KEY));
  }

  /// The same for a conversation that begins with these words.
  public String servedBy(String words) {
    return served(send(CLIENT_KEY, "/v1/chat/completions", HELLO.replace("Hello", words)));
  }

  private static String served(HttpResponse<String> answer) {
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
