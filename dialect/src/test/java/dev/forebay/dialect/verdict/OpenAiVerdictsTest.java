package dev.forebay.dialect.verdict;

import static dev.forebay.dialect.verdict.Bodies.openAi;
import static dev.forebay.dialect.verdict.Row.CALLER_FAULT;
import static dev.forebay.dialect.verdict.Row.FAILED;
import static dev.forebay.dialect.verdict.Row.REJECTED;
import static dev.forebay.dialect.verdict.Row.SLOW_DOWN;
import static dev.forebay.dialect.verdict.Row.STRIP_THINKING;
import static dev.forebay.dialect.verdict.Row.exactly;
import static dev.forebay.dialect.verdict.Row.guess;
import static dev.forebay.dialect.verdict.Row.hint;
import static dev.forebay.dialect.verdict.Row.throttled;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.verdict.Verdict.Kind;
import dev.forebay.dialect.verdict.Verdict.Reach;
import dev.forebay.dialect.verdict.Verdict.Wait;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// OpenAI's rows of the decision table.
class OpenAiVerdictsTest {

  private static final String INVALID = "invalid_request_error";
  private static final Wait ONE_HOUR = guess(ofHours(1), ofHours(1));
  private static final Wait HOURS_TO_DAYS = guess(ofHours(1), ofHours(24));
  private static final Verdict OVERLOADED =
      throttled(Reach.KEY, Kind.OVERLOADED, guess(ofSeconds(1), ofSeconds(10)));

  private static Row row(String name, int status, String body, Verdict expected) {
    return new Row(name, Operation.CHAT_COMPLETIONS, status, Map.of(), body, expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unsupported_parameter",
        "context_length_exceeded",
        "invalid_prompt",
        "content_policy_violation",
        "previous_response_not_found",
        "a_code_of_2027"
      })
  void aBadRequestIsTheCallers(String code) {
    Row row = row(code, 400, openAi(INVALID, code, "No."), CALLER_FAULT);

    assertThat(row.verdict()).isEqualTo(CALLER_FAULT);
  }

