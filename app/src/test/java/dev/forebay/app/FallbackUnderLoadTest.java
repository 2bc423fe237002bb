package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.simulator.Fault;
import dev.forebay.simulator.RateLimitKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// All keys of one provider are throttled in the middle of many conversations.
@Timeout(180)
class FallbackUnderLoadTest {

  private static final int CONVERSATIONS = 12;
  private static final int TURNS = 9;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger turns = new AtomicInteger();

  private record Turn(String provider, int status, String body) {}

  @Test
  void noClientSeesAnErrorAndTrafficReturns() throws Exception {
    try (GatewayFixture fixture =
            new GatewayFixture("fallback: { models: [[claude-opus-5-5, gpt-6-sol]] }");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<Turn>>> conversations = new ArrayList<>();
      for (int i = 0; i < CONVERSATIONS; i++) {
        int number = i;
        conversations.add(() -> converse(fixture, number));
      }
      List<Turn> all = new ArrayList<>();
      for (Future<List<Turn>> conversation : threads.invokeAll(conversations)) {
        all.addAll(conversation.get());
      }

      assertThat(all)
          .hasSize(CONVERSATIONS * TURNS)
          .allSatisfy(turn -> {
            assertThat(turn.status()).as(turn.body()).isEqualTo(200);
            assertThat(turn.body())
                .startsWith("event: message_start")
                .contains("event: message_stop")
                .doesNotContain("event: error");
          });
      assertThat(all).extracting(Turn::provider).contains("anthropic", "openai");

      fixture.heal();
      assertThat(turn(fixture, 0, "").provider()).isEqualTo("anthropic");
    } finally {
      client.close();
    }
  }

  private List<Turn> converse(GatewayFixture fixture, int number) throws Exception {
    List<Turn> conversation = new ArrayList<>();
    StringBuilder history = new StringBuilder();
    for (int i = 0; i < TURNS; i++) {
      conversation.add(turn(fixture, number, history.toString()));
      history.append(
          "{\"role\":\"user\",\"content\":\"turn %d\"},{\"role\":\"assistant\",\"content\":\"ok\"},"
              .formatted(i));
      if (turns.incrementAndGet() == CONVERSATIONS * TURNS / 3) {
        for (String secret : GatewayFixture.secrets("anthropic")) {
          fixture.simulator.always(secret, throttled());
        }
      }
    }
    return conversation;
  }

  private static Fault throttled() {
    for (RateLimitKind kind : RateLimitKind.values()) {
      if (kind.name().startsWith("ANTHROPIC")) {
        return Fault.rateLimited(kind);
      }
    }
    throw new IllegalStateException("the simulator knows no rate limit of Anthropic's");
  }

  private Turn turn(GatewayFixture fixture, int number, String history) throws Exception {
    String body =
        "{\"model\":\"claude-opus-5-5\",\"max_tokens\":200,\"stream\":true,\"messages\":[%s{\"role\":\"user\",\"content\":\"conversation %d\"}]}"
            .formatted(history, number);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(fixture.url() + "/v1/messages"))
                .header("x-api-key", GatewayFixture.CLIENT_KEY)
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return new Turn(
        answer.headers().firstValue("x-forebay-provider").orElse(""),
        answer.statusCode(),
        answer.body());
  }
}
