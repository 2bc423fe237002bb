package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.sse;
import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.models.CatalogReader;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.prices.Cost;
import dev.forebay.testing.ScriptedProvider.Ending;
import dev.forebay.testing.ScriptedProvider.Reply;
import dev.forebay.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What another model answers when the one that was asked declines, and when its word stands.
class DeclineTest extends GatewayTest {

  private static final String DECLINED_MESSAGE =
      Answers.MESSAGE
          .replace("{\"type\":\"text\",\"text\":\"hello\"}", "")
          .replace("\"end_turn\"", "\"refusal\"");
  private static final String DECLINED_DELTA =
      Answers.MESSAGE_DELTA.replace("\"end_turn\"", "\"refusal\"");
  private static final String DECLINED_RESPONSE =
      FallbackTest.RESPONSE.replace(
          "{\"type\":\"output_text\",\"text\":\"hello\",\"annotations\":[]}",
          "{\"type\":\"refusal\",\"refusal\":\"I can't\"}");
  private static final Reply DECLINES_IN_STREAM =
      sse(Ending.CLEAN, Answers.MESSAGE_START, Answers.PING, DECLINED_DELTA, Answers.MESSAGE_STOP);
  private static final Reply THROTTLED =
      status(429, Answers.openAi("requests", "rate_limit_exceeded", "wait"), "retry-after", "20");
  private static final Reply GEMINI_THROTTLED =
      status(429, Answers.gemini(429, "RESOURCE_EXHAUSTED", "no", Answers.retryInfo("30s")));

  private TestGateway.Builder three() {
    return TestGateway.builder(vertx)
        .key(Provider.ANTHROPIC, "claude", provider.port())
        .key(Provider.OPENAI, "gpt", provider.port())
        .key(Provider.GEMINI, "google", provider.port())
        .equivalent("claude-opus-5-5", "gpt-6-sol", "gemini-3.8-flash");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void aRefusalStandsUnlessTheSettingsSayOtherwise() throws Exception {
    try (TestGateway gateway = three().start()) {
      provider.on("claude", status(200, DECLINED_MESSAGE));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.body()).isEqualTo(DECLINED_MESSAGE);
      assertThat(provider.keys()).containsExactly("claude");
    }
  }

