package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.simulator.Fault;
import dev.forebay.simulator.Pace;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the whole program under load, and what the next start knows.
@Timeout(300)
class KillProcessTest {

  private static final Pattern TOKENS = Pattern.compile("\"total_tokens\": ?(\\d+)");

  /// From the first answer on.
  private static final Duration LOAD = Duration.ofSeconds(4);

  /// Usage may be this old and still be lost.
  private static final Duration LOST_AT_MOST = Duration.ofSeconds(1);

  @TempDir private Path folder;

  private record Answered(long atNanos, long tokens) {}

  private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private void ask(String url, String clientKey, boolean stream) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
            .header("authorization", "Bearer " + clientKey)
            .header("content-type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"gpt-6-sol\",\"stream\":"
                        + stream
                        + (stream ? ",\"stream_options\":{\"include_usage\":true}" : "")
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"tokens=40\"}]}"))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      Matcher tokens = TOKENS.matcher(answer.body());
      assertThat(tokens.find()).as(answer.body()).isTrue();
      answers.add(new Answered(System.nanoTime(), Long.parseLong(tokens.group(1))));
    } catch (IOException killed) {
      // The last ones are cut off.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The value of a gauge of one key.
  private double metric(String url, String name, String key) throws Exception {
    String text =
        client
            .send(
                HttpRequest.newBuilder(URI.create(url + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher line =
        Pattern.compile("(?m)^" + name + "\\{[^}]*key=\"" + key + "\"[^}]*} (\\S+)$").matcher(text);
    assertThat(line.find()).as("%s of %s in%n%s", name, key, text).isTrue();
    return Double.parseDouble(line.group(1));
  }

  @Test
  void losesASecondOfUsageAtMostAndNoSetting() throws Exception {
    SimulatorSpec spec =
        SimulatorSpec.of(
                SimulatedOrganization.openai("org-a", "sk-a"),
                SimulatedOrganization.openai("org-b", "sk-b"))
            .withPace(new Pace(Duration.ofMillis(5), 2_000, 40));
    try (Simulator simulator = Simulator.start(spec, 0)) {
      simulator.always("sk-b", new Fault.Unauthorized());
      // No client key is configured: the one that the first start makes is a setting of the
      // database.
      Files.writeString(
          folder.resolve("forebay.yaml"),
          """
          listen: 127.0.0.1:0
          keys:
            - { provider: openai, name: a, secret: sk-a, dailyTokens: 50M, baseUrl: %1$s }
            - { provider: openai, name: b, secret: sk-b, priority: 9, baseUrl: %1$s }
          """
              .formatted(simulator.origin()));

      String clientKey;
      long killed;
      try (ServeProcess first = ServeProcess.start(folder, "serve")) {
        String url = first.find("listening +(http\\S+)");
        clientKey = first.find("^ +(fb-\\S+)$");
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          boolean stream = i % 2 == 0;
          load.add(
              Thread.ofVirtual()
                  .start(() -> {
                    while (first.alive()) {
                      ask(url, clientKey, stream);
                    }
                  }));
        }
        do {
          ask(url, clientKey, false);
        } while (System.nanoTime() - answers.element().atNanos < LOAD.toNanos());
        killed = System.nanoTime();
        first.kill();
        for (Thread thread : load) {
          thread.join();
        }
      }

      long refused = simulator.usage("sk-b").requests();
      assertThat(refused).isPositive();
      try (ServeProcess second = ServeProcess.start(folder, "serve")) {
        String url = second.find("listening +(http\\S+)");
        double used = metric(url, "forebay_key_used_today_tokens", "a");
        long safe =
            answers.stream()
                .filter(answer -> killed - answer.atNanos() > LOST_AT_MOST.toNanos())
                .mapToLong(Answered::tokens)
                .sum();
        assertThat(safe).isPositive();
        assertThat(used).isGreaterThanOrEqualTo(safe);
        assertThat(metric(url, "forebay_key_reserved_tokens", "a")).isZero();
        assertThat(metric(url, "forebay_key_in_flight", "a")).isZero();

        int before = answers.size();
        ask(url, clientKey, false);
        assertThat(answers).hasSize(before + 1);
        // The rejected key is known to be one: it was not asked again.
        assertThat(simulator.usage("sk-b").requests()).isEqualTo(refused);
        assertThat(second.stop()).isZero();
        assertThat(second.errors()).doesNotContain("ERROR").endsWith("stopped\n");
      }
    }
  }
}
