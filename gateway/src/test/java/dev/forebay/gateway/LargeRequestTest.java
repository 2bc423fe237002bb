package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.reset;
import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Status;
import dev.forebay.testing.ScriptedProvider.Reply;
import dev.forebay.testing.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Requests that take more tokens at once than the limit per minute of an account: that says
/// nothing of the account, and others may hold more.
class LargeRequestTest extends GatewayTest {

  private static final Reply TOO_LARGE =
      status(
          429,
          Answers.openAi(
              "tokens",
              "rate_limit_exceeded",
              "Request too large for gpt-6-sol in organization org-x on tokens per min (TPM):"
                  + " Limit 30000, Requested 45000."));
  private static final Reply SERVED = status(200, Answers.CHAT);

  private TestGateway.Builder smallAndLarge() {
    provider.on("small", TOO_LARGE);
    return key(key(TestGateway.builder(vertx), "small", 8, null), "large", 5, null);
  }

  private TestGateway.Builder key(
      TestGateway.Builder to, String name, int priority, @Nullable String group) {
    return to.key(Provider.OPENAI, name, provider.port(), priority, Long.MAX_VALUE, group);
  }

  private static HttpResponse<String> ask(TestGateway gateway) throws Exception {
    return gateway.chat(Answers.CHAT_REQUEST);
  }

  private static void assertToldByTheProvider(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(answer.body()).contains("Request too large for gpt-6-sol");
  }

  @Test
  void goToAnAccountThatHoldsThemAndCoolNobody() throws Exception {
    try (TestGateway gateway = smallAndLarge().start()) {
      provider.on("large", SERVED);

      for (int i = 0; i < 3; i++) {
        assertThat(ask(gateway).statusCode()).isEqualTo(200);
      }

      assertThat(provider.keys())
          .startsWith("small", "large")
          .filteredOn("large"::equals)
          .hasSize(3);
      KeyView small = gateway.pools.view("small").orElseThrow();
      assertThat(small.status()).isEqualTo(Status.OPEN);
      assertThat(small.coolings()).isEmpty();
      List<Outcome> outcomes =
          gateway.listener.next().attempts().stream().map(AttemptReport::outcome).toList();
      assertThat(outcomes.getFirst())
          .isInstanceOfSatisfying(
              Outcome.OverLimit.class,
              over -> assertThat(over.reason()).contains("Limit 30000, Requested 45000"));
    }
  }

  @Test
  void areAskedOfOneKeyOfEveryGroup() throws Exception {
    TestGateway.Builder builder = TestGateway.builder(vertx);
    for (int i = 0; i < 24; i++) {
      provider.on("small" + i, TOO_LARGE);
      key(builder, "small" + i, 9, "group" + i / 2);
    }
    provider.on("large", SERVED);
    try (TestGateway gateway = key(builder, "large", 5, null).start()) {
      assertThat(ask(gateway).statusCode()).isEqualTo(200);
      assertThat(provider.keys()).hasSize(13).endsWith("large");
      assertThat(provider.keys()).doesNotHaveDuplicates();
    }
  }

  @Test
  void areToldInTheProvidersWordsWhenNoAccountHoldsThem() throws Exception {
    try (TestGateway gateway = smallAndLarge().start()) {
      provider.on("large", TOO_LARGE);

      assertToldByTheProvider(ask(gateway));
      assertThat(provider.keys()).containsExactly("small", "large");
      assertThat(gateway.pools.view()).allSatisfy(key -> assertThat(key.coolings()).isEmpty());
    }
  }

  @Test
  void waitForTheAccountThatHoldsThem() throws Exception {
    try (TestGateway gateway = smallAndLarge().maxWait(Duration.ofSeconds(8)).start()) {
      provider.on(
          "large",
          status(
              429,
              Answers.openAi("requests", "rate_limit_exceeded", "wait"),
              "retry-after-ms",
              "300"),
          SERVED);

      assertThat(ask(gateway).statusCode()).isEqualTo(200);
      assertThat(provider.keys()).containsExactly("small", "large", "large");
    }
  }

  @Test
  void areToldWhenTheAccountThatHoldsThemIsBack() throws Exception {
    try (TestGateway gateway = smallAndLarge().start()) {
      provider.on(
          "large",
          status(
              429, Answers.openAi("requests", "rate_limit_exceeded", "wait"), "retry-after", "60"));

      HttpResponse<String> answer = ask(gateway);

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).contains("1 throttled, 1 already tried; next at ");
      assertThat(Long.parseLong(answer.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(50L, 70L);
    }
  }

  @Test
  void areTriedAgainWhenTheAccountThatHoldsThemFails() throws Exception {
    try (TestGateway gateway = smallAndLarge().maxWait(Duration.ofSeconds(8)).start()) {
      provider.on("large", status(500, Answers.openAi("server_error", "", "oops")), SERVED);

      assertThat(ask(gateway).statusCode()).isEqualTo(200);
      assertThat(provider.keys()).containsExactly("small", "large", "large");
    }
  }

  @Test
  void areAnsweredWithAnErrorOfOursWhenTheAccountThatHoldsThemIsUnreachable() throws Exception {
    try (TestGateway gateway = smallAndLarge().start()) {
      provider.on("large", reset());

      HttpResponse<String> answer = ask(gateway);

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("provider_failed");
    }
  }

  @Test
  void areToldTooLargeWhenTheAccountThatHoldsThemIsRevoked() throws Exception {
    try (TestGateway gateway = smallAndLarge().start()) {
      provider.on(
          "large", status(401, Answers.openAi("invalid_request_error", "invalid_api_key", "no")));

      assertToldByTheProvider(ask(gateway));
    }
  }

  @Test
  void goToAStandInWhenNoAccountOfTheProviderHoldsThem() throws Exception {
    TestGateway.Builder builder =
        smallAndLarge()
            .key(Provider.ANTHROPIC, "claude", provider.port())
            .equivalent("gpt-6-sol", "claude-opus-5-5");
    try (TestGateway gateway = builder.start()) {
      provider.on("large", TOO_LARGE);
      provider.on("claude", status(200, Answers.MESSAGE));

      assertThat(ask(gateway).statusCode()).isEqualTo(200);

      assertThat(provider.keys()).containsExactly("small", "large", "claude");
      assertThat(gateway.listener.next().detours())
          .singleElement()
          .satisfies(detour ->
              assertThat(detour.reason()).isEqualTo("the request is larger than its keys' limits"));
    }
  }

  @Test
  void stayWithTheAccountThatHoldsWhatTheyBuildOn() throws Exception {
    try (TestGateway gateway = smallAndLarge().start()) {
      provider.on("small", status(200, FallbackTest.RESPONSE), TOO_LARGE);
      provider.on("large", status(200, FallbackTest.RESPONSE));
      gateway.send(gateway.post("/v1/responses", "{\"model\":\"gpt-6-sol\",\"input\":\"hi\"}"));

      HttpResponse<String> answer =
          gateway.send(
              gateway.post(
                  "/v1/responses",
                  "{\"model\":\"gpt-6-sol\",\"input\":\"hi\",\"previous_response_id\":\"resp_1\"}"));

      assertToldByTheProvider(answer);
      assertThat(provider.keys()).containsOnly("small");
    }
  }
}
