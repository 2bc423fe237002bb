package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.sse;
import static dev.forebay.testing.ScriptedProvider.status;
import static dev.forebay.testing.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.pool.Status;
import dev.forebay.testing.RawClient;
import dev.forebay.testing.ScriptedProvider.Ending;
import dev.forebay.testing.ScriptedProvider.Reply;
import dev.forebay.testing.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Streams: what is held back, what fails over, what breaks, and what the client sees of it.
class StreamTest extends GatewayTest {

  private TestGateway two(Provider kind) {
    return TestGateway.builder(vertx)
        .key(kind, "first", provider.port(), 9, Long.MAX_VALUE, null)
        .key(kind, "second", provider.port(), 5, Long.MAX_VALUE, null)
        .start();
  }

  private static Reply messages(Ending ending, String... pieces) {
    return sse(ending, pieces);
  }

  private static String join(String... pieces) {
    return String.join("", pieces);
  }

  private static HttpResponse<String> streamMessages(TestGateway gateway) throws Exception {
    return gateway.messages(Answers.MESSAGES_STREAM_REQUEST);
  }

  @Test
  void anthropicStreamPassesByteForByte() throws Exception {
    try (TestGateway gateway = two(Provider.ANTHROPIC)) {
      provider.on("first", messages(Ending.CLEAN, Answers.MESSAGE_STREAM));

      HttpResponse<String> answer = streamMessages(gateway);

      assertThat(answer.body()).isEqualTo(join(Answers.MESSAGE_STREAM));
      assertThat(answer.headers().firstValue("content-type"))
          .contains("text/event-stream; charset=utf-8");
      ExchangeReport report = gateway.listener.next();
      assertThat(report.end()).isEqualTo(ExchangeReport.End.COMPLETED);
      assertThat(report.usage().input()).isEqualTo(9);
      assertThat(report.usage().output()).isEqualTo(3);
      assertThat(report.firstContentNanos()).isPositive();
    }
  }

  @Test
  void errorInsideTheStreamBeforeContentFailsOverUnseen() throws Exception {
    try (TestGateway gateway = two(Provider.ANTHROPIC)) {
      provider.on(
          "first",
          messages(Ending.CLEAN, Answers.MESSAGE_START, Answers.PING, Answers.OVERLOADED_EVENT));
      provider.on("second", messages(Ending.CLEAN, Answers.MESSAGE_STREAM));

      HttpResponse<String> answer = streamMessages(gateway);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(join(Answers.MESSAGE_STREAM));
      assertThat(gateway.listener.events())
          .containsExactly(
              "started MESSAGES",
              "attempt 1 first 200 Failed",
              "attempt 2 second 200 Served",
              "finished 200 COMPLETED");
    }
  }

  @Test
  void quotaErrorInsideAResponsesStreamTakesTheKeyOut() throws Exception {
    try (TestGateway gateway = two(Provider.OPENAI)) {
      provider.on(
          "first",
          sse(
              Ending.CLEAN,
              Answers.RESPONSE_CREATED,
              Answers.RESPONSE_IN_PROGRESS,
              Answers.RESPONSE_QUOTA_ERROR));
      provider.on(
          "second",
          sse(
              Ending.CLEAN,
              Answers.RESPONSE_CREATED,
              Answers.RESPONSE_IN_PROGRESS,
              Answers.RESPONSE_TEXT,
              Answers.RESPONSE_COMPLETED));

      HttpResponse<String> answer =
          gateway.send(gateway.post("/v1/responses", Answers.RESPONSES_STREAM_REQUEST));

      assertThat(answer.body())
          .isEqualTo(
              join(
                  Answers.RESPONSE_CREATED,
                  Answers.RESPONSE_IN_PROGRESS,
                  Answers.RESPONSE_TEXT,
                  Answers.RESPONSE_COMPLETED));
      assertThat(gateway.pools.view("first").orElseThrow().status())
          .isInstanceOf(Status.Cooling.class);
    }
  }

