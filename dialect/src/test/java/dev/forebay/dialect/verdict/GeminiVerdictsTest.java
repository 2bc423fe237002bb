package dev.forebay.dialect.verdict;

import static dev.forebay.dialect.verdict.Bodies.errorInfo;
import static dev.forebay.dialect.verdict.Bodies.gemini;
import static dev.forebay.dialect.verdict.Bodies.help;
import static dev.forebay.dialect.verdict.Bodies.quotaFailure;
import static dev.forebay.dialect.verdict.Bodies.retryInfo;
import static dev.forebay.dialect.verdict.Row.CALLER_FAULT;
import static dev.forebay.dialect.verdict.Row.FAILED;
import static dev.forebay.dialect.verdict.Row.REJECTED;
import static dev.forebay.dialect.verdict.Row.STRIP_THINKING;
import static dev.forebay.dialect.verdict.Row.exactly;
import static dev.forebay.dialect.verdict.Row.guess;
import static dev.forebay.dialect.verdict.Row.hint;
import static dev.forebay.dialect.verdict.Row.throttled;
import static dev.forebay.dialect.verdict.Row.until;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.verdict.Verdict.Kind;
import dev.forebay.dialect.verdict.Verdict.Reach;
import dev.forebay.dialect.verdict.Verdict.Wait;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The Gemini API's rows of the decision table, on its own paths and the OpenAI-compatible ones.
class GeminiVerdictsTest {

  private static final String PER_DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";
  private static final String PER_MINUTE = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier";
  private static final String TOKENS_PER_MINUTE =
      "GenerateContentInputTokensPerModelPerMinute-FreeTier";
  private static final String EXCEEDED =
      "You exceeded your current quota, please check your plan and billing details.";
  private static final Wait HOURS = guess(ofHours(1), ofHours(6));
  private static final Wait ONE_DAY = guess(ofHours(24), ofHours(24));
  // Midnight in Los Angeles, in winter.
  private static final Wait TODAY = until("2026-11-24T08:00:00Z");
  private static final Verdict OVERLOADED =
      throttled(Reach.PROVIDER_MODEL, Kind.OVERLOADED, guess(ofSeconds(1), ofSeconds(30)));

  private static Row row(String name, int status, String body, Verdict expected) {
    return new Row(name, Operation.GENERATE_CONTENT, status, Map.of(), body, expected);
  }

