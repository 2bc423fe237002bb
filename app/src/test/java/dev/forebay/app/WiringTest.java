package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.control.Config;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.control.Notice;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Status;
import dev.forebay.simulator.Fault;
import dev.forebay.simulator.Pace;
import dev.forebay.simulator.RateLimitKind;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WiringTest {
  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();
  private Simulator simulator;

  @BeforeEach
  void startProvider() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.openai("org-a", "sk-a"),
                SimulatedOrganization.openai("org-b", "sk-b"),
                SimulatedOrganization.openai("org-c", "sk-c")),
            0);
  }

  @AfterEach
  void stopProvider() {
    simulator.close();
  }

  private String settings(String... keys) {
    StringBuilder yaml =
        new StringBuilder(
            "listen: 127.0.0.1:0\naccessLog: off\nclientKeys: [{ key: fb-test }]\nkeys:\n");
    for (String key : keys) {
      yaml.append("  - { provider: openai, name: ").append(key);
      yaml.append(", secret: sk-").append(key).append(", baseUrl: ").append(simulator.origin());
      yaml.append(" }\n");
    }
    return yaml.toString();
  }

  private Gateway start(String yaml) throws IOException {
    Path path = folder.resolve("forebay.yaml");
    Files.writeString(path, yaml);
    ConfigFile file =
        new ConfigFile(path, _ -> null, read -> read.with(null, folder.resolve("data")));
    Config config = ((Reading.Good) file.read()).config();
    GatewayPlan plan =
        new GatewayPlan(
            file,
            config,
            new Persistence.Durable(null),
            "test",
            OutputStream.nullOutputStream(),
            (Notice notice) -> notices.add(notice.text()),
            new ExchangeListener() {},
            false);
    GatewayStart start = Wiring.start(plan);
    assertThat(start).as("%s", start).isInstanceOf(GatewayStart.Running.class);
    return ((GatewayStart.Running) start).gateway();
  }

  private final AtomicLong asked = new AtomicLong();

  private HttpRequest chat(Gateway gateway, boolean stream) {
    return HttpRequest.newBuilder(URI.create(gateway.address().url() + "/v1/chat/completions"))
        .header("authorization", "Bearer fb-test")
        .header("content-type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"model\":\"gpt-6-sol\",\"stream\":"
                    + stream
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello "
                    // A conversation that no key has seen.
                    + asked.incrementAndGet()
                    + "\"}]}"))
        .build();
  }

  private HttpResponse<String> ask(Gateway gateway) throws Exception {
    return client.send(chat(gateway, false), HttpResponse.BodyHandlers.ofString());
  }

  private static KeyView key(Gateway gateway, String name) {
    return gateway.keys().stream().filter(key -> key.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void cooldownsRejectionsAndUsageSurviveARestart() throws Exception {
    simulator.script("sk-a", Fault.rateLimited(RateLimitKind.OPENAI_INSUFFICIENT_QUOTA));
    simulator.always("sk-b", new Fault.Unauthorized());
    List<KeyView> before;
    try (Gateway gateway = start(settings("a", "b", "c"))) {
      for (int i = 0; i < 20; i++) {
        assertThat(ask(gateway).statusCode()).isEqualTo(200);
      }
      before = gateway.keys();
      assertThat(key(gateway, "a").status()).isInstanceOf(Status.Cooling.class);
      assertThat(key(gateway, "b").status()).isInstanceOf(Status.Rejected.class);
      assertThat(key(gateway, "c").usedToday()).isPositive();
    }
    try (Gateway gateway = start(settings("a", "b", "c"))) {
      // The database keeps microseconds.
      assertThat(gateway.keys().stream().map(KeyView::status).toList())
          .usingRecursiveComparison()
          .withComparatorForType(
              Comparator.comparing(at -> at.truncatedTo(ChronoUnit.MICROS)), Instant.class)
          .isEqualTo(before.stream().map(KeyView::status).toList());
      assertThat(gateway.keys().stream().map(KeyView::usedToday).toList())
          .isEqualTo(before.stream().map(KeyView::usedToday).toList());
    }
  }

  @Test
  void ownersOfWhatIsStoredSurviveARestart() throws Exception {
    Map<String, String> owners = new HashMap<>();
    try (Gateway gateway = start(settings("a", "b", "c"))) {
      for (int i = 0; i < 24; i++) {
        HttpResponse<String> made = stored(gateway, "POST", "/v1/conversations");
        owners.put(
            new JsonObject(made.body()).getString("id"),
            made.headers().firstValue("x-forebay-key").orElseThrow());
      }
    }
    assertThat(owners.values()).as("one account proves nothing").contains("a", "b", "c");
    try (Gateway gateway = start(settings("a", "b", "c"))) {
      for (Map.Entry<String, String> owner : owners.entrySet()) {
        HttpResponse<String> found = stored(gateway, "GET", "/v1/conversations/" + owner.getKey());
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.headers().firstValue("x-forebay-key")).contains(owner.getValue());
        // Whoever does not know the owner asks in turn.
        assertThat(found.headers().firstValue("x-forebay-attempts")).contains("1");
      }
    }
  }

  private HttpResponse<String> stored(Gateway gateway, String method, String path)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.address().url() + path))
            .header("authorization", "Bearer fb-test")
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? "{}" : ""))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aChangedFileReachesTheDataPathWithoutForgettingAnything() throws Exception {
    try (Gateway gateway = start(settings("a"))) {
      assertThat(ask(gateway).headers().firstValue("x-forebay-key")).contains("a");
      long used = key(gateway, "a").usedToday();
      Files.writeString(folder.resolve("forebay.yaml"), settings("a", "b"));
      assertThat(notices.take()).contains("2 provider keys");
      assertThat(gateway.keys()).hasSize(2);
      assertThat(key(gateway, "a").usedToday()).isEqualTo(used).isPositive();

      Files.writeString(folder.resolve("forebay.yaml"), "keys: broken\n");
      assertThat(notices.take()).contains("keys must be a list", "stay in force");
      assertThat(ask(gateway).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anOwnerDeclaredInTheFileMaySignInWithoutARestart() throws Exception {
    try (Gateway gateway = start(settings("a"))) {
      Browser browser = Browser.at(gateway);
      assertThat(browser.get("/session").json().getString("state")).isEqualTo("setup");
      Files.writeString(
          folder.resolve("forebay.yaml"),
          settings("a") + "owner: { email: root@example.org, password: from the file itself }\n");
      assertThat(notices.take()).contains("was read again");
      // The file is looked at twice a second, and its owner follows the keys.
      while (browser.get("/session").json().getString("state").equals("setup")) {
        Thread.onSpinWait();
      }
      assertThat(browser.signIn("root@example.org", "from the file itself").status())
          .isEqualTo(200);
      assertThat(browser.get("/session").json().getJsonObject("person").getString("role"))
          .isEqualTo("owner");
    }
  }

  @Test
  void aRejectedKeyWithANewSecretServesAtOnce() throws Exception {
    simulator.always("sk-a", new Fault.Unauthorized());
    try (Gateway gateway = start(settings("a"))) {
      assertThat(ask(gateway).statusCode()).isEqualTo(429);
      assertThat(key(gateway, "a").status()).isInstanceOf(Status.Rejected.class);
      Files.writeString(
          folder.resolve("forebay.yaml"), settings("a").replace("secret: sk-a", "secret: sk-b"));
      assertThat(notices.take()).contains("1 provider key,");
      assertThat(key(gateway, "a").status()).isEqualTo(Status.OPEN);
      assertThat(ask(gateway).statusCode()).isEqualTo(200);
      assertThat(key(gateway, "a").status()).isEqualTo(Status.OPEN);
    }
  }

  @Test
  void stoppingLetsALiveStreamEnd() throws Exception {
    simulator.pace(new Pace(Duration.ofMillis(10), 100, 60));
    Gateway gateway = start(settings("a"));
    HttpResponse<Stream<String>> answer =
        client.send(chat(gateway, true), HttpResponse.BodyHandlers.ofLines());
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(() -> gateway.stop(Duration.ofSeconds(30)));
    assertThat(answer.body().filter(line -> !line.isEmpty()).toList().getLast())
        .isEqualTo("data: [DONE]");
    stopped.join();
    assertThat(gateway.live()).isZero();
  }

  @Test
  void afterTheGraceAStreamIsToldInItsDialect() throws Exception {
    simulator.pace(new Pace(Duration.ofMillis(10), 2, 500));
    Gateway gateway = start(settings("a"));
    HttpResponse<Stream<String>> answer =
        client.send(chat(gateway, true), HttpResponse.BodyHandlers.ofLines());
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(() -> gateway.stop(Duration.ofMillis(300)));
    List<String> lines = answer.body().filter(line -> !line.isEmpty()).toList();
    assertThat(lines.getLast()).startsWith("data: {\"error\"");
    stopped.join();
  }
}
