package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.bytes;
import static dev.forebay.testing.ScriptedProvider.reset;
import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.testing.RawClient;
import dev.forebay.testing.RefusingPort;
import dev.forebay.testing.ScriptedProvider;
import dev.forebay.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// Unary answers, credentials, aliases, bad input and exhausted pools.
class UnaryTest extends GatewayTest {

  private TestGateway one(Provider kind) {
    return TestGateway.builder(vertx).key(kind, "first", provider.port()).start();
  }

  @Test
  void requestAndAnswerTravelByteForByte() throws Exception {
    try (TestGateway gateway = one(Provider.OPENAI)) {
      provider.on("first", status(200, Answers.CHAT));
      String odd =
          "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"h\\u00efé\\\"\\n\"} ] ,\n\"x_unknown\": [1.0e5, null],\t\"model\":\"gpt-6-sol\" }";

      HttpResponse<String> answer = gateway.chat(odd);

      assertThat(provider.received().getFirst().text()).isEqualTo(odd);
      assertThat(answer.body()).isEqualTo(Answers.CHAT);
      assertThat(answer.headers().firstValue("x-forebay-request-id")).isPresent();
      assertThat(answer.headers().firstValue("x-forebay-provider")).contains("openai");
      assertThat(answer.headers().firstValue("x-forebay-model")).contains("gpt-6-sol");
      ExchangeReport report = gateway.listener.next();
      assertThat(report.usage().total()).isEqualTo(12);
      assertThat(gateway.pools.view("first").orElseThrow().usedToday()).isEqualTo(12);
    }
  }

