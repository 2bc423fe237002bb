package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.testing.ScriptedProvider.Received;
import dev.forebay.testing.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// Which of OpenAI's two dialects is spoken with models that do not reason, when the web is to be
/// searched.
class WebSearchTest extends GatewayTest {

  private static final JsonObject SEARCH =
      new JsonObject().put("type", "web_search_20250305").put("name", "web_search");

  private TestGateway gateway(String standIn) {
    provider.on(
        "claude",
        status(429, Answers.anthropic("rate_limit_error", "slow down", ""), "retry-after", "40"));
    return TestGateway.builder(vertx)
        .key(Provider.ANTHROPIC, "claude", provider.port())
        .key(Provider.OPENAI, "gpt", provider.port())
        .equivalent("claude-opus-5-5", standIn)
        .start();
  }

  private static String request(JsonArray tools) {
    return new JsonObject(Answers.MESSAGES_REQUEST).put("tools", tools).encode();
  }

  @Test
  void aModelThatDoesNotSearchInChatIsAskedForAResponse() throws Exception {
    try (TestGateway gateway = gateway("gpt-4.1")) {
      provider.on("gpt", status(200, FallbackTest.RESPONSE));

      HttpResponse<String> answer = gateway.messages(request(new JsonArray().add(SEARCH)));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"type\":\"message\"", "\"text\":\"hello\"");
      assertThat(answer.headers().firstValue("x-forebay-losses")).isEmpty();
      Received sent = provider.received().getLast();
      assertThat(sent.uri()).isEqualTo("/v1/responses");
      assertThat(sent.text()).contains("\"tools\":[{\"type\":\"web_search\"}]");
    }
  }

  @Test
  void withoutASearchItIsAskedInChat() throws Exception {
    try (TestGateway gateway = gateway("gpt-4.1")) {
      provider.on("gpt", status(200, Answers.CHAT));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(provider.received().getLast().uri()).isEqualTo("/v1/chat/completions");
    }
  }

  @Test
  void aModelOfChatThatSearchesIsAskedThere() throws Exception {
    try (TestGateway gateway = gateway("gpt-5-search-api")) {
      provider.on("gpt", status(200, Answers.CHAT));

      HttpResponse<String> answer = gateway.messages(request(new JsonArray().add(SEARCH)));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      Received sent = provider.received().getLast();
      assertThat(sent.uri()).isEqualTo("/v1/chat/completions");
      assertThat(sent.text()).contains("\"web_search_options\":{}");
    }
  }
}
