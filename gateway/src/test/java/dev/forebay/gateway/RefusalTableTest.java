package dev.forebay.gateway;

import static dev.forebay.gateway.Answers.anthropic;
import static dev.forebay.gateway.Answers.gemini;
import static dev.forebay.gateway.Answers.openAi;
import static dev.forebay.gateway.Answers.quota;
import static dev.forebay.gateway.Answers.reason;
import static dev.forebay.gateway.Answers.retryInfo;
import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import dev.forebay.testing.ScriptedProvider;
import dev.forebay.testing.TestGateway;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The decision table, row by row, through the whole gateway: the first key refuses as the row
/// says, the second would serve.
///
/// A row that blames the key, its limit or the provider must be invisible to the client; a row that
/// blames the request must reach it unchanged. The durations are the classifier's own tests.
class RefusalTableTest {

  private static Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  /// What becomes of the refusing key.
  enum Fate {
    /// The caller's fault: handed on, the key stays open.
    HANDED_ON,
    /// The whole key is out until a time.
    KEY_COOLS,
    /// The model alone is out.
    MODEL_COOLS,
    /// Out until somebody acts.
    REJECTED
  }

  record Row(
      Provider provider,
      String name,
      int status,
      String body,
      Fate fate,
      Duration atLeast,
      String... headers) {
    @Override
    public String toString() {
      return provider.id() + " " + status + " " + name + " → " + fate;
    }
  }

  private static Row anthropicRow(
      String name,
      int status,
      String type,
      String message,
      String code,
      Fate fate,
      Duration atLeast,
      String... headers) {
    return new Row(
        Provider.ANTHROPIC, name, status, anthropic(type, message, code), fate, atLeast, headers);
  }

  private static Row openAiRow(
      String name,
      int status,
      String type,
      String code,
      String message,
      Fate fate,
      Duration atLeast,
      String... headers) {
    return new Row(
        Provider.OPENAI, name, status, openAi(type, code, message), fate, atLeast, headers);
  }

  private static Row geminiRow(
      String name,
      int status,
      String grpc,
      String message,
      String details,
      Fate fate,
      Duration atLeast) {
    return new Row(
        Provider.GEMINI, name, status, gemini(status, grpc, message, details), fate, atLeast);
  }

