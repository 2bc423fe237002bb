package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.forebay.dialect.GatewayError.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorWriterTest {

  private static final String ID = "req_7";

  private static String body(Dialect shape, GatewayError error) {
    return new String(ErrorWriter.body(shape, error, ID), UTF_8);
  }

  private static GatewayError throttled(Duration wait) {
    return new GatewayError(Kind.NOTHING_ELIGIBLE, "5 keys: 5 throttled", wait);
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"OPENAI_CHAT", "OPENAI_RESPONSES"})
  void writesOpenAi(Dialect shape) {
    assertThat(body(shape, GatewayError.of(Kind.UNKNOWN_MODEL, "No key serves \"gpt-9\".")))
        .isEqualTo(
            """
            {"error":{"message":"No key serves \\"gpt-9\\".","type":"invalid_request_error",\
            "param":"model","code":"model_not_found"}}\
            """);
    assertThat(body(shape, GatewayError.of(Kind.UNKNOWN_CLIENT_KEY, "Unknown key.")))
        .isEqualTo(
            """
            {"error":{"message":"Unknown key.","type":"invalid_request_error",\
            "param":null,"code":"invalid_api_key"}}\
            """);
  }

  @Test
  void writesAnthropic() {
    assertThat(
            body(
                Dialect.ANTHROPIC_MESSAGES,
                GatewayError.of(Kind.THREAD_NOT_FOUND, "No key owns the thread.")))
        .isEqualTo(
            """
            {"type":"error","error":{"type":"not_found_error",\
            "message":"No key owns the thread.","details":{"error_code":"thread_not_found"}},\
            "request_id":"req_7"}\
            """);
  }

  @Test
  void writesGemini() {
    assertThat(body(Dialect.GEMINI_GENERATE, throttled(Duration.ofSeconds(39))))
        .isEqualTo(
            """
            {"error":{"code":429,"message":"5 keys: 5 throttled","status":"RESOURCE_EXHAUSTED",\
            "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",\
            "reason":"RATE_LIMIT_EXCEEDED","domain":"forebay"},\
            {"@type":"type.googleapis.com/google.rpc.RequestInfo","requestId":"req_7"},\
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"39s"}]}}\
            """);
  }

  @Test
  void writesGeminisArray() {
    GatewayError error = GatewayError.of(Kind.INVALID_JSON, "Line 3: expected a value.");

    assertThat(new String(ErrorWriter.arrayBody(error, ID), UTF_8))
        .isEqualTo("[" + body(Dialect.GEMINI_GENERATE, error) + "]");
  }

  /// The words of the error translation table: status, Anthropic's type, Gemini's status.
  @ParameterizedTest
  @CsvSource({
    "INVALID_REQUEST, 400, invalid_request_error, INVALID_ARGUMENT",
    "UNKNOWN_CLIENT_KEY, 401, authentication_error, UNAUTHENTICATED",
    "UNKNOWN_MODEL, 404, not_found_error, NOT_FOUND",
    "BODY_TOO_LARGE, 413, request_too_large, INVALID_ARGUMENT",
    "NOTHING_ELIGIBLE, 429, rate_limit_error, RESOURCE_EXHAUSTED",
    "INTERNAL, 500, api_error, INTERNAL",
    "TOO_BUSY, 503, overloaded_error, UNAVAILABLE",
    "PROVIDER_TIMEOUT, 504, timeout_error, DEADLINE_EXCEEDED",
  })
  void usesTheWordsThatClientsKnow(Kind kind, int status, String anthropic, String gemini) {
    assertThat(kind.status()).isEqualTo(status);
    assertThat(kind.words().anthropicType()).isEqualTo(anthropic);
    assertThat(kind.words().geminiStatus()).isEqualTo(gemini);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1, 1, 0.001s",
    "PT0.0000001S, 1, 1, 0.001s",
    "PT0.2S, 1, 200, 0.200s",
    "PT1S, 1, 1000, 1s",
    "PT1.0001S, 2, 1001, 1.001s",
    "PT39.84S, 40, 39840, 39.840s",
    "PT5H, 18000, 18000000, 18000s",
  })
  void aWaitIsRoundedUpAndNeverNothing(
      Duration wait, String seconds, String millis, String retryDelay) {
    GatewayError error = throttled(wait);

    assertThat(ErrorWriter.headers(Dialect.OPENAI_CHAT, error, ID))
        .containsEntry("retry-after", seconds)
        .containsEntry("retry-after-ms", millis);
    assertThat(body(Dialect.GEMINI_GENERATE, error))
        .contains("\"retryDelay\":\"" + retryDelay + "\"");
  }

  @Test
  void headersNameTheRequestAsTheDialectsClientsLookForIt() {
    GatewayError error = GatewayError.of(Kind.INVALID_JSON, "No.");

    assertThat(ErrorWriter.headers(Dialect.OPENAI_RESPONSES, error, ID))
        .isEqualTo(
            Map.of(
                "content-type", "application/json",
                "x-request-id", ID,
                "x-should-retry", "false"));
    assertThat(ErrorWriter.headers(Dialect.ANTHROPIC_MESSAGES, error, ID))
        .containsEntry("request-id", ID);
    assertThat(ErrorWriter.headers(Dialect.GEMINI_GENERATE, error, ID)).doesNotContainValue(ID);
  }

  @Test
  void aRetryIsInvitedOnlyWhereItCanHelpAndClientsWouldWait() {
    assertThat(throttled(Duration.ofSeconds(60)).retryable()).isTrue();
    assertThat(throttled(Duration.ofSeconds(61)).retryable()).isFalse();
    assertThat(GatewayError.of(Kind.NOTHING_ELIGIBLE, "").retryable()).isFalse();
    assertThat(GatewayError.of(Kind.PROVIDER_FAILED, "").retryable()).isFalse();
    assertThat(GatewayError.of(Kind.SHUTTING_DOWN, "").retryable()).isTrue();
    assertThat(new GatewayError(Kind.INVALID_JSON, "", Duration.ofSeconds(1)).retryable())
        .isFalse();
  }

  @Test
  void aWaitIsNeverNegative() {
    assertThatThrownBy(() -> throttled(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
  }

  @Property
  void isWellFormedAsciiWhateverTheMessage(long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder message = new StringBuilder("\u2028\"\\\u0000<>&");
    for (int i = random.nextInt(200); i > 0; i--) {
      message.append((char) random.nextInt(0x10000));
    }
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    GatewayError error = new GatewayError(kind, message.toString(), Duration.ofNanos(seed));

    for (Dialect shape : Dialect.values()) {
      byte[] bytes = ErrorWriter.body(shape, error, ID);
      assertThat(US_ASCII.newEncoder().canEncode(new String(bytes, UTF_8))).isTrue();
      assertThat(messageIn(bytes)).isEqualTo(message.toString());
    }
  }

  private static String messageIn(byte[] json) throws IOException {
    String found = "";
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if ("message".equals(parser.currentName())) {
          found = parser.nextTextValue();
        }
      }
    }
    return found;
  }
}
