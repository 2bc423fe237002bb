package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.sse;
import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.CacheKeys;
import dev.forebay.pool.Homing;
import dev.forebay.testing.ScriptedProvider;
import dev.forebay.testing.TestGateway;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Conversations whose turns bring only what is new, and name what they go on from.
class ContinuationTest extends GatewayTest {

  private static final Pattern KEY = Pattern.compile("\"prompt_cache_key\":\"([^\"]*)\"");

  private TestGateway two() {
    return TestGateway.builder(vertx)
        .key(Provider.OPENAI, "a", provider.port())
        .key(Provider.OPENAI, "b", provider.port())
        .cacheKeys(CacheKeys.ALWAYS)
        .start();
  }

  private void answers(String... ids) {
    for (String key : List.of("a", "b")) {
      ScriptedProvider.Reply[] replies = new ScriptedProvider.Reply[ids.length];
      for (int i = 0; i < ids.length; i++) {
        replies[i] = status(200, response(ids[i]));
      }
      provider.on(key, replies);
    }
  }

  private static String response(String id) {
    return "{\"id\":\""
        + id
        + "\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"gpt-6-sol\",\"output\":[],"
        + "\"usage\":{\"input_tokens\":9,\"output_tokens\":3,\"total_tokens\":12}}";
  }

  private static String turn(String input, String more) {
    return "{\"model\":\"gpt-6-sol\",\"input\":\"" + input + "\"" + more + "}";
  }

  private static String goOn(String input, String response) {
    return turn(input, ",\"previous_response_id\":\"" + response + "\"");
  }

  private static void ask(TestGateway gateway, String json) throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.post("/v1/responses", json));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /// The cache keys of all that arrived; empty where there was none.
  private List<String> cacheKeys() {
    return provider.received().stream().map(received -> cacheKey(received.text())).toList();
  }

  private static String cacheKey(String body) {
    Matcher found = KEY.matcher(body);
    return found.find() ? found.group(1) : "";
  }

  private String firstCacheKey() {
    return cacheKeys().getFirst();
  }

  @Test
  void everyTurnIsSentTheCacheKeyOfTheFirst() throws Exception {
    try (TestGateway gateway = two()) {
      answers("resp_1");
      ask(gateway, turn("first", ""));
      for (int i = 1; i < 5; i++) {
        answers("resp_" + (i + 1));
        ask(gateway, goOn("turn " + i, "resp_" + i));
      }

      assertThat(firstCacheKey()).startsWith("fb-");
      assertThat(cacheKeys()).hasSize(5).containsOnly(firstCacheKey());
    }
  }

  @Test
  void everyTurnComesHomeToTheFirst() throws Exception {
    try (TestGateway gateway = two()) {
      answers("resp_1");
      ask(gateway, turn("first", ""));
      String home = "key:" + gateway.listener.next().keyId();
      answers("resp_2");
      ask(gateway, goOn("second", "resp_1"));

      assertThat(gateway.listener.next().attempts().getFirst().homing())
          .extracting(Homing::home, Homing::end)
          .containsExactly(home, Homing.End.KEPT);
    }
  }

  @Test
  void whatIsKeptAtTheProviderNamesItsCacheFromTheFirstTurnOn() throws Exception {
    try (TestGateway gateway = two()) {
      answers("resp_1");
      ask(gateway, turn("first", ",\"conversation\":\"conv_1\""));
      ask(gateway, turn("second", ",\"conversation\":{\"id\":\"conv_1\"}"));
      ask(gateway, goOn("a branch of it", "resp_1"));
      ask(gateway, turn("first", ",\"conversation\":\"conv_2\""));

      assertThat(cacheKeys().subList(0, 3)).containsOnly(firstCacheKey());
      assertThat(cacheKeys().getLast()).startsWith("fb-").isNotEqualTo(firstCacheKey());
    }
  }

  @Test
  void whatBeganElsewhereIsGivenNoCacheKeyNowOrLater() throws Exception {
    try (TestGateway gateway = two()) {
      answers("resp_2");
      String second = goOn("second", "resp_1");
      ask(gateway, second);
      String third = goOn("third", "resp_2");
      ask(gateway, third);

      assertThat(provider.received().stream().map(ScriptedProvider.Received::text))
          .containsExactly(second, third);
    }
  }

  @Test
  void aCacheKeyOfTheClientsIsTheClientsToCarryAlong() throws Exception {
    try (TestGateway gateway = two()) {
      answers("resp_1");
      ask(gateway, turn("first", ",\"prompt_cache_key\":\"mine\""));
      answers("resp_2");
      String second = goOn("second", "resp_1");
      ask(gateway, second);
      ask(
          gateway,
          turn("third", ",\"previous_response_id\":\"resp_2\",\"prompt_cache_key\":\"mine\""));

      assertThat(provider.received().get(1).text()).isEqualTo(second);
      assertThat(cacheKeys()).containsExactly("mine", "", "mine");
    }
  }

  @Test
  void whoGoesOnBeforeTheStreamHasEndedIsKnownToo() throws Exception {
    try (TestGateway gateway = two()) {
      for (String key : List.of("a", "b")) {
        provider.on(
            key,
            sse(
                ScriptedProvider.Ending.SILENT,
                Answers.RESPONSE_CREATED,
                Answers.RESPONSE_TEXT,
                Answers.RESPONSE_COMPLETED));
      }
      HttpResponse<InputStream> stream =
          gateway.http.send(
              gateway.post("/v1/responses", Answers.RESPONSES_STREAM_REQUEST).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream events = stream.body()) {
        byte[] shown = events.readNBytes(Answers.RESPONSE_CREATED.length());
        assertThat(shown).asString().contains("resp_1");
        answers("resp_2");
        ask(gateway, goOn("second", "resp_1"));
      }

      assertThat(firstCacheKey()).startsWith("fb-");
      assertThat(cacheKeys()).hasSize(2).containsOnly(firstCacheKey());
    }
  }
}