  static Stream<Row> credentialsAndModels() {
    return Stream.of(
        row(
            "400 of sealed reasoning that cannot be read is tried without it",
            400,
            openAi(
                INVALID,
                "invalid_encrypted_content",
                "The encrypted content gAAA...DQ== could not be verified."),
            STRIP_THINKING),
        row(
            "401 invalid_api_key rejects the key",
            401,
            openAi(INVALID, "invalid_api_key", "Incorrect API key provided: sk-abc***xyz."),
            REJECTED),
        row(
            "401 of a revoked key rejects it",
            401,
            openAi("authentication_error", "Your authentication token has been revoked."),
            REJECTED),
        row(
            "401 of a stranger to the organisation rejects the key",
            401,
            openAi(INVALID, "You must be a member of an organization to use the API."),
            REJECTED),
        row(
            "401 of an IP that is not authorised rejects the key",
            401,
            openAi(INVALID, "ip_not_authorized", "IP not authorized."),
            REJECTED),
        row(
            "401 of a key scoped to other operations rests the model for an hour",
            401,
            openAi(
                INVALID,
                "You have insufficient permissions for this operation. Missing scopes:"
                    + " api.model.read."),
            throttled(Reach.GROUP_MODEL, Kind.FORBIDDEN, ONE_HOUR)),
        row(
            "403 of an unsupported country rejects the key",
            403,
            openAi(
                "request_forbidden",
                "unsupported_country_region_territory",
                "Country, region, or territory not supported"),
            REJECTED),
        row(
            "403 of an unsupported country without a code rejects the key",
            403,
            openAi("request_forbidden", "Country, region, or territory not supported"),
            REJECTED),
        row(
            "any other 403 rests the model for an hour",
            403,
            openAi(INVALID, "Project `proj_x` does not have access to model `gpt-6-astra`"),
            throttled(Reach.GROUP_MODEL, Kind.FORBIDDEN, ONE_HOUR)),
        row(
            "404 model_not_found rests the model for an hour",
            404,
            openAi(
                INVALID,
                "model_not_found",
                "The model `gpt-9` does not exist or you do not have access to it."),
            throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, ONE_HOUR)),
        row(
            "404 about a model without a code rests the model for an hour",
            404,
            openAi(INVALID, "The model `gpt-9` does not exist"),
            throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, ONE_HOUR)),
        row(
            "400 model_not_found rests the model for an hour",
            400,
            openAi(INVALID, "model_not_found", "The requested model 'gpt-9' does not exist."),
            throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, ONE_HOUR)),
        row(
            "404 of a resource is the caller's",
            404,
            openAi(INVALID, "Response with id 'resp_123' not found."),
            CALLER_FAULT));
  }

  static Stream<Row> limits() {
    String requests = openAi("requests", "rate_limit_exceeded", "Rate limit reached.");
    String tokens = openAi("tokens", "rate_limit_exceeded", "Rate limit reached.");
    String trying =
        openAi("tokens", "rate_limit_exceeded", "Limited. Please try again in 5.2s. Visit us.");
    return Stream.of(
        limit("retry-after alone", requests, hint(ofSeconds(2))).with("retry-after", "2"),
        limit("a fraction of a second", requests, hint(ofMillis(1500))).with("retry-after", "1.5"),
        limit("retry-after-ms alone", requests, hint(ofMillis(420))).with("retry-after-ms", "420"),
        limit("the longest of all hints", requests, exactly(ofMinutes(6)))
            .with(
                "retry-after", "2",
                "retry-after-ms", "1800",
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "6m0s"),
        limit("the longer of the two retry-afters", requests, hint(ofSeconds(2)))
            .with("retry-after", "2", "retry-after-ms", "1800"),
        limit("only what is used up counts", tokens, hint(Duration.ofNanos(7_660_000_000L)))
            .with(
                "x-ratelimit-remaining-requests", "99",
                "x-ratelimit-reset-requests", "23h55m16.126s",
                "x-ratelimit-remaining-tokens", "0",
                "x-ratelimit-reset-tokens", "7.66s"),
        limit("a bucket of a day", requests, exactly(Duration.parse("PT23H55M16.126S")))
            .with(
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "23h55m16.126s"),
        limit("a limit that refills all the time is back soon", requests, hint(ofMillis(750)))
            .with(
                "x-ratelimit-limit-requests", "80",
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "60s"),
        limit("the prose of the message before the counters", trying, hint(ofMillis(5_200)))
            .with(
                "x-ratelimit-limit-tokens", "30000",
                "x-ratelimit-remaining-tokens", "0",
                "x-ratelimit-reset-tokens", "60s"),
        limit("the project's own token limit", tokens, hint(ofSeconds(40)))
            .with(
                "x-ratelimit-remaining-tokens", "150000",
                "x-ratelimit-reset-tokens", "1s",
                "x-ratelimit-remaining-project-tokens", "0",
                "x-ratelimit-reset-project-tokens", "40s"),
        limit("nothing used up: the dimension of the type", tokens, hint(ofSeconds(9)))
            .with(
                "x-ratelimit-remaining-requests", "99",
                "x-ratelimit-reset-requests", "1s",
                "x-ratelimit-remaining-tokens", "500",
                "x-ratelimit-reset-tokens", "9s"),
        limit(
            "no header: the message",
            openAi(
                "tokens",
                "rate_limit_exceeded",
                "Rate limit reached for gpt-6-sol in organization org-x on tokens per min (TPM):"
                    + " Limit 30000, Used 29000, Requested 2000. Please try again in 6m1.5s. Visit"
                    + " https://platform.openai.com."),
            exactly(ofMillis(361_500))),
        row(
            "429 rate_limit_exceeded: more than there ever is",
            429,
            openAi(
                "tokens",
                "rate_limit_exceeded",
                "Request too large for gpt-6-sol in organization org-x on tokens per min (TPM):"
                    + " Limit 30000, Requested 45000. The input or output tokens must be reduced"
                    + " in order to run successfully."),
            Row.OVER_LIMIT),
        limit("no hint at all", requests, guess(ofSeconds(1), ofMinutes(10))),
        limit("no body", "", guess(ofSeconds(1), ofMinutes(10))));
  }

  private static Row limit(String name, String body, Wait pause) {
    return row(
        "429 rate_limit_exceeded: " + name,
        429,
        body,
        throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, pause));
  }

  static Stream<Row> quotas() {
    String exceeded =
        "You exceeded your current quota, please check your plan and billing details.";
    return Stream.of(
        quota("insufficient_quota", Kind.QUOTA),
        quota("organization_usage_limit_exceeded", Kind.QUOTA),
        quota("billing_hard_limit_reached", Kind.SPEND_LIMIT),
        quota("organization_spend_limit_exceeded", Kind.SPEND_LIMIT),
        quota("project_spend_limit_exceeded", Kind.SPEND_LIMIT),
        quota("credit_balance_exhausted", Kind.CREDIT),
        row(
            "429 of type insufficient_quota with a code of 2027",
            429,
            openAi("insufficient_quota", "a_code_of_2027", exceeded),
            throttled(Reach.GROUP, Kind.QUOTA, HOURS_TO_DAYS)),
        row(
            "429 that says only \"You exceeded your current quota\"",
            429,
            openAi("", exceeded),
            throttled(Reach.GROUP, Kind.QUOTA, HOURS_TO_DAYS)),
        row(
                "429 insufficient_quota whatever retry-after says",
                429,
                openAi("insufficient_quota", "insufficient_quota", exceeded),
                throttled(Reach.GROUP, Kind.QUOTA, HOURS_TO_DAYS))
            .with("retry-after", "1"));
  }

  private static Row quota(String code, Kind kind) {
    return row(
        "429 " + code,
        429,
        openAi("insufficient_quota", code, "No."),
        throttled(Reach.GROUP, kind, HOURS_TO_DAYS));
  }

  static Stream<Row> failures() {
    return Stream.of(
        row("500 server_error", 500, openAi("server_error", "server_error", "Sorry."), FAILED),
        row("500 without a body", 500, "", FAILED),
        row("502", 502, "<html></html>", FAILED),
        row("504", 504, "", FAILED),
        row("408", 408, openAi(INVALID, "Timeout."), FAILED),
        row("409", 409, openAi(INVALID, "Locked."), FAILED),
        row(
            "503 overloaded",
            503,
            openAi("server_error", "The engine is currently overloaded, please try again later."),
            OVERLOADED),
        row(
            "503 server_is_overloaded",
            503,
            openAi("service_unavailable_error", "server_is_overloaded", "Overloaded."),
            OVERLOADED),
        row(
                "503 keeps a longer hint",
                503,
                openAi("server_error", "Overloaded."),
                throttled(Reach.KEY, Kind.OVERLOADED, exactly(ofSeconds(25))))
            .with("retry-after", "25"),
        row("503 \"Slow Down\"", 503, openAi("server_error", "Slow Down"), SLOW_DOWN),
        row(
            "503 \"Slow down\" in a sentence",
            503,
            openAi("server_error", "Slow down! Reduce your request rate."),
            SLOW_DOWN),
        row("503 slow_down", 503, openAi("server_error", "slow_down", "Ramp."), SLOW_DOWN),
        row("429 slow_down", 429, openAi("rate_limit_error", "slow_down", "Ramp."), SLOW_DOWN));
  }

  @ParameterizedTest
  @MethodSource({"credentialsAndModels", "limits", "quotas", "failures"})
  void decides(Row row) {
    assertThat(row.verdict()).isEqualTo(row.expected());
  }
}
