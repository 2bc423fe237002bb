package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.reset;
import static dev.forebay.testing.ScriptedProvider.sse;
import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.models.CatalogReader;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.Detour;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.testing.ScriptedProvider.Ending;
import dev.forebay.testing.ScriptedProvider.Received;
import dev.forebay.testing.ScriptedProvider.Reply;
import dev.forebay.testing.TestGateway;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What another provider answers when the one that was asked cannot, and when it must not.
class FallbackTest extends GatewayTest {

  static final String RESPONSE =
      "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"status\":\"completed\",\"error\":null,\"incomplete_details\":null,\"model\":\"gpt-6-sol\",\"output\":[{\"type\":\"message\",\"id\":\"msg_1\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"hello\",\"annotations\":[]}]}],\"parallel_tool_calls\":true,\"tools\":[],\"tool_choice\":\"auto\",\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":3,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":12}}";

  private static final Reply THROTTLED =
      status(429, Answers.anthropic("rate_limit_error", "slow down", ""), "retry-after", "40");
  private static final Reply GPT_THROTTLED =
      status(429, Answers.openAi("requests", "rate_limit_exceeded", "wait"), "retry-after", "20");

  private TestGateway.Builder three() {
    return TestGateway.builder(vertx)
        .key(Provider.ANTHROPIC, "claude", provider.port())
        .key(Provider.OPENAI, "gpt", provider.port())
        .key(Provider.GEMINI, "google", provider.port())
        .equivalent("claude-opus-5-5", "gpt-6-sol", "gemini-3.8-flash");
  }

  private void allServe() {
    provider.on("claude", status(200, Answers.MESSAGE));
    provider.on("gpt", status(200, RESPONSE));
    provider.on("google", status(200, Answers.GENERATED));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static void assertAnsweredAsMessage(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"type\":\"message\"", "\"text\":\"hello\"", "\"stop_reason\":\"end_turn\"");
  }