  @Test
  void resetBeforeContentFailsOverUnseen() throws Exception {
    try (TestGateway gateway = two(Provider.ANTHROPIC)) {
      provider.on("first", messages(Ending.RESET, Answers.MESSAGE_START, Answers.PING));
      provider.on("second", messages(Ending.CLEAN, Answers.MESSAGE_STREAM));

      assertThat(streamMessages(gateway).body()).isEqualTo(join(Answers.MESSAGE_STREAM));
    }
  }

  @Test
  void cleanEndWithoutContentFailsOverUnseen() throws Exception {
    try (TestGateway gateway = two(Provider.ANTHROPIC)) {
      provider.on("first", messages(Ending.CLEAN, Answers.MESSAGE_START));
      provider.on("second", messages(Ending.CLEAN, Answers.MESSAGE_STREAM));

      assertThat(streamMessages(gateway).body()).isEqualTo(join(Answers.MESSAGE_STREAM));
    }
  }

  @Test
  void resetAfterContentEndsWithAnErrorEventAndNoSecondTry() throws Exception {
    try (TestGateway gateway = two(Provider.ANTHROPIC)) {
      provider.on(
          "first",
          messages(Ending.RESET, Answers.MESSAGE_START, Answers.BLOCK_START, Answers.TEXT_DELTA));
      provider.on("second", messages(Ending.CLEAN, Answers.MESSAGE_STREAM));

      HttpResponse<String> answer = streamMessages(gateway);

      assertThat(answer.body())
          .startsWith(join(Answers.MESSAGE_START, Answers.BLOCK_START, Answers.TEXT_DELTA))
          .contains("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")
          .endsWith("\n\n");
      assertThat(provider.keys()).containsExactly("first");
      ExchangeReport report = gateway.listener.next();
      assertThat(report.end()).isEqualTo(ExchangeReport.End.BROKEN);
      assertThat(report.usage().estimated()).isTrue();
      assertThat(report.usage().input()).isEqualTo(9);
    }
  }

  @Test
  void cleanEndInTheMiddleOfAStreamIsNotPassedOnAsAnEnd() throws Exception {
    try (TestGateway gateway = two(Provider.OPENAI)) {
      provider.on("first", sse(Ending.CLEAN, Answers.CHAT_FIRST, Answers.CHAT_HEL));

      HttpResponse<String> answer = gateway.chat(Answers.CHAT_STREAM_REQUEST);

      assertThat(answer.body()).contains("hel").contains("data: {\"error\":{").endsWith("\n\n");
      assertThat(answer.body()).doesNotContain("[DONE]");
    }
  }

  @Test
  void providersOwnErrorAfterContentReachesTheClientAsItCame() throws Exception {
    try (TestGateway gateway = two(Provider.ANTHROPIC)) {
      provider.on(
          "first",
          messages(
              Ending.CLEAN,
              Answers.MESSAGE_START,
              Answers.BLOCK_START,
              Answers.TEXT_DELTA,
              Answers.OVERLOADED_EVENT));

      HttpResponse<String> answer = streamMessages(gateway);

      assertThat(answer.body())
          .isEqualTo(
              join(
                  Answers.MESSAGE_START,
                  Answers.BLOCK_START,
                  Answers.TEXT_DELTA,
                  Answers.OVERLOADED_EVENT));
      assertThat(gateway.listener.next().end()).isEqualTo(ExchangeReport.End.BROKEN);
    }
  }

  @Test
  void usageIsAskedForAndHiddenWhenTheClientDidNotAsk() throws Exception {
    try (TestGateway gateway = two(Provider.OPENAI)) {
      provider.on(
          "first",
          sse(
              Ending.CLEAN,
              Answers.CHAT_FIRST,
              Answers.CHAT_HEL,
              Answers.CHAT_LO,
              Answers.CHAT_STOP,
              Answers.CHAT_USAGE,
              Answers.DONE));

      HttpResponse<String> answer = gateway.chat(Answers.CHAT_STREAM_REQUEST);

      assertThat(provider.received().getFirst().text())
          .contains("\"stream_options\":{\"include_usage\":true}");
      assertThat(answer.body())
          .isEqualTo(
              join(
                      Answers.CHAT_FIRST,
                      Answers.CHAT_HEL,
                      Answers.CHAT_LO,
                      Answers.CHAT_STOP,
                      Answers.DONE)
                  .replace(",\"usage\":null", ""));
      assertThat(gateway.listener.next().usage().total()).isEqualTo(12);
    }
  }

