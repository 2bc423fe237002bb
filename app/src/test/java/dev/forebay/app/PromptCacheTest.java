package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.pool.Ticker;
import dev.forebay.simulator.ManualClock;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Conversations over several organisations, each with a prompt cache of its own, cost what they
/// would cost on one.
@Timeout(180)
class PromptCacheTest {

  private static final int CONVERSATIONS = 20;
  private static final int TURNS = 20;
  private static final String CLIENT_KEY = "fb-test-client";

  // Sums of the price list, in parts of the price of fresh input.
  private static final double WRITE = 1.25;
  private static final double READ = 0.1;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// What a run cost, and how its requests were spread.
  private record Bill(double cost, long read, Map<String, Integer> requestsByKey) {

    double maxOverMean() {
      int most = requestsByKey.values().stream().mapToInt(i -> i).max().orElse(0);
      double mean = requestsByKey.values().stream().mapToInt(i -> i).average().orElse(0);
      return most / mean;
    }
  }

  @Test
  void twentyConversationsOnFourOrganisationsCostAsMuchAsOnOne() throws Exception {
    Bill alone = run(1);
    Bill pooled = run(4);

    assertThat(pooled.requestsByKey()).hasSize(4);
    assertThat(pooled.maxOverMean()).isLessThanOrEqualTo(1.25);
    assertThat(pooled.cost() / alone.cost()).isLessThan(1.05);
    assertThat((double) pooled.read() / alone.read()).isGreaterThan(0.95);
  }

  private Bill run(int organizations) throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2026-11-23T12:00:00Z"));
    SimulatedOrganization[] all =
        IntStream.range(0, organizations)
            .mapToObj(i -> SimulatedOrganization.anthropic("org-" + i, "sk-test-" + i))
            .toArray(SimulatedOrganization[]::new);
    StringBuilder yaml = new StringBuilder("listen: 127.0.0.1:0\naccessLog: off\n");
    yaml.append("clientKeys: [{ key: ").append(CLIENT_KEY).append(" }]\nkeys:\n");
    double cost = 0;
    long read = 0;
    Map<String, Integer> requests = new HashMap<>();
    try (Simulator simulator = Simulator.start(SimulatorSpec.of(all), 0, clock)) {
      for (int i = 0; i < organizations; i++) {
        yaml.append(
            "  - { provider: anthropic, name: k%d, secret: sk-test-%d, baseUrl: %s }%n"
                .formatted(i, i, simulator.origin()));
      }
      Gateway gateway =
          GatewayFixture.start(yaml.toString(), ticker(clock), new ExchangeListener() {});
      String[] histories = new String[CONVERSATIONS];
      try {
        for (int turn = 0; turn < TURNS; turn++) {
          for (int i = 0; i < CONVERSATIONS; i++) {
            HttpResponse<String> answer = ask(gateway, i, turn, histories);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode usage = json.readTree(answer.body()).path("usage");
            long hit = usage.path("cache_read_input_tokens").asLong();
            cost += usage.path("input_tokens").asLong();
            cost += WRITE * usage.path("cache_creation_input_tokens").asLong();
            cost += READ * hit;
            read += hit;
            requests.merge(
                answer.headers().firstValue("x-forebay-key").orElseThrow(), 1, Integer::sum);
            clock.advance(Duration.ofSeconds(1));
          }
        }
      } finally {
        gateway.stop(Duration.ZERO);
      }
    }
    return new Bill(cost, read, requests);
  }

  private HttpResponse<String> ask(Gateway gateway, int conversation, int turn, String[] histories)
      throws Exception {
    String before = histories[conversation] == null ? "" : histories[conversation];
    String said = "{\"role\":\"user\",\"content\":\"turn " + turn + "\"}";
    String marked =
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"turn "
            + turn
            + "\",\"cache_control\":{\"type\":\"ephemeral\"}}]}";
    String system = ("You are assistant number " + conversation + ". ").repeat(1_500);
    String body =
        "{\"model\":\"claude-opus-5-5\",\"max_tokens\":200,\"system\":[{\"type\":\"text\",\"text\":\""
            + system
            + "\",\"cache_control\":{\"type\":\"ephemeral\"}}],\"messages\":["
            + before
            + marked
            + "]}";
    histories[conversation] = before + said + ",{\"role\":\"assistant\",\"content\":\"ok\"},";
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.address().url() + "/v1/messages"))
            .header("x-api-key", CLIENT_KEY)
            .header("anthropic-version", "2023-06-01")
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static Ticker ticker(ManualClock clock) {
    return new Ticker() {
      @Override
      public long nanos() {
        return clock.epochNanos();
      }

      @Override
      public Instant now() {
        return clock.now();
      }
    };
  }
}
