package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTest {

  private Simulator simulator;
  private Http http;

  @BeforeAll
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.anthropic("org-a", "sk-ant-1", "sk-ant-2"),
                SimulatedOrganization.openai("org-o", "sk-1", "sk-2"),
                SimulatedOrganization.gemini("4711", "AQ.1", "AQ.2")),
            0);
    http = new Http(simulator);
  }

  @AfterEach
  void clear() {
    simulator.clearFaults();
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  @Test
  void scriptedFaultsStrikeInOrderAndOnlyTheirKey() {
    simulator.script(
        "sk-1",
        Fault.rateLimited(RateLimitKind.OPENAI_REQUESTS),
        Fault.healthy(),
        new Fault.ServerError(500));

    assertThat(http.openai("sk-2", "/v1/chat/completions", Http.CHAT).statusCode()).isEqualTo(200);
    assertThat(http.openai("sk-1", "/v1/chat/completions", Http.CHAT).statusCode()).isEqualTo(429);
    assertThat(http.openai("sk-1", "/v1/chat/completions", Http.CHAT).statusCode()).isEqualTo(200);
    assertThat(http.openai("sk-1", "/v1/chat/completions", Http.CHAT).statusCode()).isEqualTo(500);
    assertThat(http.openai("sk-1", "/v1/chat/completions", Http.CHAT).statusCode()).isEqualTo(200);
  }

  @Test
  void standingFaultsStrikeUntilCleared() {
    simulator.always("sk-ant-1", new Fault.Overloaded());

    for (int i = 0; i < 3; i++) {
      assertThat(http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE).statusCode())
          .isEqualTo(529);
    }
    simulator.clear("sk-ant-1");
    assertThat(http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE).statusCode())
        .isEqualTo(200);
  }

  @Test
  void refusesAFaultOfAnotherProvider() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.script("sk-1", Fault.rateLimited(RateLimitKind.GEMINI_PER_DAY)))
        .withMessageContaining("expected: a fault of openai");
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void everyCataloguedRefusalComesInItsProvidersForm(Refusal refusal) {
    HttpResponse<byte[]> response =
        switch (refusal.provider()) {
          case ANTHROPIC -> {
            simulator.script("sk-ant-1", Fault.refused(refusal));
            yield http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE);
          }
          case OPENAI -> {
            simulator.script("sk-1", Fault.refused(refusal));
            yield http.openai("sk-1", "/v1/chat/completions", Http.CHAT);
          }
          case GEMINI -> {
            simulator.script("AQ.1", Fault.refused(refusal));
            yield http.gemini("AQ.1", Http.GENERATE, Http.CONTENTS);
          }
        };

    assertThat(response.statusCode()).isEqualTo(refusal.status());
    JsonNode error = Http.json(response).path("error");
    assertThat(error.path("message").asText()).isNotBlank().doesNotContain("{");
    String type = refusal.provider() == Provider.GEMINI ? "status" : "type";
    assertThat(error.path(type).asText()).isEqualTo(refusal.type());
  }

  @ParameterizedTest
  @EnumSource(RateLimitKind.class)
  void everyKindOf429CarriesWhatItsProviderSends(RateLimitKind kind) {
    HttpResponse<byte[]> response =
        switch (kind.provider()) {
          case ANTHROPIC -> {
            simulator.script("sk-ant-1", Fault.rateLimited(kind));
            yield http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE);
          }
          case OPENAI -> {
            simulator.script("sk-1", Fault.rateLimited(kind));
            yield http.openai("sk-1", "/v1/chat/completions", Http.CHAT);
          }
          case GEMINI -> {
            simulator.script("AQ.1", Fault.rateLimited(kind));
            yield http.gemini("AQ.1", Http.GENERATE, Http.CONTENTS);
          }
        };

    assertThat(response.statusCode()).isEqualTo(429);
    EnumSet<RateLimitKind> hinted =
        EnumSet.of(
            RateLimitKind.ANTHROPIC_RATE_LIMIT,
            RateLimitKind.ANTHROPIC_RAMP_LIMIT,
            RateLimitKind.OPENAI_REQUESTS,
            RateLimitKind.OPENAI_REQUESTS_PER_DAY,
            RateLimitKind.OPENAI_TOKENS);
    assertThat(response.headers().firstValue("retry-after").isPresent())
        .isEqualTo(hinted.contains(kind));
    if (kind == RateLimitKind.GEMINI_PER_DAY) {
      assertThat(Http.text(response))
          .contains("GenerateRequestsPerDayPerProjectPerModel", "\"retryDelay\" : \"39s\"");
    }
  }

  @Test
  void retryHintCanBeChosen() {
    simulator.script(
        "sk-ant-1", Fault.rateLimited(RateLimitKind.ANTHROPIC_RATE_LIMIT, Duration.ofSeconds(7)));

    HttpResponse<byte[]> response = http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE);

    assertThat(Http.header(response, "retry-after")).isEqualTo("7");
  }

  @Test
  void resetsBeforeHeadersAndInTheMiddle() {
    simulator.script("sk-1", new Fault.ResetBeforeHeaders(), new Fault.ResetMidStream(3));

    assertThatThrownBy(() -> http.openai("sk-1", "/v1/chat/completions", Http.CHAT_STREAM))
        .hasRootCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> http.openai("sk-1", "/v1/chat/completions", Http.CHAT_STREAM))
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(simulator.usage("sk-1").brokenAnswers()).isEqualTo(2);
  }

  @Test
  void endsAStreamCleanlyInTheMiddle() {
    simulator.script("sk-ant-1", new Fault.CloseCleanlyMidStream(4));

    String text = Http.text(http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE_STREAM));

    assertThat(text.split("\n\n")).hasSize(4);
    assertThat(text).doesNotContain("message_stop");
  }

  @Test
  void putsAnErrorInsideEachKindOfStream() {
    simulator.script("sk-ant-1", new Fault.ErrorInsideStream(1, StreamError.OVERLOADED));
    simulator.script("sk-1", new Fault.ErrorInsideStream(2, StreamError.INSUFFICIENT_QUOTA));
    simulator.script(
        "AQ.1",
        new Fault.ErrorInsideStream(1, StreamError.RATE_LIMITED),
        new Fault.ErrorInsideStream(1, StreamError.GEMINI_BARE_JSON),
        new Fault.ErrorInsideStream(2, StreamError.OVERLOADED));

    assertThat(Http.text(http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE_STREAM)))
        .endsWith(
            "event: error\ndata:"
                + " {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n");
    assertThat(Http.text(http.openai("sk-1", "/v1/chat/completions", Http.CHAT_STREAM)))
        .contains("\"code\":\"insufficient_quota\"")
        .doesNotContain("[DONE]");
    assertThat(Http.text(http.gemini("AQ.1", Http.STREAM + "?alt=sse", Http.CONTENTS)))
        .contains("data: {\"error\":{\"code\":429");
    assertThat(Http.text(http.gemini("AQ.1", Http.STREAM + "?alt=sse", Http.CONTENTS)))
        .contains("\r\n\r\n{\n  \"error\"");
    JsonNode array = Http.json(http.gemini("AQ.1", Http.STREAM, Http.CONTENTS));
    assertThat(array).hasSize(3);
    assertThat(array.get(2).path("error").path("status").asText()).isEqualTo("UNAVAILABLE");
  }

  @Test
  void putsAnErrorInsideAnAnswerInOnePiece() {
    simulator.script("sk-1", new Fault.ErrorInsideStream(0, StreamError.SERVER_ERROR));

    HttpResponse<byte[]> response = http.openai("sk-1", "/v1/chat/completions", Http.CHAT);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Http.json(response).path("error").path("type").asText()).isEqualTo("server_error");
  }

  @Test
  void cutsAndDripsWithoutChangingABit() {
    String whole = Http.text(http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE_STREAM));
    simulator.script(
        "sk-ant-1",
        Fault.CutAt.everyByte(),
        new Fault.CutAt(7),
        new Fault.SlowDrip(500, Duration.ofMillis(1)));

    for (int i = 0; i < 3; i++) {
      String text = Http.text(http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE_STREAM));
      assertThat(withoutIds(text)).isEqualTo(withoutIds(whole));
    }
  }

  private static String withoutIds(String text) {
    return text.replaceAll("msg_01[0-9A-Za-z]+", "msg");
  }

  @Test
  void compressesUnasked() throws IOException {
    simulator.script("sk-1", new Fault.Gzip());
    simulator.script("sk-ant-1", Fault.together(new Fault.Gzip(), new Fault.CutAt(3)));

    HttpResponse<byte[]> response = http.openai("sk-1", "/v1/chat/completions", Http.CHAT);
    HttpResponse<byte[]> stream = http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE_STREAM);

    assertThat(Http.header(response, "content-encoding")).isEqualTo("gzip");
    assertThat(gunzip(response.body())).contains("\"chat.completion\"");
    assertThat(gunzip(stream.body())).endsWith("{\"type\":\"message_stop\"}\n\n");
  }

  private static String gunzip(byte[] body) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void breaksJson() {
    simulator.script("sk-1", new Fault.MalformedJson(), new Fault.MalformedJson(2));

    HttpResponse<byte[]> response = http.openai("sk-1", "/v1/chat/completions", Http.CHAT);
    assertThatThrownBy(() -> Http.json(response)).hasRootCauseInstanceOf(IOException.class);
    String stream = Http.text(http.openai("sk-1", "/v1/chat/completions", Http.CHAT_STREAM));
    String last = stream.substring(stream.lastIndexOf("data: ") + 6);
    assertThat(last.strip()).startsWith("{").doesNotEndWith("}");
  }

  @Test
  void answersExactlyWhatIsAsked() {
    simulator.script("AQ.1", new Fault.Status(418, Map.of("x-odd", "yes"), "{\"tea\":1}"));

    HttpResponse<byte[]> response = http.gemini("AQ.1", Http.GENERATE, Http.CONTENTS);

    assertThat(response.statusCode()).isEqualTo(418);
    assertThat(Http.header(response, "x-odd")).isEqualTo("yes");
    assertThat(Http.text(response)).isEqualTo("{\"tea\":1}");
  }

  @Test
  void strikesByChanceAsOftenAsSaid() {
    simulator.add(new FaultRule(KeyMatcher.provider("openai"), new Fault.ServerError(502), 0.5));

    int failures = 0;
    for (int i = 0; i < 200; i++) {
      int status = http.openai("sk-2", "/v1/chat/completions", Http.CHAT).statusCode();
      failures += status == 502 ? 1 : 0;
    }

    // Four standard deviations of a fair coin thrown 200 times.
    assertThat(failures).isBetween(72, 128);
  }
}