  @Test
  void usageStaysWhereTheClientAskedForIt() throws Exception {
    try (TestGateway gateway = two(Provider.OPENAI)) {
      String[] pieces = {
        Answers.CHAT_FIRST, Answers.CHAT_HEL, Answers.CHAT_STOP, Answers.CHAT_USAGE, Answers.DONE
      };
      provider.on("first", sse(Ending.CLEAN, pieces));
      String request =
          Answers.CHAT_STREAM_REQUEST.replace(
              "\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");

      HttpResponse<String> answer = gateway.chat(request);

      assertThat(provider.received().getFirst().text()).isEqualTo(request);
      assertThat(answer.body()).isEqualTo(join(pieces));
    }
  }

  @Test
  void geminiStreamPassesAsEventsAndAsAnArray() throws Exception {
    try (TestGateway gateway = two(Provider.GEMINI)) {
      provider.on(
          "first",
          sse(Ending.CLEAN, Answers.GEMINI_HEL, Answers.GEMINI_LO),
          stream(
              "application/json; charset=UTF-8",
              Ending.CLEAN,
              "[" + payload(Answers.GEMINI_HEL),
              "\n,\r\n" + payload(Answers.GEMINI_LO),
              "\n]\n"));

      HttpResponse<String> events =
          gateway.send(
              gateway.post(
                  "/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse",
                  Answers.GENERATE_REQUEST));
      HttpResponse<String> array =
          gateway.send(
              gateway.post(
                  "/v1/models/gemini-3.8-flash:streamGenerateContent", Answers.GENERATE_REQUEST));

      assertThat(events.body()).isEqualTo(join(Answers.GEMINI_HEL, Answers.GEMINI_LO));
      assertThat(array.body())
          .isEqualTo(
              "[" + payload(Answers.GEMINI_HEL) + "\n,\r\n" + payload(Answers.GEMINI_LO) + "\n]\n");
      assertThat(gateway.listener.next().usage().total()).isEqualTo(12);
      assertThat(gateway.listener.next().usage().total()).isEqualTo(12);
    }
  }

  @Test
  void brokenGeminiArrayIsClosedWithAnErrorElement() throws Exception {
    try (TestGateway gateway = two(Provider.GEMINI)) {
      provider.on(
          "first",
          stream(
              "application/json; charset=UTF-8", Ending.RESET, "[" + payload(Answers.GEMINI_HEL)));

      HttpResponse<String> array =
          gateway.send(
              gateway.post(
                  "/v1beta/models/gemini-3.8-flash:streamGenerateContent",
                  Answers.GENERATE_REQUEST));

      assertThat(array.body())
          .startsWith("[" + payload(Answers.GEMINI_HEL))
          .contains("{\"error\":{\"code\":502")
          .endsWith("]");
    }
  }

  private static String payload(String event) {
    return event.substring("data: ".length()).strip();
  }