  static Stream<Row> rows() {
    Duration none = Duration.ZERO;
    Duration second = Duration.ofMillis(400);
    Duration minutes = Duration.ofMinutes(10);
    Duration hour = Duration.ofMinutes(55);
    return Stream.of(
        anthropicRow(
            "invalid_request_error",
            400,
            "invalid_request_error",
            "max_tokens: required",
            "",
            Fate.HANDED_ON,
            none),
        anthropicRow(
            "API usage limits",
            400,
            "invalid_request_error",
            "You have reached your specified API usage limits. You will regain access on 2099-01-01 at 00:00 UTC.",
            "",
            Fate.KEY_COOLS,
            hour),
        anthropicRow(
            "workspace API usage limits",
            400,
            "invalid_request_error",
            "You have reached your specified workspace API usage limits. You will regain access on 2099-01-01 at 00:00 UTC.",
            "",
            Fate.KEY_COOLS,
            hour),
        anthropicRow(
            "credit balance too low",
            400,
            "invalid_request_error",
            "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.",
            "",
            Fate.KEY_COOLS,
            minutes),
        anthropicRow(
            "organization_on_hold",
            400,
            "invalid_request_error",
            "on hold",
            "organization_on_hold",
            Fate.REJECTED,
            none),
        anthropicRow(
            "cmek_key_disabled",
            400,
            "invalid_request_error",
            "key disabled",
            "cmek_key_disabled",
            Fate.KEY_COOLS,
            minutes),
        anthropicRow(
            "cmek_key_network_blocked",
            400,
            "invalid_request_error",
            "blocked",
            "cmek_key_network_blocked",
            Fate.KEY_COOLS,
            minutes),
        anthropicRow(
            "authentication_error",
            401,
            "authentication_error",
            "invalid x-api-key",
            "",
            Fate.REJECTED,
            none),
        anthropicRow("billing_error", 402, "billing_error", "billing", "", Fate.KEY_COOLS, minutes),
        anthropicRow(
            "linked organization billing",
            402,
            "billing_error",
            "linked",
            "linked_organization_billing_unavailable",
            Fate.HANDED_ON,
            none),
        anthropicRow(
            "permission_error",
            403,
            "permission_error",
            "not allowed to use this model",
            "",
            Fate.MODEL_COOLS,
            minutes),
        anthropicRow(
            "model missing",
            404,
            "not_found_error",
            "model: claude-opus-5-5",
            "",
            Fate.MODEL_COOLS,
            minutes),
        anthropicRow(
            "request_too_large", 413, "request_too_large", "too large", "", Fate.HANDED_ON, none),
        anthropicRow(
            "too large after decoding",
            413,
            "invalid_request_error",
            "too large",
            "request_body_too_large_after_decoding",
            Fate.HANDED_ON,
            none),
        anthropicRow(
            "rate_limit_error",
            429,
            "rate_limit_error",
            "rate limited",
            "",
            Fate.MODEL_COOLS,
            Duration.ofSeconds(25),
            "retry-after",
            "30"),
        anthropicRow(
            "enforced_spend_limit_reached",
            429,
            "rate_limit_error",
            "spend",
            "enforced_spend_limit_reached",
            Fate.KEY_COOLS,
            none),
        anthropicRow(
            "contract_spend_limit_reached",
            429,
            "rate_limit_error",
            "spend",
            "contract_spend_limit_reached",
            Fate.KEY_COOLS,
            none),
        anthropicRow(
            "ramp_limit_exceeded",
            429,
            "rate_limit_error",
            "ramp",
            "ramp_limit_exceeded",
            Fate.MODEL_COOLS,
            Duration.ofSeconds(15),
            "retry-after",
            "20"),
        anthropicRow("api_error", 500, "api_error", "internal", "", Fate.KEY_COOLS, second),
        anthropicRow("timeout_error", 504, "timeout_error", "timeout", "", Fate.KEY_COOLS, second),
        anthropicRow(
            "cmek_context_unavailable",
            503,
            "api_error",
            "cmek",
            "cmek_context_unavailable",
            Fate.KEY_COOLS,
            second),
        anthropicRow(
            "cmek_key_unreachable",
            503,
            "api_error",
            "cmek",
            "cmek_key_unreachable",
            Fate.KEY_COOLS,
            second),
        anthropicRow(
            "overloaded_error", 529, "overloaded_error", "Overloaded", "", Fate.KEY_COOLS, second),
        anthropicRow("request timeout", 408, "api_error", "timeout", "", Fate.KEY_COOLS, second),
        anthropicRow("lock", 409, "conflict_error", "conflict", "", Fate.KEY_COOLS, second),
        anthropicRow("bad gateway", 502, "api_error", "bad gateway", "", Fate.KEY_COOLS, second),
        openAiRow(
            "unsupported_parameter",
            400,
            "invalid_request_error",
            "unsupported_parameter",
            "Unsupported parameter",
            Fate.HANDED_ON,
            none),
        openAiRow(
            "context_length_exceeded",
            400,
            "invalid_request_error",
            "context_length_exceeded",
            "too long",
            Fate.HANDED_ON,
            none),
        openAiRow(
            "invalid_api_key",
            401,
            "invalid_request_error",
            "invalid_api_key",
            "Incorrect API key provided",
            Fate.REJECTED,
            none),
        openAiRow(
            "ip_not_authorized",
            401,
            "invalid_request_error",
            "ip_not_authorized",
            "IP not authorized",
            Fate.REJECTED,
            none),
        openAiRow(
            "unsupported country",
            403,
            "request_forbidden",
            "unsupported_country_region_territory",
            "Country, region, or territory not supported",
            Fate.REJECTED,
            none),
        openAiRow(
            "forbidden",
            403,
            "invalid_request_error",
            "forbidden",
            "no",
            Fate.MODEL_COOLS,
            minutes),
        openAiRow(
            "model_not_found",
            404,
            "invalid_request_error",
            "model_not_found",
            "The model does not exist or you do not have access to it.",
            Fate.MODEL_COOLS,
            minutes),
        openAiRow(
            "rate_limit_exceeded requests",
            429,
            "requests",
            "rate_limit_exceeded",
            "Rate limit reached",
            Fate.MODEL_COOLS,
            Duration.ofSeconds(25),
            "retry-after-ms",
            "30000"),
        openAiRow(
            "rate_limit_exceeded tokens",
            429,
            "tokens",
            "rate_limit_exceeded",
            "Rate limit reached",
            Fate.MODEL_COOLS,
            Duration.ofSeconds(300),
            "x-ratelimit-remaining-tokens",
            "0",
            "x-ratelimit-reset-tokens",
            "6m0s"),
        openAiRow(
            "insufficient_quota",
            429,
            "insufficient_quota",
            "insufficient_quota",
            "You exceeded your current quota",
            Fate.KEY_COOLS,
            minutes),
        openAiRow(
            "billing_hard_limit_reached",
            429,
            "insufficient_quota",
            "billing_hard_limit_reached",
            "Billing hard limit",
            Fate.KEY_COOLS,
            minutes),
        openAiRow(
            "server_error",
            500,
            "server_error",
            "server_error",
            "The server had an error",
            Fate.KEY_COOLS,
            second),
        openAiRow(
            "overloaded",
            503,
            "server_error",
            "server_overloaded",
            "The engine is currently overloaded",
            Fate.KEY_COOLS,
            second),
        geminiRow("INVALID_ARGUMENT", 400, "INVALID_ARGUMENT", "bad", "", Fate.HANDED_ON, none),
        geminiRow(
            "API_KEY_INVALID",
            400,
            "INVALID_ARGUMENT",
            "API key not valid.",
            reason("API_KEY_INVALID"),
            Fate.REJECTED,
            none),
        geminiRow(
            "location",
            400,
            "FAILED_PRECONDITION",
            "User location is not supported for the API use.",
            "",
            Fate.REJECTED,
            none),
        geminiRow(
            "UNAUTHENTICATED",
            401,
            "UNAUTHENTICATED",
            "unauthenticated",
            reason("ACCESS_TOKEN_TYPE_UNSUPPORTED"),
            Fate.REJECTED,
            none),
        geminiRow(
            "prepayment",
            402,
            "FAILED_PRECONDITION",
            "Your prepayment credits are depleted.",
            "",
            Fate.KEY_COOLS,
            minutes),
        geminiRow(
            "SERVICE_DISABLED",
            403,
            "PERMISSION_DENIED",
            "disabled",
            reason("SERVICE_DISABLED"),
            Fate.REJECTED,
            none),
        geminiRow(
            "CONSUMER_SUSPENDED",
            403,
            "PERMISSION_DENIED",
            "suspended",
            reason("CONSUMER_SUSPENDED"),
            Fate.REJECTED,
            none),
        geminiRow(
            "leaked",
            403,
            "PERMISSION_DENIED",
            "Your API key was reported as leaked. Please use another API key.",
            "",
            Fate.REJECTED,
            none),
        geminiRow(
            "API_KEY_SERVICE_BLOCKED",
            403,
            "PERMISSION_DENIED",
            "blocked",
            reason("API_KEY_SERVICE_BLOCKED"),
            Fate.REJECTED,
            none),
        geminiRow(
            "scope",
            403,
            "PERMISSION_DENIED",
            "scope",
            reason("ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
            Fate.REJECTED,
            none),
        geminiRow(
            "model missing",
            404,
            "NOT_FOUND",
            "models/gemini-3.8-flash is not found for API version v1beta",
            "",
            Fate.MODEL_COOLS,
            hour),
        geminiRow(
            "PerDay, whatever the delay says",
            429,
            "RESOURCE_EXHAUSTED",
            "quota",
            quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier") + "," + retryInfo("2s"),
            Fate.MODEL_COOLS,
            Duration.ofSeconds(3)),
        geminiRow(
            "PerMinute",
            429,
            "RESOURCE_EXHAUSTED",
            "quota",
            quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier") + "," + retryInfo("39s"),
            Fate.MODEL_COOLS,
            Duration.ofSeconds(35)),
        geminiRow(
            "limit 0",
            429,
            "RESOURCE_EXHAUSTED",
            "Quota exceeded for metric: x, limit: 0, model: gemini-3.8-flash",
            quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"),
            Fate.MODEL_COOLS,
            hour),
        geminiRow(
            "prepay depleted",
            429,
            "RESOURCE_EXHAUSTED",
            "Your prepayment credits are depleted. Please go to AI Studio.",
            "",
            Fate.KEY_COOLS,
            minutes),
        geminiRow(
            "spending cap",
            429,
            "RESOURCE_EXHAUSTED",
            "Your project has exceeded its monthly spending cap.",
            "",
            Fate.KEY_COOLS,
            none),
        geminiRow(
            "no details",
            429,
            "RESOURCE_EXHAUSTED",
            "Resource has been exhausted",
            "",
            Fate.MODEL_COOLS,
            Duration.ofSeconds(20)),
        geminiRow("INTERNAL", 500, "INTERNAL", "internal", "", Fate.KEY_COOLS, second),
        geminiRow(
            "UNAVAILABLE",
            503,
            "UNAVAILABLE",
            "The model is overloaded.",
            "",
            Fate.KEY_COOLS,
            second),
        geminiRow(
            "DEADLINE_EXCEEDED", 504, "DEADLINE_EXCEEDED", "deadline", "", Fate.KEY_COOLS, second),
        geminiRow("CANCELLED", 499, "CANCELLED", "cancelled", "", Fate.KEY_COOLS, second));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void row(Row row) throws Exception {
    try (ScriptedProvider provider = ScriptedProvider.start(vertx);
        TestGateway gateway =
            TestGateway.builder(vertx)
                .key(row.provider(), "first", provider.port(), 9, Long.MAX_VALUE, null)
                .key(row.provider(), "second", provider.port(), 5, Long.MAX_VALUE, null)
                .start()) {
      provider.on("first", status(row.status(), row.body(), row.headers()));
      provider.on("second", status(200, served(row.provider())));

      Instant before = Instant.now();
      HttpResponse<String> answer = gateway.send(request(gateway, row.provider()));

      KeyView first = gateway.pools.view("first").orElseThrow();
      if (row.fate() == Fate.HANDED_ON) {
        assertThat(answer.statusCode()).isEqualTo(row.status());
        assertThat(answer.body()).isEqualTo(row.body());
        assertThat(provider.keys()).containsExactly("first");
        assertThat(first.status()).isInstanceOf(Status.Open.class);
        return;
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(served(row.provider()));
      assertThat(answer.headers().firstValue("x-forebay-key")).contains("second");
      assertThat(answer.headers().firstValue("x-forebay-attempts")).contains("2");
      assertThat(provider.keys()).containsExactly("first", "second");
      switch (row.fate()) {
        case KEY_COOLS -> {
          assertThat(first.status()).isInstanceOf(Status.Cooling.class);
          assertThat(((Status.Cooling) first.status()).until())
              .isAfterOrEqualTo(before.plus(row.atLeast()));
        }
        case MODEL_COOLS -> {
          Optional<ScopedCooling> cooling = first.coolings().stream().findFirst();
          assertThat(cooling).isPresent();
          assertThat(cooling.get().until()).isAfterOrEqualTo(before.plus(row.atLeast()));
        }
        case REJECTED -> assertThat(first.status()).isInstanceOf(Status.Rejected.class);
        case HANDED_ON -> throw new AssertionError("handled above");
      }
    }
  }

  private static HttpRequest.Builder request(TestGateway gateway, Provider provider) {
    return switch (provider) {
      case ANTHROPIC ->
          gateway
              .post("/v1/messages", Answers.MESSAGES_REQUEST)
              .header("anthropic-version", "2023-06-01");
      case OPENAI -> gateway.post("/v1/chat/completions", Answers.CHAT_REQUEST);
      case GEMINI ->
          gateway.post("/v1beta/models/gemini-3.8-flash:generateContent", Answers.GENERATE_REQUEST);
    };
  }

  private static String served(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> Answers.MESSAGE;
      case OPENAI -> Answers.CHAT;
      case GEMINI -> Answers.GENERATED;
    };
  }
}
