package dev.forebay.dialect.verdict;

import static dev.forebay.dialect.verdict.Bodies.anthropic;
import static dev.forebay.dialect.verdict.Bodies.errorInfo;
import static dev.forebay.dialect.verdict.Bodies.gemini;
import static dev.forebay.dialect.verdict.Bodies.openAi;
import static dev.forebay.dialect.verdict.Bodies.quotaFailure;
import static dev.forebay.dialect.verdict.Bodies.retryInfo;
import static dev.forebay.dialect.verdict.Row.CALLER_FAULT;
import static dev.forebay.dialect.verdict.Row.FAILED;
import static dev.forebay.dialect.verdict.Row.REJECTED;
import static dev.forebay.dialect.verdict.Row.SLOW_DOWN;
import static dev.forebay.dialect.verdict.Row.guess;
import static dev.forebay.dialect.verdict.Row.hint;
import static dev.forebay.dialect.verdict.Row.throttled;
import static dev.forebay.dialect.verdict.Row.until;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.verdict.Verdict.Kind;
import dev.forebay.dialect.verdict.Verdict.Reach;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Errors inside a 200: the type, code or gRPC status stands for the status of the answer.
class StreamErrorsTest {

  private static final Verdict RATE_LIMITED =
      throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, guess(ofSeconds(1), ofMinutes(10)));
  private static final Verdict NO_QUOTA =
      throttled(Reach.GROUP, Kind.QUOTA, guess(ofHours(1), ofHours(24)));

  private static Row row(Operation operation, String name, String payload, Verdict expected) {
    return new Row(operation + ": " + name, operation, 200, Map.of(), payload, expected);
  }

  static Stream<Row> ofAnthropic() {
    Operation messages = Operation.MESSAGES;
    return Stream.of(
        row(
            messages,
            "overloaded_error is a 529",
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
            throttled(Reach.PROVIDER_MODEL, Kind.OVERLOADED, guess(ofSeconds(5), ofSeconds(30)))),
        row(messages, "api_error is a 500", anthropic("api_error", "Internal"), FAILED),
        row(messages, "timeout_error is a 504", anthropic("timeout_error", "Late"), FAILED),
        row(
            messages,
            "rate_limit_error is a 429",
            anthropic("rate_limit_error", "Limited"),
            RATE_LIMITED),
        row(
            messages,
            "a spend limit by its code",
            anthropic("rate_limit_error", "Limited", "enforced_spend_limit_reached"),
            throttled(Reach.GROUP, Kind.SPEND_LIMIT, until("2026-12-01T00:00:00Z"))),
        row(
            messages,
            "invalid_request_error is a 400",
            anthropic("invalid_request_error", "No."),
            CALLER_FAULT),
        row(
            messages,
            "authentication_error is a 401",
            anthropic("authentication_error", "invalid x-api-key"),
            REJECTED),
        row(messages, "an unknown type is a 500", anthropic("new_error", "Hm."), FAILED),
        row(messages, "no JSON at all is a 500", "upstream connect error", FAILED),
        row(messages, "nothing at all is a 500", "", FAILED));
  }

  static Stream<Row> ofOpenAi() {
    Operation chat = Operation.CHAT_COMPLETIONS;
    Operation responses = Operation.RESPONSES;
    String exceeded =
        "You exceeded your current quota, please check your plan and billing details.";
    return Stream.of(
        row(
            chat,
            "a chunk with an error",
            openAi("server_error", "The server had an error"),
            FAILED),
        row(
            chat,
            "a chunk with a rate limit",
            openAi("tokens", "rate_limit_exceeded", "Limit. Please try again in 1.2s."),
            throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofMillis(1200)))),
        row(
            chat,
            "a chunk with a bad request",
            openAi("invalid_request_error", "context_length_exceeded", "Too long."),
            CALLER_FAULT),
        row(
            responses,
            "the flat error event",
            """
            {"type":"error","code":"insufficient_quota","message":"%s","param":null,\
            "sequence_number":2}\
            """
                .formatted(exceeded),
            NO_QUOTA),
        row(
            responses,
            "the nested error event",
            """
            {"type":"error","sequence_number":2,"error":{"type":"insufficient_quota",\
            "code":"insufficient_quota","message":"%s","param":null}}\
            """
                .formatted(exceeded),
            NO_QUOTA),
        row(
            responses,
            "response.failed of the server",
            """
            {"type":"response.failed","sequence_number":3,"response":{"id":"resp_1",\
            "status":"failed","output":[{"error":{"code":"not_this"}}],\
            "error":{"code":"server_error","message":"The model failed."},"usage":null}}\
            """,
            FAILED),
        row(
            responses,
            "response.failed of a rate limit",
            """
            {"type":"response.failed","response":{"error":{"code":"rate_limit_exceeded",\
            "message":"Limited."}}}\
            """,
            RATE_LIMITED),
        row(
            responses,
            "response.failed of the prompt",
            """
            {"type":"response.failed","response":{"error":{"code":"invalid_prompt",\
            "message":"No."}}}\
            """,
            CALLER_FAULT),
        row(
            responses,
            "response.failed of a picture",
            """
            {"type":"response.failed","response":{"error":{"code":"image_content_policy_violation",\
            "message":"No."}}}\
            """,
            CALLER_FAULT),
        row(
            responses,
            "response.failed of a vector store",
            """
            {"type":"response.failed","response":{"error":{"code":"vector_store_timeout",\
            "message":"Late."}}}\
            """,
            FAILED),
        row(
            responses,
            "the flat event with an overload",
            """
            {"type":"error","code":"server_is_overloaded","message":"Busy.","sequence_number":0}\
            """,
            throttled(Reach.KEY, Kind.OVERLOADED, guess(ofSeconds(1), ofSeconds(10)))),
        row(
            responses,
            "the flat event with a ramp limit",
            "{\"type\":\"error\",\"code\":\"slow_down\",\"message\":\"Ramp.\"}",
            SLOW_DOWN),
        row(
            responses,
            "the flat event of a missing model",
            "{\"type\":\"error\",\"code\":\"model_not_found\",\"message\":\"The model is gone.\"}",
            throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, guess(ofHours(1), ofHours(1)))));
  }

  static Stream<Row> ofGemini() {
    Operation stream = Operation.STREAM_GENERATE_CONTENT;
    Operation chat = Operation.GEMINI_CHAT_COMPLETIONS;
    return Stream.of(
        row(
            stream,
            "a chunk with UNAVAILABLE",
            gemini(503, "UNAVAILABLE", "The model is overloaded."),
            throttled(Reach.PROVIDER_MODEL, Kind.OVERLOADED, guess(ofSeconds(1), ofSeconds(30)))),
        row(
            stream,
            "a chunk with a daily quota",
            gemini(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota.",
                quotaFailure("GenerateRequestsPerDayPerProjectPerModel"),
                retryInfo("5s")),
            throttled(Reach.GROUP_MODEL, Kind.QUOTA, until("2026-11-24T08:00:00Z"))),
        row(
            stream,
            "an array around the error",
            "[" + gemini(500, "INTERNAL", "An internal error has occurred.") + "]",
            FAILED),
        row(
            stream,
            "a code without a status",
            "{\"error\":{\"code\":400,\"message\":\"Bad.\"}}",
            CALLER_FAULT),
        row(
            stream,
            "an invalid key",
            gemini(400, "INVALID_ARGUMENT", "API key not valid.", errorInfo("API_KEY_INVALID")),
            REJECTED),
        row(stream, "a chunk that is cut", "{\"error\":{\"code\":5", FAILED),
        row(
            chat,
            "the OpenAI-compatible path",
            "[" + gemini(429, "RESOURCE_EXHAUSTED", "Limited.", retryInfo("7s")) + "]",
            throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofSeconds(7)))));
  }

  @ParameterizedTest
  @MethodSource({"ofAnthropic", "ofOpenAi", "ofGemini"})
  void decides(Row row) {
    assertThat(row.streamVerdict()).isEqualTo(row.expected());
  }

  /// A 200 whose whole body is an error is the same as one in a stream.
  @ParameterizedTest
  @MethodSource({"ofAnthropic", "ofOpenAi", "ofGemini"})
  void decidesTheSameForAWholeBody(Row row) {
    assertThat(row.verdict()).isEqualTo(row.expected());
  }
}