  @Test
  void stallBeforeContentFailsOverAndAfterContentEndsInAnError() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.ANTHROPIC, "first", provider.port(), 9, Long.MAX_VALUE, null)
            .key(Provider.ANTHROPIC, "second", provider.port(), 5, Long.MAX_VALUE, null)
            .timeouts(Duration.ofMillis(600), Duration.ofMillis(600), Duration.ofSeconds(5))
            .start()) {
      provider.on("first", messages(Ending.SILENT, Answers.MESSAGE_START));
      provider.on(
          "second",
          messages(Ending.SILENT, Answers.MESSAGE_START, Answers.BLOCK_START, Answers.TEXT_DELTA));

      HttpResponse<String> answer = streamMessages(gateway);

      assertThat(answer.body()).contains("hello").contains("event: error\n").contains("silent");
      assertThat(provider.keys()).containsExactly("first", "second");
    }
  }

  @Test
  void clientThatLeavesStopsTheProviderAndIsChargedForWhatWasUsed() throws Exception {
    try (TestGateway gateway = two(Provider.ANTHROPIC)) {
      provider.on(
          "first",
          messages(Ending.SILENT, Answers.MESSAGE_START, Answers.BLOCK_START, Answers.TEXT_DELTA));

      try (RawClient client = new RawClient(gateway.server.port())) {
        client.post("/v1/messages?beta=true", Answers.MESSAGES_STREAM_REQUEST).readUntil("hello");
      }

      assertThat(provider.sawAbort()).isTrue();
      ExchangeReport report = gateway.listener.next();
      assertThat(report.end()).isEqualTo(ExchangeReport.End.CLIENT_LEFT);
      assertThat(report.usage().input()).isEqualTo(9);
      assertThat(report.usage().output()).isPositive();
      assertThat(gateway.pools.view("first").orElseThrow().inFlight()).isZero();
      assertThat(gateway.pools.view("first").orElseThrow().reservedTokens()).isZero();
      assertThat(gateway.pools.view("first").orElseThrow().usedToday())
          .isEqualTo(report.usage().total());
    }
  }

  @Test
  void clientThatLeavesBeforeAnAnswerStopsTheProvider() throws Exception {
    try (TestGateway gateway = two(Provider.ANTHROPIC)) {
      provider.on("first", dev.forebay.testing.ScriptedProvider.silence());

      try (RawClient client = new RawClient(gateway.server.port())) {
        client.post("/v1/messages", Answers.MESSAGES_REQUEST);
        while (provider.received().isEmpty()) {
          Thread.onSpinWait();
        }
      }

      assertThat(provider.sawAbort()).isTrue();
      assertThat(gateway.listener.next().end()).isEqualTo(ExchangeReport.End.CLIENT_LEFT);
      assertThat(gateway.pools.view("first").orElseThrow().reservedTokens()).isZero();
    }
  }

  @Test
  void truncatedUnaryAnswerFailsOverUnseen() throws Exception {
    try (TestGateway gateway = two(Provider.OPENAI)) {
      provider.on(
          "first",
          stream("application/json", Ending.RESET, Answers.CHAT.substring(0, 40)),
          status(200, Answers.CHAT));
      provider.on("second", status(200, Answers.CHAT));

      assertThat(gateway.chat(Answers.CHAT_REQUEST).body()).isEqualTo(Answers.CHAT);
      assertThat(provider.keys()).containsExactly("first", "second");
    }
  }

  @Test
  void malformedUnaryAnswerFailsOverUnseen() throws Exception {
    try (TestGateway gateway = two(Provider.OPENAI)) {
      provider.on("first", status(200, "{\"id\":\"chatcmpl-1\",\"choices\":[{"));
      provider.on("second", status(200, Answers.CHAT));

      assertThat(gateway.chat(Answers.CHAT_REQUEST).body()).isEqualTo(Answers.CHAT);
    }
  }

  @Test
  void drainLetsALiveStreamEndAndCutsItOffAfterTheGrace() throws Exception {
    TestGateway gateway = two(Provider.ANTHROPIC);
    provider.on(
        "first",
        messages(Ending.SILENT, Answers.MESSAGE_START, Answers.BLOCK_START, Answers.TEXT_DELTA));
    try (RawClient client = new RawClient(gateway.server.port())) {
      client.post("/v1/messages", Answers.MESSAGES_STREAM_REQUEST).readUntil("hello");

      gateway.server.stop(Duration.ofMillis(200)).await();

      assertThat(client.readAll()).contains("event: error").contains("shutting down");
    }
    int port = gateway.server.port();
    assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(java.net.ConnectException.class);
    assertThat(gateway.pools.view("first").orElseThrow().reservedTokens()).isZero();
  }
}