  @Test
  void anotherModelAnswersWhatOneDeclines() throws Exception {
    try (TestGateway gateway = three().refusals().start()) {
      provider.on("claude", status(200, DECLINED_MESSAGE));
      provider.on("gpt", status(200, FallbackTest.RESPONSE));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"text\":\"hello\"", "\"stop_reason\":\"end_turn\"");
      assertThat(header(answer, "x-forebay-provider")).isEqualTo("openai");
      assertThat(header(answer, "x-forebay-attempts")).isEqualTo("2");
    }
  }

  @Test
  void theTraceSaysWhoDeclinedAndBothArePaidFor() throws Exception {
    try (TestGateway gateway = three().refusals().start()) {
      provider.on("claude", status(200, DECLINED_MESSAGE));
      provider.on("gpt", status(200, FallbackTest.RESPONSE));

      gateway.messages(Answers.MESSAGES_REQUEST);

      ExchangeReport report = gateway.listener.next();
      assertThat(report.attempts())
          .extracting(AttemptReport::keyName, AttemptReport::declined)
          .containsExactly(
              org.assertj.core.api.Assertions.tuple("claude", true),
              org.assertj.core.api.Assertions.tuple("gpt", false));
      assertThat(report.detours())
          .singleElement()
          .satisfies(detour -> {
            assertThat(detour.target()).hasToString("anthropic/claude-opus-5-5");
            assertThat(detour.reason()).isEqualTo("the model declined to answer");
          });
      Usage one = Usage.of(9, 3);
      assertThat(report.usage().total()).isEqualTo(2 * one.total());
      assertThat(report.cost())
          .isEqualTo(
              cost("anthropic", "claude-opus-5-5", one).plus(cost("openai", "gpt-6-sol", one)));
      assertThat(gateway.pools.view("claude").orElseThrow().usedToday()).isEqualTo(12);
      assertThat(gateway.pools.view("gpt").orElseThrow().usedToday()).isEqualTo(12);
    }
  }

  private static Cost cost(String provider, String model, Usage usage) {
    return Objects.requireNonNull(
            Objects.requireNonNull(CatalogReader.shipped().find(provider, model)).price())
        .of(usage);
  }

  @Test
  void aStreamChangesOverBeforeItsFirstWord() throws Exception {
    try (TestGateway gateway = three().refusals().start()) {
      provider.on("claude", DECLINES_IN_STREAM);
      provider.on(
          "gpt",
          sse(
              Ending.CLEAN,
              Answers.RESPONSE_CREATED,
              Answers.RESPONSE_TEXT,
              Answers.RESPONSE_COMPLETED));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_STREAM_REQUEST);

      assertThat(answer.body())
          .startsWith("event: message_start\n")
          .contains("\"text\":\"hello\"", "event: message_stop\n")
          .doesNotContain("refusal");
      assertThat(answer.body().split("event: message_start", -1)).hasSize(2);
      assertThat(gateway.listener.next().attempts().getFirst().declined()).isTrue();
    }
  }

  @Test
  void aStreamThatHasSaidSomethingIsNotTakenBack() throws Exception {
    try (TestGateway gateway = three().refusals().start()) {
      provider.on(
          "claude",
          sse(
              Ending.CLEAN,
              Answers.MESSAGE_START,
              Answers.BLOCK_START,
              Answers.TEXT_DELTA,
              Answers.BLOCK_STOP,
              DECLINED_DELTA,
              Answers.MESSAGE_STOP));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_STREAM_REQUEST);

      assertThat(answer.body()).contains("\"text\":\"hello\"", "\"stop_reason\":\"refusal\"");
      assertThat(provider.keys()).containsExactly("claude");
    }
  }

  @Test
  void everyDialectSaysItInItsOwnWay() throws Exception {
    try (TestGateway gateway = three().refusals().start()) {
      provider.on("claude", status(200, Answers.MESSAGE));
      provider.on(
          "gpt",
          status(200, DECLINED_RESPONSE),
          status(200, Answers.CHAT.replace("\"stop\"", "\"content_filter\"")),
          sse(
              Ending.CLEAN,
              Answers.CHAT_FIRST,
              Answers.CHAT_HEL.replace("\"content\":\"hel\"", "\"refusal\":\"I \""),
              Answers.CHAT_HEL.replace("\"content\":\"hel\"", "\"refusal\":\"can't\""),
              Answers.CHAT_STOP,
              Answers.DONE));
      provider.on(
          "google",
          status(200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"responseId\":\"r\"}"),
          status(
              200,
              "{\"candidates\":[{\"finishReason\":\"PROHIBITED_CONTENT\",\"index\":0}],\"responseId\":\"r\"}"));

      assertThat(
              gateway
                  .send(gateway.post("/v1/responses", "{\"model\":\"gpt-6-sol\",\"input\":\"hi\"}"))
                  .body())
          .contains("\"type\":\"output_text\"", "hello");
      assertThat(gateway.chat(Answers.CHAT_REQUEST).body()).contains("\"content\":\"hello\"");
      provider.on("claude", sse(Ending.CLEAN, Answers.MESSAGE_STREAM));
      assertThat(gateway.chat(Answers.CHAT_STREAM_REQUEST).body())
          .contains("\"content\":\"hello\"", "[DONE]")
          .doesNotContain("can't");
      provider.on("claude", status(200, Answers.MESSAGE));
      for (int i = 0; i < 2; i++) {
        assertThat(
                gateway
                    .send(
                        gateway.post(
                            "/v1beta/models/gemini-3.8-flash:generateContent",
                            Answers.GENERATE_REQUEST))
                    .body())
            .contains("\"text\":\"hello\"");
      }
    }
  }

  @Test
  void aGeminiStreamThatIsBlockedAtOnceChangesOver() throws Exception {
    try (TestGateway gateway = three().refusals().start()) {
      provider.on(
          "google",
          sse(
              Ending.CLEAN,
              "data: {\"candidates\":[{\"finishReason\":\"SAFETY\",\"index\":0}],\"responseId\":\"r\"}\r\n\r\n"));
      provider.on("claude", sse(Ending.CLEAN, Answers.MESSAGE_STREAM));

      HttpResponse<String> answer =
          gateway.send(
              gateway.post(
                  "/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse",
                  Answers.GENERATE_REQUEST));

      assertThat(answer.body()).contains("\"text\":\"hello\"").doesNotContain("SAFETY");
    }
  }

  @Test
  void theRefusalIsHandedOnWhenNobodyElseCan() throws Exception {
    try (TestGateway gateway = three().refusals().start()) {
      provider.on("claude", status(200, DECLINED_MESSAGE));
      provider.on("gpt", THROTTLED);
      provider.on("google", GEMINI_THROTTLED);

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(DECLINED_MESSAGE);
      assertThat(header(answer, "x-forebay-provider")).isEqualTo("anthropic");
      assertThat(header(answer, "x-forebay-key")).isEqualTo("claude");
      ExchangeReport report = gateway.listener.next();
      assertThat(report.end()).isEqualTo(ExchangeReport.End.COMPLETED);
      assertThat(report.keyName()).isEqualTo("claude");
      assertThat(report.servedModel()).isEqualTo("claude-opus-5-5");
    }
  }

  @Test
  void aRefusalThatStreamedIsHandedOnAsItCame() throws Exception {
    try (TestGateway gateway = three().refusals().start()) {
      provider.on("claude", DECLINES_IN_STREAM);
      provider.on("gpt", THROTTLED);
      provider.on("google", GEMINI_THROTTLED);

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_STREAM_REQUEST);

      assertThat(header(answer, "content-type")).startsWith("text/event-stream");
      assertThat(answer.body())
          .isEqualTo(Answers.MESSAGE_START + Answers.PING + DECLINED_DELTA + Answers.MESSAGE_STOP);
    }
  }

  @Test
  void theLastOnesWordStands() throws Exception {
    try (TestGateway gateway = three().order(Provider.OPENAI).refusals().start()) {
      provider.on("claude", status(200, DECLINED_MESSAGE));
      provider.on("gpt", status(200, DECLINED_RESPONSE));

      HttpResponse<String> answer = gateway.messages(Answers.MESSAGES_REQUEST);

      assertThat(answer.body()).contains("\"stop_reason\":\"refusal\"", "I can't");
      assertThat(header(answer, "x-forebay-provider")).isEqualTo("openai");
    }
  }

  @Test
  void aThoughtIsAWordTooSoThatNothingIsTakenBack() throws Exception {
    try (TestGateway gateway = three().refusals().start()) {
      provider.on(
          "claude",
          sse(
              Ending.CLEAN,
              Answers.MESSAGE_START,
              "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n",
              "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"Hm\"}}\n\n",
              Answers.BLOCK_STOP,
              DECLINED_DELTA,
              Answers.MESSAGE_STOP));

      assertThat(gateway.messages(Answers.MESSAGES_STREAM_REQUEST).body()).contains("Hm");
      assertThat(provider.keys()).containsExactly("claude");
    }
  }
}
