package dev.forebay.dialect.verdict;

import static dev.forebay.dialect.verdict.Bodies.anthropic;
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

/// Anthropic's rows of the decision table.
class AnthropicVerdictsTest {

  private static final String INVALID = "invalid_request_error";
  private static final Wait HOURS = guess(ofHours(1), ofHours(6));
  private static final Wait ONE_HOUR = guess(ofHours(1), ofHours(1));
  private static final Wait UNHINTED = guess(ofSeconds(1), ofMinutes(10));
  private static final Verdict OVERLOADED =
      throttled(Reach.PROVIDER_MODEL, Kind.OVERLOADED, guess(ofSeconds(5), ofSeconds(30)));

  private static Row row(String name, int status, String body, Verdict expected) {
    return new Row(name, Operation.MESSAGES, status, Map.of(), body, expected);
  }

  static Stream<Row> badRequests() {
    return Stream.of(
        row(
            "400 invalid_request_error is the caller's",
            400,
            anthropic(INVALID, "max_tokens: Field required"),
            CALLER_FAULT),
        row(
            "400 of the organisation's usage limit waits for the named day",
            400,
            anthropic(
                INVALID,
                "You have reached your specified API usage limits. You will regain access on"
                    + " 2026-12-01 at 00:00 UTC."),
            throttled(Reach.GROUP, Kind.SPEND_LIMIT, until("2026-12-01T00:00:00Z"))),
        row(
            "400 of the workspace's usage limit waits for the named day",
            400,
            anthropic(
                INVALID,
                "You have reached your specified workspace API usage limits. You will regain"
                    + " access on 2026-11-30 at 08:30 UTC."),
            throttled(Reach.GROUP, Kind.SPEND_LIMIT, until("2026-11-30T08:30:00Z"))),
        row(
            "400 of a usage limit without a day waits for next month",
            400,
            anthropic(INVALID, "You have reached your specified API usage limits."),
            throttled(Reach.GROUP, Kind.SPEND_LIMIT, until("2026-12-01T00:00:00Z"))),
        row(
            "400 of a usage limit with a day that has passed waits for next month",
            400,
            anthropic(
                INVALID,
                "You have reached your specified API usage limits. You will regain access on"
                    + " 2026-11-01 at 00:00 UTC."),
            throttled(Reach.GROUP, Kind.SPEND_LIMIT, until("2026-12-01T00:00:00Z"))),
        row(
            "400 that only quotes the usage limit is the caller's",
            400,
            anthropic(INVALID, "text: You have reached your specified API usage limits"),
            CALLER_FAULT),
        row(
            "400 of a low credit balance rests the account for hours",
            400,
            anthropic(
                INVALID,
                "Your credit balance is too low to access the Anthropic API. Please go to Plans &"
                    + " Billing to upgrade or purchase credits."),
            throttled(Reach.GROUP, Kind.CREDIT, HOURS)),
        row(
            "400 organization_on_hold rejects the key",
            400,
            anthropic(INVALID, "Your organization is on hold.", "organization_on_hold"),
            REJECTED),
        row(
            "400 of a disabled organisation rejects the key",
            400,
            anthropic(INVALID, "This organization has been disabled."),
            REJECTED),
        row(
            "400 cmek_key_disabled rests the workspace for hours",
            400,
            anthropic(INVALID, "The encryption key is disabled.", "cmek_key_disabled"),
            throttled(Reach.GROUP, Kind.FORBIDDEN, HOURS)),
        row(
            "400 cmek_key_network_blocked rests the workspace for hours",
            400,
            anthropic(INVALID, "The encryption key is blocked.", "cmek_key_network_blocked"),
            throttled(Reach.GROUP, Kind.FORBIDDEN, HOURS)),
        row(
            "400 of thinking bound to another conversation is tried without it",
            400,
            anthropic(
                INVALID,
                "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound"
                    + " to a different conversation. Remove the block."),
            STRIP_THINKING),
        row(
            "400 of a foreign signature without a place is tried without it",
            400,
            anthropic(
                INVALID,
                "Invalid `signature` in `thinking` block: bound to a different conversation"),
            STRIP_THINKING),
        row(
            "400 that quotes a signature error elsewhere is the caller's",
            400,
            anthropic(INVALID, "tools.0: name: Invalid `signature` in `thinking` block"),
            CALLER_FAULT),
        row(
            "400 with an unknown code counts as the bare type",
            400,
            anthropic(INVALID, "Unsupported charset.", "unsupported_charset_of_2027"),
            CALLER_FAULT));
  }