  static Stream<Row> badRequests() {
    return Stream.of(
        row(
            "400 INVALID_ARGUMENT is the caller's",
            400,
            gemini(400, "INVALID_ARGUMENT", "* contents: contents is not specified"),
            CALLER_FAULT),
        row(
            "400 API_KEY_INVALID rejects the key",
            400,
            gemini(
                400,
                "INVALID_ARGUMENT",
                "API key not valid. Please pass a valid API key.",
                errorInfo("API_KEY_INVALID")),
            REJECTED),
        row(
            "400 of an invalid key without details rejects it",
            400,
            gemini(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."),
            REJECTED),
        row(
            "400 of an expired key rejects it",
            400,
            gemini(400, "INVALID_ARGUMENT", "API key expired. Please renew the API key."),
            REJECTED),
        row(
            "400 FAILED_PRECONDITION of the location rejects the key",
            400,
            gemini(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
            REJECTED),
        row(
            "400 FAILED_PRECONDITION of the free tier rejects the key",
            400,
            gemini(
                400,
                "FAILED_PRECONDITION",
                "Gemini API free tier is not available in your country. Please enable billing on"
                    + " your project in Google AI Studio."),
            REJECTED),
        row(
            "400 FAILED_PRECONDITION of billing rejects the key",
            400,
            gemini(
                400,
                "FAILED_PRECONDITION",
                "Billing is not enabled.",
                errorInfo("BILLING_DISABLED")),
            REJECTED),
        row(
            "400 of a foreign signature is tried without it",
            400,
            gemini(400, "INVALID_ARGUMENT", "Corrupted thought signature."),
            STRIP_THINKING),
        row(
            "400 of a foreign signature in other words is tried without it",
            400,
            gemini(
                400,
                "INVALID_ARGUMENT",
                "Unable to submit request because Thought signature is not valid.."),
            STRIP_THINKING),
        row(
            "400 that only speaks of signatures is the caller's",
            400,
            gemini(
                400,
                "INVALID_ARGUMENT",
                "A thought signature may not stand beside inlineData in one part."),
            CALLER_FAULT),
        row(
            "400 of a signature that the caller lost is the caller's",
            400,
            gemini(
                400,
                "INVALID_ARGUMENT",
                "Function call is missing a thought_signature in functionCall parts."),
            CALLER_FAULT),
        row(
            "400 FAILED_PRECONDITION of a file is the caller's",
            400,
            gemini(
                400,
                "FAILED_PRECONDITION",
                "The File abc is not in an ACTIVE state and usage is not allowed."),
            CALLER_FAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SERVICE_DISABLED",
        "CONSUMER_SUSPENDED",
        "CONSUMER_INVALID",
        "API_KEY_SERVICE_BLOCKED",
        "API_KEY_HTTP_REFERRER_BLOCKED",
        "API_KEY_IP_ADDRESS_BLOCKED",
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
      })
  void aForbiddenKeyIsRejected(String reason) {
    String body = gemini(403, "PERMISSION_DENIED", "Denied.", help(), errorInfo(reason));

    assertThat(row(reason, 403, body, REJECTED).verdict()).isEqualTo(REJECTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACCESS_TOKEN_TYPE_UNSUPPORTED", "ACCESS_TOKEN_EXPIRED", "OTHER"})
  void anUnauthenticatedKeyIsRejected(String reason) {
    String body = gemini(401, "UNAUTHENTICATED", "No.", errorInfo(reason));

    assertThat(row(reason, 401, body, REJECTED).verdict()).isEqualTo(REJECTED);
  }

  static Stream<Row> credentialsAndModels() {
    Wait oneHour = guess(ofHours(1), ofHours(1));
    return Stream.of(
        row(
                "402 on the OpenAI-compatible path rests the project for hours",
                402,
                "["
                    + gemini(402, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted.")
                    + "]",
                throttled(Reach.GROUP, Kind.CREDIT, HOURS))
            .on(Operation.GEMINI_CHAT_COMPLETIONS),
        row(
            "403 of a leaked key rejects it",
            403,
            gemini(
                403,
                "PERMISSION_DENIED",
                "Your API key was reported as leaked. Please use another API key."),
            REJECTED),
        row(
            "403 of a project without the API rejects the key",
            403,
            gemini(
                403,
                "PERMISSION_DENIED",
                "Generative Language API has not been used in project 123 before or it is"
                    + " disabled."),
            REJECTED),
        row(
            "403 on a file of another project is for its owner",
            403,
            gemini(
                403,
                "PERMISSION_DENIED",
                "You do not have permission to access the File abc or it may not exist."),
            CALLER_FAULT),
        row(
            "403 on a cached content of another project is for its owner",
            403,
            gemini(403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)"),
            CALLER_FAULT),
        row(
            "any other 403 rests the model for an hour",
            403,
            gemini(403, "PERMISSION_DENIED", "The caller does not have permission"),
            throttled(Reach.GROUP_MODEL, Kind.FORBIDDEN, oneHour)),
        row(
            "404 of a model that is gone rests it for a day",
            404,
            gemini(
                404,
                "NOT_FOUND",
                "This model models/gemini-2.5-flash is no longer available to new users. Please"
                    + " update your code to use a newer model."),
            throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, ONE_DAY)),
        row(
            "404 of an unknown model rests it for a day",
            404,
            gemini(
                404,
                "NOT_FOUND",
                "models/gemini-9 is not found for API version v1beta, or is not supported for"
                    + " generateContent."),
            throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, ONE_DAY)),
        row(
            "404 of a file is the caller's",
            404,
            gemini(404, "NOT_FOUND", "File not found: files/abc"),
            CALLER_FAULT),
        row(
            "404 page of a wrong base URL is not the caller's",
            404,
            "<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>",
            FAILED));
  }

  static Stream<Row> limits() {
    return Stream.of(
        quota(
            "…PerDay… rests the model until midnight in Los Angeles, whatever the delay",
            TODAY,
            help(),
            quotaFailure(PER_DAY),
            retryInfo("39s")),
        quota(
            "…PerDay… wins among several",
            TODAY,
            quotaFailure(PER_MINUTE, TOKENS_PER_MINUTE, PER_DAY),
            retryInfo("3s")),
        quota(
            "…PerDay… wins over several failures",
            TODAY,
            quotaFailure(PER_MINUTE),
            retryInfo("3s"),
            quotaFailure("GenerateContentInputTokensPerModelPerDay-FreeTier")),
        minute("…PerMinute… rests the model as hinted", hint(ofSeconds(39)), retryInfo("39s")),
        minute(
            "a delay to the nanosecond",
            hint(ofNanos(34_074_824_224L)),
            retryInfo("34.074824224s")),
        minute("a delay in milliseconds", hint(ofMillis(900)), retryInfo("900ms")),
        minute("a delay beyond five minutes", exactly(ofMinutes(10)), retryInfo("600s")),
        minute("no delay: the next minute", guess(ofSeconds(30), ofMinutes(1))),
        row(
            "429 …PerMinute… with the delay in the message alone",
            429,
            gemini(
                429,
                "RESOURCE_EXHAUSTED",
                EXCEEDED + "\\n* Quota exceeded for metric: x, limit: 10\\nPlease retry in 39.84s.",
                quotaFailure(TOKENS_PER_MINUTE)),
            throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofMillis(39_840)))),
        row(
            "429 with the delay in milliseconds in the message",
            429,
            gemini(429, "RESOURCE_EXHAUSTED", EXCEEDED + " Please retry in 512.5ms."),
            throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofNanos(512_500_000)))),
        row(
            "429 with limit: 0 rests the model for a day",
            429,
            gemini(
                429,
                "RESOURCE_EXHAUSTED",
                EXCEEDED
                    + "\\n* Quota exceeded for metric:"
                    + " generativelanguage.googleapis.com/generate_content_free_tier_requests,"
                    + " limit: 0, model: gemini-3.1-pro\\nPlease retry in 52.1s.",
                quotaFailure(PER_DAY, PER_MINUTE),
                retryInfo("52s")),
            throttled(Reach.GROUP_MODEL, Kind.QUOTA, ONE_DAY)),
        row(
            "429 with a quota value of 0 rests the model for a day",
            429,
            gemini(
                429,
                "RESOURCE_EXHAUSTED",
                EXCEEDED,
                quotaFailure(PER_MINUTE).replace("\"20\"", "\"0\"")),
            throttled(Reach.GROUP_MODEL, Kind.QUOTA, ONE_DAY)),
        row(
            "429 of depleted prepayment rests the project for hours",
            429,
            gemini(
                429,
                "RESOURCE_EXHAUSTED",
                "Your prepayment credits are depleted. Please go to AI Studio at"
                    + " https://ai.studio/projects to manage your project and billing."),
            throttled(Reach.GROUP, Kind.CREDIT, HOURS)),
        row(
            "429 of the monthly spending cap is asked again daily",
            429,
            gemini(
                429,
                "RESOURCE_EXHAUSTED",
                "Your project has exceeded its monthly spending cap. Please go to AI Studio."),
            throttled(Reach.GROUP, Kind.SPEND_LIMIT, ONE_DAY)),
        row(
            "429 without details backs off from half a minute",
            429,
            gemini(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
            throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, guess(ofSeconds(30), ofMinutes(10)))),
        row(
            "429 without a body backs off from half a minute",
            429,
            "",
            throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, guess(ofSeconds(30), ofMinutes(10)))),
        row(
                "429 in the array of the OpenAI-compatible path",
                429,
                "[" + gemini(429, "RESOURCE_EXHAUSTED", EXCEEDED, quotaFailure(PER_DAY)) + "]",
                throttled(Reach.GROUP_MODEL, Kind.QUOTA, TODAY))
            .on(Operation.GEMINI_CHAT_COMPLETIONS));
  }

  private static Row quota(String name, Wait pause, String... details) {
    return row(
        "429 " + name,
        429,
        gemini(429, "RESOURCE_EXHAUSTED", EXCEEDED + " Please retry in 3s.", details),
        throttled(Reach.GROUP_MODEL, Kind.QUOTA, pause));
  }

  private static Row minute(String name, Wait pause, String... retryInfo) {
    String[] details = {quotaFailure(PER_MINUTE), String.join(",", retryInfo)};
    return row(
        "429 …PerMinute…: " + name,
        429,
        gemini(
            429,
            "RESOURCE_EXHAUSTED",
            EXCEEDED,
            retryInfo.length == 0 ? new String[] {details[0]} : details),
        throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, pause));
  }

  static Stream<Row> failures() {
    return Stream.of(
        row("499 CANCELLED", 499, gemini(499, "CANCELLED", "Cancelled."), FAILED),
        row("500 INTERNAL", 500, gemini(500, "INTERNAL", "An internal error."), FAILED),
        row("504 DEADLINE_EXCEEDED", 504, gemini(504, "DEADLINE_EXCEEDED", "Late."), FAILED),
        row("408", 408, "", FAILED),
        row("502", 502, "<html>502</html>", FAILED),
        row(
            "501 UNIMPLEMENTED is the caller's",
            501,
            gemini(501, "UNIMPLEMENTED", "Not for this model."),
            CALLER_FAULT),
        row(
            "503 UNAVAILABLE rests the model for all keys",
            503,
            gemini(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
            OVERLOADED),
        row(
            "503 keeps a longer hint",
            503,
            gemini(503, "UNAVAILABLE", "The model is overloaded.", retryInfo("20s")),
            throttled(
                Reach.PROVIDER_MODEL,
                Kind.OVERLOADED,
                new Wait(ofSeconds(20), ofSeconds(30), true))),
        row(
            "429 MODEL_CAPACITY_EXHAUSTED rests the model for all keys",
            429,
            gemini(429, "RESOURCE_EXHAUSTED", "No.", errorInfo("MODEL_CAPACITY_EXHAUSTED")),
            OVERLOADED));
  }

  @ParameterizedTest
  @MethodSource({"badRequests", "credentialsAndModels", "limits", "failures"})
  void decides(Row row) {
    assertThat(row.verdict()).isEqualTo(row.expected());
  }
}