  @Test
  void anotherProviderAnswersWhenEveryKeyIsThrottled() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("claude", THROTTLED);

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertAnsweredAsMessage(answer);
      assertThat(header(answer, "content-type")).isEqualTo("application/json");
      assertThat(header(answer, "x-forebay-provider")).isEqualTo("openai");
      assertThat(header(answer, "x-forebay-model")).isEqualTo("gpt-6-sol");
      assertThat(header(answer, "x-forebay-key")).isEqualTo("gpt");
      assertThat(header(answer, "x-forebay-attempts")).isEqualTo("2");
      assertThat(header(answer, "request-id")).isEqualTo(header(answer, "x-forebay-request-id"));
      assertThat(provider.keys()).containsExactly("claude", "gpt");
      Received sent = provider.received().getLast();
      assertThat(sent.uri()).isEqualTo("/v1/responses");
      assertThat(sent.text()).contains("\"model\":\"gpt-6-sol\"");
      assertThat(sent.headers())
          .containsEntry("authorization", "Bearer gpt")
          .containsEntry("content-type", "application/json")
          .doesNotContainKeys("anthropic-version", "x-api-key");
    }
  }

  @Test
  void theTraceAndTheBooksNameWhoAnsweredAtItsOwnPrice() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("claude", THROTTLED);

      gateway.messages(Answers.MESSAGES_REQUEST);

      ExchangeReport report = gateway.listener.next();
      assertThat(report.requestedModel()).isEqualTo("claude-opus-5-5");
      assertThat(report.servedModel()).isEqualTo("gpt-6-sol");
      assertThat(report.provider()).isEqualTo("openai");
      assertThat(report.attempts())
          .extracting(AttemptReport::provider, AttemptReport::model)
          .containsExactly(
              org.assertj.core.api.Assertions.tuple("anthropic", "claude-opus-5-5"),
              org.assertj.core.api.Assertions.tuple("openai", "gpt-6-sol"));
      assertThat(report.detours())
          .singleElement()
          .satisfies(detour -> {
            assertThat(detour.target()).hasToString("anthropic/claude-opus-5-5");
            assertThat(detour.reason()).contains("1 throttled");
          });
      assertThat(report.usage().total()).isEqualTo(12);
      Usage used = report.usage();
      assertThat(report.cost())
          .isEqualTo(
              Objects.requireNonNull(
                      Objects.requireNonNull(CatalogReader.shipped().find("openai", "gpt-6-sol"))
                          .price())
                  .of(used));
      assertThat(gateway.pools.view("gpt").orElseThrow().usedToday()).isEqualTo(12);
      assertThat(gateway.pools.view("claude").orElseThrow().usedToday()).isZero();
    }
  }

  @Test
  void aStreamIsAnsweredInTheCallersDialect() throws Exception {
    try (TestGateway gateway = three().start()) {
      provider.on("claude", sse(Ending.CLEAN, Answers.MESSAGE_START, Answers.OVERLOADED_EVENT));
      provider.on("gpt", reset());
      provider.on("google", sse(Ending.CLEAN, Answers.GEMINI_HEL, Answers.GEMINI_LO));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_STREAM_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(header(answer, "content-type")).startsWith("text/event-stream");
      assertThat(header(answer, "x-forebay-provider")).isEqualTo("gemini");
      assertThat(answer.body())
          .startsWith("event: message_start\n")
          .contains("\"text\":\"hel\"", "\"text\":\"lo\"", "event: message_stop\n")
          .doesNotContain("verload", "candidates");
      assertThat(provider.received().getLast().uri())
          .isEqualTo("/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse");
      assertThat(gateway.listener.next().usage().total()).isEqualTo(12);
    }
  }

  @Test
  void aTranslatedStreamThatBreaksEndsInTheCallersDialect() throws Exception {
    try (TestGateway gateway = three().start()) {
      provider.on("claude", THROTTLED);
      provider.on(
          "gpt",
          sse(
              Ending.RESET,
              Answers.RESPONSE_CREATED,
              Answers.RESPONSE_IN_PROGRESS,
              Answers.RESPONSE_TEXT));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_STREAM_REQUEST);

      assertThat(answer.body()).contains("\"text\":\"hello\"", "event: error\n");
      assertThat(gateway.listener.next().end()).isEqualTo(ExchangeReport.End.BROKEN);
    }
  }

  @Test
  void aProviderThatFailsIsStoodInFor() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("claude", status(500, Answers.anthropic("api_error", "oops", "")));

      assertAnsweredAsMessage(gateway.messages(Answers.MESSAGES_REQUEST));
      assertThat(provider.keys()).contains("claude").endsWith("gpt");
    }
  }

  @Test
  void aProviderWithoutKeysIsStoodInFor() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.GEMINI, "google", provider.port())
            .equivalent("claude-opus-5-5", "gpt-6-sol", "gemini-3.8-flash")
            .start()) {
      allServe();

      assertAnsweredAsMessage(gateway.messages(Answers.MESSAGES_REQUEST));
      assertThat(gateway.listener.next().detours())
          .extracting(Detour::target)
          .extracting(Object::toString)
          .containsExactly("anthropic/claude-opus-5-5", "openai/gpt-6-sol");
    }
  }

  @Test
  void aContextThatIsTooSmallIsLeftForALargerOne() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on(
          "claude",
          status(
              400,
              Answers.anthropic(
                  "invalid_request_error",
                  "prompt is too long: 1200000 tokens > 1000000 maximum",
                  "")));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertAnsweredAsMessage(answer);
      assertThat(header(answer, "x-forebay-provider")).isEqualTo("openai");
      assertThat(gateway.pools.view("claude").orElseThrow().status())
          .isInstanceOf(dev.forebay.pool.Status.Open.class);
    }
  }

  @Test
  void theProvidersWordsStandWhenNobodyHoldsMore() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      String tooLong =
          Answers.anthropic(
              "invalid_request_error", "prompt is too long: 9 tokens > 8 maximum", "");
      provider.on("claude", status(400, tooLong));

      HttpResponse<String> answer =
          gateway.send(
              gateway
                  .post("/v1/messages", Answers.MESSAGES_REQUEST)
                  .header("x-forebay-fallback", "off"));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo(tooLong);
      assertThat(provider.keys()).containsExactly("claude");
    }
  }

  @Test
  void whatTheCatalogueSaysDoesNotFitIsNotTried() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.ANTHROPIC, "claude", provider.port())
            .key(Provider.OPENAI, "gpt", provider.port())
            .equivalent("claude-haiku-4-5", "gpt-6-luna")
            .start()) {
      allServe();
      String body =
          Answers.MESSAGES_REQUEST
              .replace("claude-opus-5-5", "claude-haiku-4-5")
              .replace("\"hi\"", "\"" + "word ".repeat(300_000) + "\"");

      assertAnsweredAsMessage(gateway.messages(body));
      assertThat(provider.keys()).containsExactly("gpt");
      assertThat(gateway.listener.next().detours())
          .singleElement()
          .satisfies(
              detour -> assertThat(detour.reason()).contains("do not fit", "context of 200000"));
    }
  }

  @Test
  void theCallersOwnFaultIsItsOwn() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      String fault = Answers.anthropic("invalid_request_error", "messages: too few", "");
      provider.on("claude", status(400, fault));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo(fault);
      assertThat(provider.keys()).containsExactly("claude");
    }
  }

  @Test
  void nothingStandsInForAModelThatIsInNoList() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("claude", THROTTLED);

      HttpResponse<String> answer =
          gateway.messages(Answers.MESSAGES_REQUEST.replace("opus-5-5", "sonnet-5"));

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(provider.keys()).containsExactly("claude");
      assertThat(gateway.listener.next().detours()).isEmpty();
    }
  }

  @Test
  void anEditionOfAModelIsStoodInForLikeTheModel() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("claude", THROTTLED);

      assertAnsweredAsMessage(
          gateway.messages(Answers.MESSAGES_REQUEST.replace("5-5", "5-5-20261015")));
    }
  }

  @Test
  void embeddingsKeepToTheirProvider() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("gpt", GPT_THROTTLED);

      HttpResponse<String> answer =
          gateway.send(
              gateway.post("/v1/embeddings", "{\"model\":\"gpt-6-sol\",\"input\":\"hi\"}"));

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(provider.keys()).containsExactly("gpt");
    }
  }

  @Test
  void whatOneAccountHoldsKeepsToItsProvider() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("gpt", GPT_THROTTLED);

      HttpResponse<String> answer =
          gateway.send(
              gateway.post(
                  "/v1/responses",
                  "{\"model\":\"gpt-6-sol\",\"input\":\"hi\",\"previous_response_id\":\"resp_0\"}"));

      assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
      assertThat(provider.keys()).containsOnly("gpt");
    }
  }

  @Test
  void theRequestSaysWhoStandsIn() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("claude", THROTTLED);

      assertThat(provided(gateway, "gemini, openai")).isEqualTo("gemini");
      assertThat(provided(gateway, "gemini/gemini-3.1-pro-preview")).isEqualTo("gemini");
      assertThat(provider.received().getLast().uri())
          .isEqualTo("/v1beta/models/gemini-3.1-pro-preview:generateContent");
      assertThat(provided(gateway, "off")).isEqualTo("429");
      assertThat(provided(gateway, "mistral")).isEqualTo("400");
      assertThat(provider.received())
          .allSatisfy(
              received -> assertThat(received.headers()).doesNotContainKey("x-forebay-fallback"));
    }
  }

  private static String provided(TestGateway gateway, String wish) throws Exception {
    HttpResponse<String> answer =
        gateway.send(
            gateway
                .post("/v1/messages", Answers.MESSAGES_REQUEST)
                .header("x-forebay-fallback", wish));
    return answer.statusCode() == 200
        ? header(answer, "x-forebay-provider")
        : Integer.toString(answer.statusCode());
  }

  @Test
  void theClientKeySaysWhoStandsInAndTheRequestKnowsBetter() throws Exception {
    try (TestGateway gateway = three().clientFallback("off").start()) {
      allServe();
      provider.on("claude", THROTTLED);

      assertThat(gateway.messages(Answers.MESSAGES_REQUEST).statusCode()).isEqualTo(429);
      assertThat(provided(gateway, "openai")).isEqualTo("openai");
    }
  }

  @Test
  void theOrderSaysWhichProvidersStandIn() throws Exception {
    try (TestGateway gateway = three().order(Provider.GEMINI).start()) {
      allServe();
      provider.on("claude", THROTTLED);

      assertThat(header(gateway.messages(Answers.MESSAGES_REQUEST), "x-forebay-provider"))
          .isEqualTo("gemini");
      provider.on("google", status(503, Answers.gemini(503, "UNAVAILABLE", "busy", "")));
      assertThat(gateway.messages(Answers.MESSAGES_REQUEST).statusCode())
          .isGreaterThanOrEqualTo(429);
      assertThat(provider.keys()).doesNotContain("gpt");
    }
  }

  @Test
  void anyModelCanBeAskedForInAnyDialect() throws Exception {
    try (TestGateway gateway = three().alias("best", "claude-opus-5-5").start()) {
      allServe();

      HttpResponse<String> answer =
          gateway.chat(Answers.CHAT_REQUEST.replace("gpt-6-sol", "claude-opus-5-5"));
      assertThat(answer.body()).contains("\"object\":\"chat.completion\"", "hello");
      assertThat(header(answer, "x-forebay-provider")).isEqualTo("anthropic");
      assertThat(provider.received().getLast().uri()).isEqualTo("/v1/messages");

      gateway.chat(Answers.CHAT_REQUEST.replace("gpt-6-sol", "best"));
      assertThat(provider.received().getLast().text()).contains("\"model\":\"claude-opus-5-5\"");

      gateway.messages(Answers.MESSAGES_REQUEST.replace("claude-opus-5-5", "gemini-9-new"));
      assertThat(provider.received().getLast().uri())
          .isEqualTo("/v1beta/models/gemini-9-new:generateContent");
    }
  }

  @Test
  void aTargetNamesOneExactly() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("gpt", GPT_THROTTLED);

      HttpResponse<String> answer =
          gateway.messages(Answers.MESSAGES_REQUEST.replace("claude-opus-5-5", "openai/gpt-6-sol"));

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).contains("\"type\":\"rate_limit_error\"");
      assertThat(provider.keys()).containsExactly("gpt");
    }
  }

  @Test
  void aTargetMayStandInTheUrl() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      for (String model : List.of("anthropic/claude-opus-5-5", "anthropic%2Fclaude-opus-5-5")) {
        HttpResponse<String> answer =
            gateway.send(
                gateway.post(
                    "/v1beta/models/" + model + ":generateContent", Answers.GENERATE_REQUEST));

        assertThat(answer.body()).contains("\"candidates\"", "hello");
        assertThat(provider.received().getLast().uri()).isEqualTo("/v1/messages");
        assertThat(provider.received().getLast().text()).contains("\"model\":\"claude-opus-5-5\"");
      }
      gateway.send(
          gateway.post(
              "/v1beta/models/gemini/gemini-3.8-flash:generateContent", Answers.GENERATE_REQUEST));
      assertThat(provider.received().getLast().uri())
          .isEqualTo("/v1beta/models/gemini-3.8-flash:generateContent");
    }
  }

  @Test
  void callsOfOthersComeBackToGooglesCompatiblePathWithAWordInPlaceOfTheirSignature()
      throws Exception {
    try (TestGateway gateway = three().start()) {
      provider.on("google", status(200, Answers.CHAT));
      provider.on(
          "claude",
          status(
              200,
              Answers.MESSAGE
                  .replace(
                      "{\"type\":\"text\",\"text\":\"hello\"}",
                      "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"look\",\"input\":{\"at\":1}}")
                  .replace("end_turn", "tool_use")));
      String path = "/v1beta/openai/chat/completions";
      HttpResponse<String> called =
          gateway.send(
              gateway.post(
                  path, Answers.CHAT_REQUEST.replace("gpt-6-sol", "anthropic/claude-opus-5-5")));
      JsonObject message =
          new JsonObject(called.body())
              .getJsonArray("choices")
              .getJsonObject(0)
              .getJsonObject("message");
      assertThat(
              message
                  .getJsonArray("tool_calls")
                  .getJsonObject(0)
                  .getJsonObject("extra_content")
                  .getJsonObject("google")
                  .getString("thought_signature"))
          .startsWith("ZmIx");

      JsonObject back =
          new JsonObject(Answers.CHAT_REQUEST.replace("gpt-6-sol", "gemini-3.8-flash"));
      back.getJsonArray("messages").add(message);
      gateway.send(gateway.post(path, back.encode()));
      assertThat(provider.received().getLast().key()).isEqualTo("google");
      assertThat(provider.received().getLast().text())
          .contains("\"thought_signature\":\"skip_thought_signature_validator\"")
          .doesNotContain("ZmIx");
    }
  }

  @Test
  void signaturesOfGooglesOwnCallsStayWithGoogle() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      String signed =
          "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{}\"},\"extra_content\":{\"google\":{\"thought_signature\":\"T1dO\"}}}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"1\"}]}";

      gateway.chat(signed.formatted("gemini-3.8-flash"));
      assertThat(provider.received().getLast().text()).contains("\"thoughtSignature\":\"T1dO\"");

      gateway.chat(signed.formatted("claude-opus-5-5"));
      assertThat(provider.received().getLast().text())
          .contains("\"type\":\"tool_use\"")
          .doesNotContain("T1dO");
    }
  }

  @Test
  void anErrorOfTheStandInIsToldInTheCallersDialect() throws Exception {
    try (TestGateway gateway = three().start()) {
      provider.on("claude", THROTTLED);
      provider.on(
          "gpt", status(400, Answers.openAi("invalid_request_error", "bad", "no such tool")));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .contains("\"type\":\"error\"", "\"type\":\"invalid_request_error\"", "no such tool");
      assertThat(header(answer, "x-forebay-provider")).isEqualTo("openai");
    }
  }

  @Test
  void lossesAreNamedOrRefused() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("claude", THROTTLED);
      String body =
          Answers.MESSAGES_REQUEST.replace("\"max_tokens\":50", "\"max_tokens\":50,\"top_k\":3");

      HttpResponse<String> answer = gateway.messages(body);
      assertAnsweredAsMessage(answer);
      assertThat(header(answer, "x-forebay-losses")).contains("top_k");

      provider.on("google", GPT_THROTTLED);
      HttpResponse<String> strict =
          gateway.send(gateway.post("/v1/messages", body).header("x-forebay-strict", "true"));
      // Gemini has the field, so that nothing keeps it from being asked.
      assertThat(provider.keys()).endsWith("google");
      assertThat(strict.statusCode()).isEqualTo(429);
      assertThat(strict.body()).contains("openai/gpt-6-sol (Strict translation");
    }
  }

  @Test
  void strictSettingsRefuseTheOnlyTarget() throws Exception {
    try (TestGateway gateway = three().strict().start()) {
      allServe();

      HttpResponse<String> answer =
          gateway.messages(
              Answers.MESSAGES_REQUEST
                  .replace("claude-opus-5-5", "openai/gpt-6-sol")
                  .replace("\"max_tokens\":50", "\"max_tokens\":50,\"top_k\":3"));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("top_k");
      assertThat(provider.keys()).isEmpty();
    }
  }

  @Test
  void aTargetThatCannotHearIsLeftOut() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("gpt", GPT_THROTTLED);
      String body =
          Answers.CHAT_REQUEST.replace(
              "\"content\":\"hi\"",
              "\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklGRg==\",\"format\":\"wav\"}}]");

      HttpResponse<String> answer = gateway.chat(body);

      assertThat(header(answer, "x-forebay-provider")).isEqualTo("gemini");
      assertThat(provider.keys()).containsExactly("gpt", "google");
      assertThat(gateway.listener.next().detours())
          .anySatisfy(detour -> {
            assertThat(detour.target()).hasToString("anthropic/claude-opus-5-5");
            assertThat(detour.reason()).contains("sound");
          });
    }
  }

  @Test
  void whoAsksForSoundIsNotAnsweredWithText() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("gpt", GPT_THROTTLED);
      String body =
          Answers.CHAT_REQUEST.replaceFirst(
              "\\{",
              "{\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":\"ash\",\"format\":\"wav\"},");

      HttpResponse<String> answer = gateway.chat(body);

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(provider.keys()).containsExactly("gpt");
      assertThat(gateway.listener.next().detours())
          .filteredOn(detour -> detour.reason().contains("answers other than text (modalities)"))
          .extracting(detour -> detour.target().provider())
          .containsExactlyInAnyOrder(Provider.ANTHROPIC, Provider.GEMINI);
    }
  }

  @Test
  void aKeyIsWaitedForOnlyWhenEveryTargetHasBeenAsked() throws Exception {
    try (TestGateway gateway = three().maxWait(Duration.ofSeconds(5)).start()) {
      provider.on("claude", THROTTLED);
      provider.on(
          "gpt",
          status(
              429, Answers.openAi("requests", "rate_limit_exceeded", "wait"), "retry-after", "1"),
          status(200, RESPONSE));
      provider.on("google", status(429, Answers.gemini(429, "RESOURCE_EXHAUSTED", "no", "")));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertAnsweredAsMessage(answer);
      assertThat(provider.keys()).startsWith("claude", "gpt", "google");
    }
  }

  @Test
  void trafficReturnsWhenTheFirstKeyRecovers() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      provider.on("claude", THROTTLED, status(200, Answers.MESSAGE));
      gateway.messages(Answers.MESSAGES_REQUEST);

      gateway.pools.recover("claude");
      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.body()).isEqualTo(Answers.MESSAGE);
      assertThat(header(answer, "x-forebay-provider")).isEqualTo("anthropic");
    }
  }

  /// What is not the attempts' own time; the middle of many, so that a slow machine does not tell.
  @Test
  void fallingBackTakesAFewMillisecondsBesidesTheAttemptsOwnTime() throws Exception {
    try (TestGateway gateway = three().start()) {
      provider.on("claude", THROTTLED);
      provider.on(
          "gpt",
          sse(
              Ending.CLEAN,
              Answers.RESPONSE_CREATED,
              Answers.RESPONSE_TEXT,
              Answers.RESPONSE_COMPLETED));
      long[] own = new long[101];
      for (int i = 0; i < own.length; i++) {
        gateway.pools.recover("claude");
        gateway.messages(Answers.MESSAGES_STREAM_REQUEST);
        ExchangeReport report = gateway.listener.next();
        assertThat(report.provider()).isEqualTo("openai");
        own[i] =
            report.firstContentNanos()
                - report.attempts().stream().mapToLong(AttemptReport::latencyNanos).sum();
      }
      Arrays.sort(own);

      assertThat(Duration.ofNanos(own[own.length / 2])).isLessThan(Duration.ofMillis(5));
    }
  }

  @Test
  void whenNobodyCanServeTheFirstToComeBackIsNamed() throws Exception {
    try (TestGateway gateway = three().order(Provider.OPENAI).start()) {
      provider.on("claude", THROTTLED);
      provider.on("gpt", GPT_THROTTLED);

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(Integer.parseInt(header(answer, "retry-after"))).isBetween(15, 25);
      assertThat(answer.body())
          .contains("No anthropic key can serve", "Nor could what stands in: openai/gpt-6-sol");
    }
  }

  @Test
  void foreignReasoningStaysWithItsOwner() throws Exception {
    try (TestGateway gateway = three().start()) {
      allServe();
      String turn =
          "{\"model\":\"claude-opus-5-5\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":[%s{\"type\":\"text\",\"text\":\"hello\"}]},{\"role\":\"user\",\"content\":\"more\"}]}";
      String own = "{\"type\":\"thinking\",\"thinking\":\"I\",\"signature\":\"c2lnbmVk\"},";
      String foreign =
          "{\"type\":\"thinking\",\"thinking\":\"G\",\"signature\":\"fb1.openai.-.eyJ9\"},";

      gateway.messages(turn.formatted(own + foreign));

      assertThat(provider.received().getLast().text()).isEqualTo(turn.formatted(own));

      provider.on("claude", THROTTLED);
      gateway.messages(turn.formatted(own + foreign));

      assertThat(provider.received().getLast().key()).isEqualTo("gpt");
      assertThat(provider.received().getLast().text())
          .contains("eyJ9")
          .doesNotContain("c2lnbmVk", "fb1.");
    }
  }

  @Test
  void tokensAreCountedByWhoCan() throws Exception {
    try (TestGateway gateway = three().start()) {
      provider.on("claude", status(401, Answers.anthropic("authentication_error", "no", "")));
      provider.on("gpt", status(200, "{\"object\":\"response.input_tokens\",\"input_tokens\":7}"));

      HttpResponse<String> answer =
          gateway.send(
              gateway.post(
                  "/v1/messages/count_tokens",
                  "{\"model\":\"claude-opus-5-5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));

      assertThat(answer.body()).isEqualTo("{\"input_tokens\":7}");
      assertThat(provider.received().getLast().uri()).isEqualTo("/v1/responses/input_tokens");
    }
  }
}
