package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.testing.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What clients of each dialect are told that they can ask for.
class ModelListTest extends GatewayTest {

  private static final String OPENAI_LIST =
      "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-6-sol\",\"object\":\"model\",\"created\":1,\"owned_by\":\"openai\",\"extra\":true}]}";
  private static final String ANTHROPIC_LIST =
      "{\"data\":[{\"type\":\"model\",\"id\":\"claude-opus-5-5\",\"display_name\":\"Opus\",\"created_at\":\"2026-10-15T00:00:00Z\"}],\"has_more\":%s,\"first_id\":\"claude-opus-5-5\",\"last_id\":\"claude-opus-5-5\"}";
  private static final String GEMINI_LIST =
      "{\"models\":[{\"name\":\"models/gemini-3.8-flash\",\"displayName\":\"Flash\"}]}";

  private TestGateway.Builder two() {
    return TestGateway.builder(vertx)
        .key(Provider.ANTHROPIC, "claude", provider.port())
        .key(Provider.OPENAI, "gpt", provider.port())
        .alias("best", "claude-opus-5-5")
        .alias("nobodys", "gemini-3.8-flash");
  }

  private static HttpResponse<String> get(TestGateway gateway, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.uri(path))
            .header("authorization", "Bearer " + TestGateway.CLIENT_KEY);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return gateway.send(request);
  }

  private static List<String> ids(HttpResponse<String> answer, String list, String id) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonArray models = new JsonObject(answer.body()).getJsonArray(list);
    return models.stream().map(model -> ((JsonObject) model).getString(id)).toList();
  }

  @Test
  void anOpenAiClientSeesItsOwnAliasesAndTheModelsOfOthers() throws Exception {
    try (TestGateway gateway = two().start()) {
      provider.on("gpt", status(200, OPENAI_LIST));

      HttpResponse<String> answer = get(gateway, "/v1/models");

      assertThat(ids(answer, "data", "id"))
          .startsWith("gpt-6-sol", "best")
          .contains("claude-opus-5-5", "claude-haiku-4-5")
          .doesNotContain("nobodys", "gemini-3.8-flash");
      // What the provider described stays as it described it.
      assertThat(answer.body()).contains("\"extra\":true", "\"owned_by\":\"anthropic\"");
    }
  }

  @Test
  void anAnthropicClientSeesThemWithTheirLimitsOnTheLastPage() throws Exception {
    try (TestGateway gateway = two().start()) {
      provider.on(
          "claude",
          status(200, ANTHROPIC_LIST.formatted("true")),
          status(200, ANTHROPIC_LIST.formatted("false")));

      HttpResponse<String> first =
          get(gateway, "/v1/models?limit=1", "anthropic-version", "2023-06-01");
      assertThat(first.body()).isEqualTo(ANTHROPIC_LIST.formatted("true"));

      HttpResponse<String> last =
          get(gateway, "/v1/models?limit=1&after_id=x", "anthropic-version", "2023-06-01");
      assertThat(ids(last, "data", "id")).contains("claude-opus-5-5", "best", "gpt-6-sol");
      JsonObject listed = new JsonObject(last.body());
      assertThat(listed.getBoolean("has_more")).isFalse();
      JsonObject gpt =
          listed.getJsonArray("data").stream()
              .map(JsonObject.class::cast)
              .filter(model -> model.getString("id").equals("gpt-6-sol"))
              .findFirst()
              .orElseThrow();
      assertThat(gpt.getString("type")).isEqualTo("model");
      assertThat(gpt.getLong("max_input_tokens")).isPositive();
      assertThat(gpt.getLong("max_tokens")).isPositive();
    }
  }

  @Test
  void aProviderWithoutKeysIsListedFromWhatOthersServe() throws Exception {
    try (TestGateway gateway = two().start()) {
      HttpResponse<String> answer = get(gateway, "/v1beta/models");

      assertThat(ids(answer, "models", "name"))
          .contains("models/best", "models/claude-opus-5-5", "models/gpt-6-sol");
      assertThat(answer.body())
          .contains("\"supportedGenerationMethods\":[\"generateContent\",\"countTokens\"]");
      assertThat(answer.headers().firstValue("x-forebay-request-id")).isPresent();
      assertThat(provider.received()).isEmpty();
    }
  }

  @Test
  void googlesCompatibleListHasThemToo() throws Exception {
    try (TestGateway gateway = two().key(Provider.GEMINI, "google", provider.port()).start()) {
      provider.on("google", status(200, GEMINI_LIST));
      assertThat(ids(get(gateway, "/v1beta/models"), "models", "name"))
          .contains("models/gemini-3.8-flash", "models/best", "models/nobodys", "models/gpt-6-sol");

      provider.on(
          "google",
          status(
              200,
              "{\"object\":\"list\",\"data\":[{\"id\":\"models/gemini-3.8-flash\",\"object\":\"model\"}]}"));
      assertThat(ids(get(gateway, "/v1beta/openai/models"), "data", "id"))
          .contains("models/gemini-3.8-flash", "models/claude-opus-5-5");
    }
  }

  @Test
  void oneModelOfAnotherProviderIsDescribedAndCanBeAskedFor() throws Exception {
    try (TestGateway gateway = two().start()) {
      provider.on("claude", status(200, Answers.MESSAGE));

      JsonObject model = new JsonObject(get(gateway, "/v1/models/claude-opus-5-5").body());
      assertThat(model.getString("id")).isEqualTo("claude-opus-5-5");
      assertThat(model.getString("owned_by")).isEqualTo("anthropic");
      assertThat(new JsonObject(get(gateway, "/v1beta/models/best").body()).getString("name"))
          .isEqualTo("models/best");
      assertThat(provider.received()).isEmpty();

      for (String asked : List.of("claude-opus-5-5", "best")) {
        assertThat(gateway.chat(Answers.CHAT_REQUEST.replace("gpt-6-sol", asked)).statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void aModelOfItsOwnIsDescribedByTheProvider() throws Exception {
    try (TestGateway gateway = two().start()) {
      provider.on("gpt", status(200, "{\"id\":\"gpt-6-sol\"}"), status(404, "{\"error\":{}}"));

      assertThat(get(gateway, "/v1/models/gpt-6-sol").body()).isEqualTo("{\"id\":\"gpt-6-sol\"}");
      assertThat(get(gateway, "/v1/models/unheard-of").statusCode()).isEqualTo(404);
      assertThat(provider.keys()).containsExactly("gpt", "gpt");
    }
  }

  @Test
  void everyListedNameMeansWhatItSays() throws Exception {
    try (TestGateway gateway =
        two()
            .key(Provider.GEMINI, "google", provider.port())
            .equivalent("my-own", "gpt-6-sol")
            .start()) {
      provider.on("claude", status(200, ANTHROPIC_LIST.formatted("false")));

      // A name that no catalogue has is OpenAI's, unless a client of another dialect asks.
      assertThat(ids(get(gateway, "/v1/models", "anthropic-version", "2023-06-01"), "data", "id"))
          .contains("openai/my-own", "gpt-6-sol")
          .doesNotContain("my-own");
    }
  }

  @Test
  void aListThatCannotBeReadPasses() throws Exception {
    try (TestGateway gateway = two().start()) {
      provider.on("gpt", status(200, "{\"object\":\"list\"}"));
      assertThat(get(gateway, "/v1/models").body()).isEqualTo("{\"object\":\"list\"}");
    }
  }
}
