package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A conversation that goes on from its last response reads as much from the prompt cache through
/// the gateway as it does directly.
@Timeout(180)
class ContinuationCacheTest {

  private static final int TURNS = 5;

  private static GatewayFixture fixture;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() {
    fixture = new GatewayFixture("promptCacheKey: always");
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void everyTurnButTheFirstIsReadFromTheCache() throws Exception {
    List<Long> direct = cached(fixture.simulator.origin(), GatewayFixture.secrets("openai").get(4));
    List<Long> through = cached(fixture.url(), GatewayFixture.CLIENT_KEY);

    assertThat(direct.getFirst()).isZero();
    assertThat(direct.subList(1, TURNS)).allMatch(read -> read > 4_000);
    assertThat(through).isEqualTo(direct);
  }

  private List<Long> cached(String url, String key) throws Exception {
    List<Long> cached = new ArrayList<>();
    String input = "water ".repeat(3_000);
    String more = "";
    for (int i = 0; i < TURNS; i++) {
      JsonNode answer =
          ask(url, key, "{\"model\":\"gpt-6-sol\",\"input\":\"" + input + "\"" + more + "}");
      cached.add(
          answer.path("usage").path("input_tokens_details").path("cached_tokens").asLong(-1));
      input = "turn " + i;
      more = ",\"previous_response_id\":\"" + answer.path("id").asText() + "\"";
    }
    return cached;
  }

  private JsonNode ask(String url, String key, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/v1/responses"))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }
}