  @Test
  void aliasReplacesTheModelAndNothingElse() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port())
            .key(Provider.GEMINI, "google", provider.port())
            .alias("fast", "gpt-5.6-luna")
            .alias("quick", "gemini-3.8-flash")
            .start()) {
      provider.on("first", status(200, Answers.CHAT));
      provider.on("google", status(200, Answers.GENERATED));

      gateway.chat(Answers.CHAT_REQUEST.replace("gpt-6-sol", "fast"));
      gateway.send(gateway.post("/v1beta/models/quick:generateContent", Answers.GENERATE_REQUEST));

      assertThat(provider.received().getFirst().text())
          .isEqualTo(Answers.CHAT_REQUEST.replace("gpt-6-sol", "gpt-5.6-luna"));
      assertThat(provider.received().getLast().uri())
          .isEqualTo("/v1beta/models/gemini-3.8-flash:generateContent");
    }
  }

  @Test
  void noCredentialCrossesInEitherDirection() throws Exception {
    try (TestGateway gateway = one(Provider.ANTHROPIC)) {
      provider.on(
          "first",
          status(200, Answers.MESSAGE, "set-cookie", "session=secret", "x-api-key", "first"));

      HttpResponse<String> answer =
          gateway.send(
              HttpRequest.newBuilder(gateway.uri("/v1/messages?key=" + TestGateway.CLIENT_KEY))
                  .header("x-api-key", TestGateway.CLIENT_KEY)
                  .header("authorization", "Bearer " + TestGateway.CLIENT_KEY)
                  .header("x-goog-api-key", TestGateway.CLIENT_KEY)
                  .header("cookie", "a=b")
                  .header("origin", "https://somewhere")
                  .header("anthropic-version", "2026-10-21")
                  .header("anthropic-beta", "some-beta")
                  .POST(HttpRequest.BodyPublishers.ofString(Answers.MESSAGES_REQUEST)));

      assertThat(answer.statusCode()).isEqualTo(200);
      ScriptedProvider.Received received = provider.received().getFirst();
      assertThat(received.uri()).isEqualTo("/v1/messages");
      assertThat(received.headers())
          .containsEntry("x-api-key", "first")
          .containsEntry("anthropic-version", "2026-10-21")
          .containsEntry("anthropic-beta", "some-beta")
          .containsEntry("accept-encoding", "identity")
          .doesNotContainKeys("authorization", "x-goog-api-key", "cookie", "origin");
      assertThat(received.headers().values())
          .noneMatch(value -> value.contains(TestGateway.CLIENT_KEY));
      for (Map.Entry<String, java.util.List<String>> header : answer.headers().map().entrySet()) {
        assertThat(header.getKey()).isNotIn("set-cookie", "x-api-key");
      }
    }
  }

  @Test
  void aKeyThatAServerRepeatsInItsErrorIsCovered() throws Exception {
    String secret = "sk-test-repeated";
    String said = "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\"}}";
    provider.on(secret, status(400, said.formatted("Not for " + secret + ", not " + secret)));
    try (TestGateway gateway =
        TestGateway.builder(vertx).key(Provider.OPENAI, secret, provider.port()).start()) {
      HttpResponse<String> answer = gateway.chat(Answers.CHAT_REQUEST);

      String stars = "*".repeat(secret.length());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo(said.formatted("Not for " + stars + ", not " + stars));
    }
  }

  @Test
  void clientKeyIsTakenFromAnyOfTheFourPlaces() throws Exception {
    try (TestGateway gateway = one(Provider.OPENAI)) {
      provider.on("first", status(200, "{\"object\":\"list\",\"data\":[]}"));
      String key = TestGateway.CLIENT_KEY;

      assertThat(models(gateway, "/v1/models", "authorization", "Bearer " + key)).isEqualTo(200);
      assertThat(models(gateway, "/v1/models", "x-api-key", key)).isEqualTo(200);
    }
    try (TestGateway gateway = one(Provider.GEMINI)) {
      provider.on("first", status(200, "{\"models\":[]}"));
      String key = TestGateway.CLIENT_KEY;

      assertThat(models(gateway, "/v1beta/models", "x-goog-api-key", key)).isEqualTo(200);
      assertThat(models(gateway, "/v1beta/models?key=" + key, "accept", "*/*")).isEqualTo(200);
      assertThat(models(gateway, "/v1/models?pageSize=5&key=" + key, "accept", "*/*"))
          .isEqualTo(200);
      assertThat(provider.received().getLast().uri()).isEqualTo("/v1/models?pageSize=5");
    }
  }

  private static int models(TestGateway gateway, String path, String header, String value)
      throws Exception {
    return gateway
        .send(HttpRequest.newBuilder(gateway.uri(path)).header(header, value).GET())
        .statusCode();
  }

  @Test
  void exhaustedPoolAnswersInTheCallersDialectWithATrueRetryAfter() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port())
            .key(Provider.OPENAI, "second", provider.port())
            .start()) {
      String throttled = Answers.openAi("requests", "rate_limit_exceeded", "Rate limit reached");
      provider.on("first", status(429, throttled, "retry-after", "30"));
      provider.on("second", status(429, throttled, "retry-after", "90"));

      HttpResponse<String> answer = gateway.chat(Answers.CHAT_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(429);
      long wait = Long.parseLong(answer.headers().firstValue("retry-after").orElseThrow());
      assertThat(wait).isBetween(28L, 40L);
      assertThat(answer.headers().firstValue("retry-after-ms")).isPresent();
      assertThat(answer.headers().firstValue("x-should-retry")).contains("true");
      assertThat(answer.body()).contains("2 keys: 2 throttled; next at ").contains("\"code\":");
      assertThat(provider.received()).hasSize(2);

      assertThat(gateway.chat(Answers.CHAT_REQUEST).statusCode()).isEqualTo(429);
      assertThat(provider.received()).hasSize(2);
    }
  }

  @Test
  void waitsForTheFirstKeyThatComesBack() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.ANTHROPIC, "first", provider.port())
            .maxWait(Duration.ofSeconds(8))
            .start()) {
      provider.on(
          "first",
          status(
              429, Answers.anthropic("rate_limit_error", "slow down", ""), "retry-after-ms", "300"),
          status(200, Answers.MESSAGE));

      assertThat(gateway.messages(Answers.MESSAGES_REQUEST).statusCode()).isEqualTo(200);
      assertThat(provider.received()).hasSize(2);
    }
  }

  @Test
  void failingProviderIsTriedAgainAndThenItsOwnAnswerIsHandedOn() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.ANTHROPIC, "first", provider.port())
            .maxWait(Duration.ofSeconds(30))
            .start()) {
      String overloaded = Answers.anthropic("overloaded_error", "Overloaded", "");
      provider.on("first", status(529, overloaded));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(529);
      assertThat(answer.body()).isEqualTo(overloaded);
      assertThat(answer.headers().firstValue("retry-after")).isPresent();
      assertThat(provider.received()).hasSizeBetween(2, 4);
    }
  }

  @Test
  void unreachableProviderAnswersClearly() throws Exception {
    try (RefusingPort dead = new RefusingPort();
        TestGateway gateway =
            TestGateway.builder(vertx).key(Provider.OPENAI, "first", dead.port()).start()) {
      HttpResponse<String> answer = gateway.chat(Answers.CHAT_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("could not be reached");
    }
  }

  @Test
  void deadEndpointOfOneKeyIsInvisibleWhileAnotherServes() throws Exception {
    try (RefusingPort dead = new RefusingPort();
        TestGateway gateway =
            TestGateway.builder(vertx)
                .key(Provider.OPENAI, "dead", dead.port(), 9, Long.MAX_VALUE, null)
                .key(Provider.OPENAI, "dying", provider.port(), 8, Long.MAX_VALUE, null)
                .key(Provider.OPENAI, "good", provider.port(), 7, Long.MAX_VALUE, null)
                .start()) {
      provider.on("dying", reset());
      provider.on("good", status(200, Answers.CHAT));

      for (int i = 0; i < 20; i++) {
        assertThat(gateway.chat(Answers.CHAT_REQUEST).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void unknownModelIsTheProvidersOwnNotFoundEveryTime() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port())
            .key(Provider.OPENAI, "second", provider.port())
            .start()) {
      String missing =
          Answers.openAi("invalid_request_error", "model_not_found", "The model does not exist");
      provider.on("first", status(404, missing));
      provider.on("second", status(404, missing));

      HttpResponse<String> first = gateway.chat(Answers.CHAT_REQUEST);
      HttpResponse<String> again = gateway.chat(Answers.CHAT_REQUEST);

      assertThat(first.statusCode()).isEqualTo(404);
      assertThat(first.body()).isEqualTo(missing);
      assertThat(again.statusCode()).isEqualTo(404);
      assertThat(again.body()).contains("model_not_found");
      assertThat(provider.received()).hasSize(2);
    }
  }

  @Test
  void questionAboutAnUnknownModelDoesNotHideTheOthers() throws Exception {
    try (TestGateway gateway = one(Provider.OPENAI)) {
      provider.on(
          "first",
          status(404, Answers.openAi("invalid_request_error", "model_not_found", "no such model")),
          status(200, "{\"object\":\"list\",\"data\":[]}"));
      String bearer = "Bearer " + TestGateway.CLIENT_KEY;

      assertThat(models(gateway, "/v1/models/nonsense", "authorization", bearer)).isEqualTo(404);
      assertThat(models(gateway, "/v1/models", "authorization", bearer)).isEqualTo(200);
    }
  }

  @Test
  void badInputIsRefusedInTheCallersDialectBeforeAnyProviderIsAsked() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port())
            .key(Provider.ANTHROPIC, "a", provider.port())
            .key(Provider.GEMINI, "g", provider.port())
            .maxBody(10_000)
            .start()) {
      HttpResponse<String> notJson = gateway.chat("{\"model\": oops}");
      assertThat(notJson.statusCode()).isEqualTo(400);
      assertThat(notJson.body()).contains("\"error\"");

      HttpResponse<String> noModel = gateway.messages("{\"messages\":[]}");
      assertThat(noModel.statusCode()).isEqualTo(400);
      assertThat(noModel.body()).startsWith("{\"type\":\"error\"").contains("model");

      HttpResponse<String> large =
          gateway.messages("{\"model\":\"claude-opus-5-5\",\"x\":\"" + "a".repeat(20_000) + "\"}");
      assertThat(large.statusCode()).isEqualTo(413);
      assertThat(large.body()).contains("request_too_large").contains("10000");

      HttpResponse<String> path = gateway.send(gateway.post("/v1/nonsense", "{}"));
      assertThat(path.statusCode()).isEqualTo(404);
      assertThat(path.body()).contains("chat/completions");

      HttpResponse<String> method =
          gateway.send(
              HttpRequest.newBuilder(gateway.uri("/v1/embeddings"))
                  .header("authorization", "Bearer " + TestGateway.CLIENT_KEY)
                  .GET());
      assertThat(method.statusCode()).isEqualTo(405);
      assertThat(method.headers().firstValue("allow")).contains("POST");

      HttpResponse<String> stranger =
          gateway.send(
              HttpRequest.newBuilder(gateway.uri("/v1/messages"))
                  .header("x-api-key", "sk-ant-somebody-elses-key")
                  .header("anthropic-version", "2023-06-01")
                  .POST(HttpRequest.BodyPublishers.ofString(Answers.MESSAGES_REQUEST)));
      assertThat(stranger.statusCode()).isEqualTo(401);
      assertThat(stranger.body()).contains("authentication_error").doesNotContain("somebody-elses");

      HttpResponse<String> nobody =
          gateway.send(
              HttpRequest.newBuilder(gateway.uri("/v1beta/models/gemini-3.8-flash:generateContent"))
                  .POST(HttpRequest.BodyPublishers.ofString(Answers.GENERATE_REQUEST)));
      assertThat(nobody.statusCode()).isEqualTo(401);
      assertThat(nobody.body()).contains("UNAUTHENTICATED");

      assertThat(provider.received()).isEmpty();
    }
  }

  @Test
  void noKeyOfAProviderIsSaidPlainly() throws Exception {
    try (TestGateway gateway = one(Provider.OPENAI)) {
      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("No anthropic key");
      assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
    }
  }

  @Test
  void answerCompressedUnaskedIsDecoded() throws Exception {
    try (TestGateway gateway = one(Provider.OPENAI)) {
      provider.on(
          "first",
          bytes(
              200,
              gzip(Answers.CHAT),
              "content-type",
              "application/json",
              "content-encoding",
              "gzip"));

      HttpResponse<String> answer = gateway.chat(Answers.CHAT_REQUEST);

      assertThat(answer.body()).isEqualTo(Answers.CHAT);
      assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
      assertThat(gateway.listener.next().usage().total()).isEqualTo(12);
    }
  }

  @Test
  void errorUnderAStatusThatSaysSuccessFailsOverUnseen() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.ANTHROPIC, "first", provider.port(), 9, Long.MAX_VALUE, null)
            .key(Provider.ANTHROPIC, "second", provider.port(), 5, Long.MAX_VALUE, null)
            .start()) {
      provider.on("first", status(200, Answers.anthropic("overloaded_error", "Overloaded", "")));
      provider.on("second", status(200, Answers.MESSAGE));

      assertThat(gateway.messages(Answers.MESSAGES_REQUEST).body()).isEqualTo(Answers.MESSAGE);
    }
  }

  @Test
  void bytesThatAreNoJsonPassAsTheyAre() throws Exception {
    try (TestGateway gateway = one(Provider.OPENAI)) {
      byte[] sound = new byte[300_000];
      new java.util.SplittableRandom(7).nextBytes(sound);
      provider.on("first", bytes(200, sound, "content-type", "audio/mpeg"));

      HttpResponse<byte[]> answer =
          gateway.http.send(
              gateway
                  .post(
                      "/v1/audio/speech",
                      "{\"model\":\"tts-1\",\"voice\":\"alloy\",\"input\":\"hi\"}")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());

      assertThat(answer.body()).isEqualTo(sound);
      assertThat(answer.headers().firstValue("content-length")).contains("300000");
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void foreignThinkingIsStrippedOnceAndTheRequestTriedAgain() throws Exception {
    try (TestGateway gateway = one(Provider.ANTHROPIC)) {
      provider.on(
          "first",
          status(
              400,
              Answers.anthropic(
                  "invalid_request_error",
                  "messages.1.content.0: Invalid `signature` in `thinking` block: it is bound to a different conversation",
                  "")),
          status(200, Answers.MESSAGE));
      String request =
          "{\"model\":\"claude-opus-5-5\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\"},{\"type\":\"text\",\"text\":\"a\"}]},{\"role\":\"user\",\"content\":\"go on\"}]}";

      HttpResponse<String> answer = gateway.messages(request);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(provider.received().get(1).text())
          .isEqualTo(
              request.replace(
                  "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\"},", ""));
    }
  }

  @Test
  void continuedResponseGoesToTheAccountThatHoldsIt() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port())
            .key(Provider.OPENAI, "second", provider.port())
            .start()) {
      String stored =
          "{\"id\":\"resp_42\",\"object\":\"response\",\"status\":\"completed\",\"output\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"total_tokens\":2}}";
      provider.on("first", status(200, stored));
      provider.on("second", status(200, stored));
      gateway.send(gateway.post("/v1/responses", "{\"model\":\"gpt-6-sol\",\"input\":\"hi\"}"));
      String owner = provider.keys().getFirst();

      for (int i = 0; i < 10; i++) {
        gateway.send(
            gateway.post(
                "/v1/responses",
                "{\"model\":\"gpt-6-sol\",\"input\":\"hi\",\"previous_response_id\":\"resp_42\"}"));
      }

      assertThat(provider.keys()).containsOnly(owner);
    }
  }

  @Test
  void storedPromptMayNameTheModel() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port(), 9, Long.MAX_VALUE, null)
            .key(Provider.OPENAI, "second", provider.port(), 5, Long.MAX_VALUE, null)
            .start()) {
      String body = "{\"prompt\":{\"id\":\"pmpt_1\"},\"input\":\"hi\"}";
      provider.on("first", status(404, Answers.openAi("invalid_request_error", "", "no prompt")));
      provider.on(
          "second",
          status(
              200,
              "{\"id\":\"resp_8\",\"output\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"total_tokens\":2}}"));

      HttpResponse<String> answer = gateway.send(gateway.post("/v1/responses", body));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(provider.received().getLast().text()).isEqualTo(body);
      assertThat(provider.keys()).containsExactly("first", "second");
    }
  }

  @Test
  void listOfModelsComesFromAKeyThatMaySeeIt() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port(), 9, Long.MAX_VALUE, null)
            .key(Provider.OPENAI, "second", provider.port(), 5, Long.MAX_VALUE, null)
            .start()) {
      String refusal = Answers.openAi("invalid_request_error", "", "You may not list models");
      provider.on("first", status(403, refusal));
      provider.on("second", status(200, "{\"object\":\"list\",\"data\":[]}"), status(403, refusal));

      assertThat(gateway.send(gateway.post("/v1/models", "").GET()).statusCode()).isEqualTo(200);

      // When nobody may, the provider's own words are handed on, and no key is held back for it.
      HttpResponse<String> refused = gateway.send(gateway.post("/v1/models", "").GET());
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).isEqualTo(refusal);
      assertThat(provider.keys()).containsExactly("first", "second", "first", "second");
    }
  }

  @Test
  void conversationWhoseOwnerIsOutForLongIsToBeSentWhole() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port(), 9, Long.MAX_VALUE, null)
            .key(Provider.OPENAI, "second", provider.port(), 5, Long.MAX_VALUE, null)
            .start()) {
      provider.on(
          "first",
          status(
              200,
              "{\"id\":\"resp_9\",\"output\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"total_tokens\":2}}"),
          status(429, Answers.openAi("insufficient_quota", "insufficient_quota", "quota")));
      gateway.send(gateway.post("/v1/responses", "{\"model\":\"gpt-6-sol\",\"input\":\"hi\"}"));

      HttpResponse<String> answer =
          gateway.send(
              gateway.post(
                  "/v1/responses",
                  "{\"model\":\"gpt-6-sol\",\"input\":\"hi\",\"previous_response_id\":\"resp_9\"}"));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("previous_response_not_found").contains("resp_9");
      assertThat(provider.keys()).containsOnly("first");
    }
  }

  @Test
  void resourceOfAnUnknownOwnerIsLookedForInEveryAccount() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "first", provider.port(), 9, Long.MAX_VALUE, null)
            .key(Provider.OPENAI, "second", provider.port(), 5, Long.MAX_VALUE, null)
            .start()) {
      String missing =
          Answers.openAi(
              "invalid_request_error",
              "previous_response_not_found",
              "Previous response not found");
      provider.on("first", status(400, missing));
      provider.on("second", status(200, Answers.CHAT), status(400, missing));
      String request =
          "{\"model\":\"gpt-6-sol\",\"input\":\"hi\",\"previous_response_id\":\"resp_7\"}";

      assertThat(gateway.send(gateway.post("/v1/responses", request)).statusCode()).isEqualTo(200);
      HttpResponse<String> nowhere =
          gateway.send(gateway.post("/v1/responses", request.replace("resp_7", "resp_8")));
      assertThat(nowhere.statusCode()).isEqualTo(400);
      assertThat(nowhere.body()).isEqualTo(missing);
    }
  }

  @Test
  void bodiesThatWouldNotFitIntoMemoryAreRefusedAndTheirRoomComesBack() throws Exception {
    try (TestGateway gateway = one(Provider.OPENAI)) {
      provider.on("first", status(200, Answers.CHAT));
      String large =
          "{\"model\":\"gpt-6-sol\",\"messages\":[],\"x\":\"" + "a".repeat(20 << 20) + "\"}";
      try (RawClient slow = new RawClient(gateway.server.port())) {
        slow.send(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\nauthorization: Bearer "
                + TestGateway.CLIENT_KEY
                + "\r\ncontent-length: 33000000\r\n\r\n{");
        while (gateway.bodies.held() < 33_000_000) {
          Thread.onSpinWait();
        }
        HttpResponse<String> refused = gateway.chat(large);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
      }
      while (gateway.bodies.held() > 0) {
        Thread.onSpinWait();
      }
      assertThat(gateway.chat(large).statusCode()).isEqualTo(200);
      gateway.listener.next();
    }
  }

  @Test
  void slowBodyIsRefusedAfterItsTime() throws Exception {
    try (TestGateway gateway =
            TestGateway.builder(vertx)
                .key(Provider.OPENAI, "first", provider.port())
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300))
                .start();
        RawClient client = new RawClient(gateway.server.port())) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\nauthorization: Bearer "
              + TestGateway.CLIENT_KEY
              + "\r\ncontent-length: 100\r\n\r\n{\"model\"");

      assertThat(client.readUntil("}")).contains("408").contains("Nothing more of the request");
    }
  }

  @Test
  void healthAndReadinessAnswerWithoutAKey() throws Exception {
    try (TestGateway gateway = one(Provider.OPENAI)) {
      assertThat(gateway.send(HttpRequest.newBuilder(gateway.uri("/healthz")).GET()).body())
          .isEqualTo("ok\n");
      assertThat(gateway.send(HttpRequest.newBuilder(gateway.uri("/readyz")).GET()).statusCode())
          .isEqualTo(200);
      assertThat(gateway.send(HttpRequest.newBuilder(gateway.uri("/metrics")).GET()).statusCode())
          .isEqualTo(200);
    }
  }
}