  static Stream<Row> credentialsAndModels() {
    return Stream.of(
        row(
            "401 authentication_error rejects the key",
            401,
            anthropic("authentication_error", "invalid x-api-key"),
            REJECTED),
        row(
            "401 about CORS is not the key's fault",
            401,
            anthropic(
                "authentication_error",
                "CORS requests are not allowed for this Organization because of custom retention"
                    + " settings"),
            FAILED),
        row(
            "402 billing_error rests the account for hours",
            402,
            anthropic("billing_error", "There is a problem with your billing details."),
            throttled(Reach.GROUP, Kind.CREDIT, HOURS)),
        row(
            "402 linked_organization_billing_unavailable is the caller's",
            402,
            anthropic("billing_error", "Billing.", "linked_organization_billing_unavailable"),
            CALLER_FAULT),
        row(
            "402 linked_organization_spend_limit_reached is the caller's",
            402,
            anthropic("billing_error", "Limit.", "linked_organization_spend_limit_reached"),
            CALLER_FAULT),
        row(
            "403 permission_error rests the model for an hour",
            403,
            anthropic("permission_error", "Your API key does not have permission."),
            throttled(Reach.GROUP_MODEL, Kind.FORBIDDEN, ONE_HOUR)),
        row(
            "403 of the front door rests the model for an hour",
            403,
            "{\"error\":{\"type\":\"forbidden\",\"message\":\"Request not allowed\"}}",
            throttled(Reach.GROUP_MODEL, Kind.FORBIDDEN, ONE_HOUR)),
        row(
            "403 sandbox_egress_restricted is the caller's",
            403,
            anthropic("permission_error", "Egress.", "sandbox_egress_restricted"),
            CALLER_FAULT),
        row(
            "404 of a missing model rests the model for an hour",
            404,
            anthropic("not_found_error", "model: claude-opus-9"),
            throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, ONE_HOUR)),
        row(
            "404 of a resource is the caller's",
            404,
            anthropic("not_found_error", "File not found: file_011CNha8iCJcU1wXNR6q4V8w"),
            CALLER_FAULT),
        row(
            "404 file_expired is the caller's",
            404,
            anthropic("not_found_error", "The file has expired.", "file_expired"),
            CALLER_FAULT),
        row(
                "404 to the question for one model is about that model",
                404,
                anthropic("not_found_error", "claude-opus-9 is unknown"),
                throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, ONE_HOUR))
            .on(Operation.ANTHROPIC_MODEL),
        row(
            "404 thread_not_found reaches the SDK, which replays",
            404,
            anthropic("not_found_error", "Thread not found.", "thread_not_found"),
            CALLER_FAULT),
        row(
            "409 thread_continue_in_flight reaches the SDK, which replays",
            409,
            anthropic("conflict_error", "In flight.", "thread_continue_in_flight"),
            CALLER_FAULT),
        row(
            "409 thread_already_continued reaches the SDK, which replays",
            409,
            anthropic("conflict_error", "Continued.", "thread_already_continued"),
            CALLER_FAULT),
        row(
            "413 request_too_large is the caller's",
            413,
            anthropic("request_too_large", "Request exceeds the maximum size"),
            CALLER_FAULT),
        row(
            "413 request_body_too_large_after_decoding is the caller's",
            413,
            anthropic(INVALID, "Too large.", "request_body_too_large_after_decoding"),
            CALLER_FAULT));
  }

  static Stream<Row> limits() {
    String limited = anthropic("rate_limit_error", "This request would exceed your rate limit.");
    return Stream.of(
        row(
                "429 with retry-after rests the model until then",
                429,
                limited,
                throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofSeconds(17))))
            .with("retry-after", "17"),
        row(
                "429 prefers retry-after-ms",
                429,
                limited,
                throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofMillis(1200))))
            .with("retry-after", "2", "retry-after-ms", "1200"),
        row(
                "429 with retry-after ignores the reset headers",
                429,
                limited,
                throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofSeconds(3))))
            .with(
                "retry-after", "3",
                "anthropic-ratelimit-requests-remaining", "0",
                "anthropic-ratelimit-requests-reset", "2026-11-23T10:20:30Z"),
        row(
                "429 with an HTTP date rests the model until then",
                429,
                limited,
                throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofMinutes(5))))
            .with("retry-after", "Mon, 23 Nov 2026 10:20:30 GMT"),
        row(
                "429 without retry-after waits for what is used up",
                429,
                limited,
                throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofSeconds(30))))
            .with(
                "anthropic-ratelimit-requests-remaining", "12",
                "anthropic-ratelimit-requests-reset", "2026-11-23T11:15:30Z",
                "anthropic-ratelimit-input-tokens-remaining", "0",
                "anthropic-ratelimit-input-tokens-reset", "2026-11-23T10:16:00Z"),
        row(
            "429 without any hint backs off",
            429,
            limited,
            throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, UNHINTED)),
        row(
                "429 without any limit but with an invitation to repeat is short and the key's own",
                429,
                limited,
                throttled(Reach.KEY, Kind.RATE_LIMIT, guess(ofSeconds(1), ofSeconds(10))))
            .with("x-should-retry", "true"),
        row(
                "429 of a rejected account waits for its unified reset",
                429,
                limited,
                throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofHours(2))))
            .with(
                "x-should-retry", "true",
                "anthropic-ratelimit-unified-status", "rejected",
                "anthropic-ratelimit-unified-reset", "1795436130"),
        row(
            "429 enforced_spend_limit_reached rests the organisation until next month",
            429,
            anthropic("rate_limit_error", "Spend limit.", "enforced_spend_limit_reached"),
            throttled(Reach.GROUP, Kind.SPEND_LIMIT, until("2026-12-01T00:00:00Z"))),
        row(
            "429 enforced_spend_limit_reached waits for the named day",
            429,
            anthropic(
                "rate_limit_error",
                "You have reached your API usage limits: your organization has crossed its monthly"
                    + " API usage threshold. You will regain access on 2026-11-25 at 00:00 UTC.",
                "enforced_spend_limit_reached"),
            throttled(Reach.GROUP, Kind.SPEND_LIMIT, until("2026-11-25T00:00:00Z"))),
        row(
            "429 contract_spend_limit_reached rests the organisation until next month",
            429,
            anthropic("rate_limit_error", "Spend limit.", "contract_spend_limit_reached"),
            throttled(Reach.GROUP, Kind.SPEND_LIMIT, until("2026-12-01T00:00:00Z"))),
        row(
                "429 ramp_limit_exceeded rests the model as hinted",
                429,
                anthropic("rate_limit_error", "Ramp.", "ramp_limit_exceeded"),
                throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hint(ofSeconds(20))))
            .with("retry-after", "20"),
        row(
                "429 with an absurd retry-after rests no longer than a month",
                429,
                limited,
                throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, exactly(ofHours(24 * 32))))
            .with("retry-after", "99999999999999999999"));
  }

  static Stream<Row> failures() {
    return Stream.of(
        row("500 api_error", 500, anthropic("api_error", "Internal server error"), FAILED),
        row("504 timeout_error", 504, anthropic("timeout_error", "Timed out"), FAILED),
        row(
            "503 cmek_context_unavailable",
            503,
            anthropic("api_error", "Unavailable.", "cmek_context_unavailable"),
            FAILED),
        row(
            "503 cmek_key_unreachable",
            503,
            anthropic("api_error", "Unreachable.", "cmek_key_unreachable"),
            FAILED),
        row(
            "529 overloaded_error rests the model for all keys",
            529,
            anthropic("overloaded_error", "Overloaded"),
            OVERLOADED),
        row(
                "529 keeps a longer hint",
                529,
                anthropic("overloaded_error", "Overloaded"),
                throttled(Reach.PROVIDER_MODEL, Kind.OVERLOADED, exactly(ofSeconds(45))))
            .with("retry-after", "45"),
        row(
                "529 is not shortened by a hint",
                529,
                anthropic("overloaded_error", "Overloaded"),
                OVERLOADED)
            .with("retry-after", "1"),
        row("408", 408, anthropic("timeout_error", "Slow body"), FAILED),
        row("409 of a lock", 409, anthropic("conflict_error", "Locked"), FAILED),
        row("502 of a proxy", 502, "<html><h1>502 Bad Gateway</h1></html>", FAILED),
        row("520 of the front door", 520, "error code: 520", FAILED),
        row(
                "a failure keeps the provider's own hint",
                500,
                anthropic("api_error", "Internal server error"),
                throttled(Reach.KEY, Kind.FAILING, hint(ofSeconds(7))))
            .with("retry-after", "7"));
  }

  @ParameterizedTest
  @MethodSource({"badRequests", "credentialsAndModels", "limits", "failures"})
  void decides(Row row) {
    assertThat(row.verdict()).isEqualTo(row.expected());
  }
}
