package dev.forebay.dialect.verdict;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.verdict.Verdict.Kind;
import dev.forebay.dialect.verdict.Verdict.Reach;
import dev.forebay.dialect.verdict.Verdict.StripThinking;
import dev.forebay.dialect.verdict.Verdict.Wait;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Anthropic's decision table.
///
/// `error.details.error_code` decides first, then `error.type` (which is the status of an error
/// inside a stream), then the beginning of the message. An unknown code counts as the bare type.
final class AnthropicVerdicts {

  private static final Duration OVERLOAD_FLOOR = Duration.ofSeconds(5);
  private static final Duration OVERLOAD_CAP = Duration.ofSeconds(30);
  private static final Wait RAMP = Pauses.guess(Duration.ofSeconds(5), Duration.ofMinutes(10));
  private static final Wait NOT_A_QUOTA =
      Pauses.guess(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private AnthropicVerdicts() {}

  static Verdict of(Refusal refusal) {
    Verdict byCode = byCode(refusal);
    return byCode != null ? byCode : byType(refusal);
  }

  private static @Nullable Verdict byCode(Refusal refusal) {
    String code = refusal.facts().detailCode();
    if (code == null) {
      return null;
    }
    return switch (code) {
      case "enforced_spend_limit_reached", "contract_spend_limit_reached" -> spendLimit(refusal);
      case "ramp_limit_exceeded" ->
          refusal.throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, hintOr(refusal, RAMP));
      case "organization_on_hold" -> refusal.rejected();
      case "cmek_key_disabled", "cmek_key_network_blocked" ->
          refusal.throttled(Reach.GROUP, Kind.FORBIDDEN, Pauses.HOURS);
      case "cmek_context_unavailable", "cmek_key_unreachable" -> refusal.failed();
      // The bill of an end user's own organisation, or what his sandbox may reach: not the key's.
      case "linked_organization_billing_unavailable",
          "linked_organization_spend_limit_reached",
          "sandbox_egress_restricted" ->
          refusal.callerFault();
      // The SDK answers these by replaying the conversation, so they must reach it.
      case "thread_not_found", "thread_already_continued", "thread_continue_in_flight" ->
          refusal.callerFault();
      default -> null;
    };
  }

  private static Verdict byType(Refusal refusal) {
    int status = effectiveStatus(refusal);
    return switch (status) {
      case 400 -> invalidRequest(refusal);
      case 401 -> unauthenticated(refusal);
      case 402 -> refusal.throttled(Reach.GROUP, Kind.CREDIT, Pauses.HOURS);
      case 403 -> refusal.throttled(Reach.GROUP_MODEL, Kind.FORBIDDEN, Pauses.ONE_HOUR);
      case 404 ->
          refusal.modelMissing()
              ? refusal.throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, Pauses.ONE_HOUR)
              : refusal.byStatus(404);
      case 429 -> rateLimited(refusal);
      case 529 -> overloaded(refusal);
      default -> refusal.byStatus(status);
    };
  }

  /// The status that the type stands for, where it says more than the status of the answer.
  private static int effectiveStatus(Refusal refusal) {
    String type = refusal.facts().type();
    int fallback = refusal.inStream() ? 500 : refusal.status();
    if (type == null) {
      return fallback;
    }
    return switch (type) {
      case "invalid_request_error" -> refusal.inStream() ? 400 : fallback;
      case "authentication_error" -> 401;
      case "billing_error" -> 402;
      case "permission_error" -> 403;
      case "not_found_error" -> 404;
      case "conflict_error" -> 409;
      case "request_too_large" -> 413;
      case "rate_limit_error" -> 429;
      case "api_error" -> Math.max(fallback, 500);
      case "timeout_error" -> 504;
      case "overloaded_error" -> 529;
      default -> fallback;
    };
  }

  private static Verdict invalidRequest(Refusal refusal) {
    ErrorFacts facts = refusal.facts();
    if (usageLimit(facts)) {
      return spendLimit(refusal);
    }
    if (facts.messageBegins("Your credit balance is too low")) {
      return refusal.throttled(Reach.GROUP, Kind.CREDIT, Pauses.HOURS);
    }
    if (facts.messageBegins("This organization has been disabled")) {
      return refusal.rejected();
    }
    if (foreignSignature(facts.message())) {
      return new StripThinking();
    }
    return refusal.callerFault();
  }

  private static boolean usageLimit(ErrorFacts facts) {
    return facts.messageBegins("You have reached your specified API usage limits")
        || facts.messageBegins("You have reached your specified workspace API usage limits")
        || facts.messageBegins("You have reached your API usage limits");
  }

  private static Verdict spendLimit(Refusal refusal) {
    Wait named = Pauses.untilAccessReturns(refusal.facts().message(), refusal.now());
    return refusal.throttled(
        Reach.GROUP,
        Kind.SPEND_LIMIT,
        named != null ? named : Pauses.untilNextMonth(refusal.now()));
  }

  /// "messages.1.content.0: Invalid `signature` in `thinking` block. …": the place comes first.
  private static boolean foreignSignature(String message) {
    String begin = "Invalid `signature` in `thinking` block";
    int colon = message.startsWith("messages.") ? message.indexOf(": ") : -1;
    return message.startsWith(begin, colon < 0 ? 0 : colon + 2);
  }

  private static Verdict unauthenticated(Refusal refusal) {
    // A browser's Origin is never sent on, so this speaks of something in between, not of the key.
    return refusal.facts().messageBegins("CORS requests are not allowed for this Organization")
        ? refusal.failed()
        : refusal.rejected();
  }

  private static Verdict rateLimited(Refusal refusal) {
    if (usageLimit(refusal.facts())) {
      return spendLimit(refusal);
    }
    long hint = Hints.retryAfter(refusal.headers(), refusal.now());
    if (hint >= 0) {
      return refusal.throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, Pauses.hinted(hint));
    }
    boolean limited = statesLimits(refusal);
    long reset =
        limited
            ? RateLimits.untilSomeIsBack(Provider.ANTHROPIC, refusal.headers(), refusal.now())
            : unifiedReset(refusal);
    if (reset > 0) {
      return refusal.throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, Pauses.hinted(reset));
    }
    // Without any limit and with an invitation to repeat it was seen not to be a quota at all.
    boolean quota = limited || refusal.headers().get("anthropic-ratelimit-unified-status") != null;
    return !quota && "true".equals(refusal.headers().get("x-should-retry"))
        ? refusal.throttled(Reach.KEY, Kind.RATE_LIMIT, NOT_A_QUOTA)
        : refusal.throttled(Reach.GROUP_MODEL, Kind.RATE_LIMIT, Pauses.UNHINTED);
  }

  private static boolean statesLimits(Refusal refusal) {
    boolean[] any = new boolean[1];
    RateLimits.read(
        Provider.ANTHROPIC,
        refusal.headers(),
        refusal.now(),
        any,
        (to, _, _, _, _) -> to[0] = true);
    return any[0];
  }

  private static long unifiedReset(Refusal refusal) {
    return "rejected".equals(refusal.headers().get("anthropic-ratelimit-unified-status"))
        ? Moments.untilUnixSeconds(
            refusal.headers().get("anthropic-ratelimit-unified-reset"), refusal.now())
        : Spans.UNKNOWN;
  }

  private static Verdict overloaded(Refusal refusal) {
    long hint = Hints.retryAfter(refusal.headers(), refusal.now());
    return refusal.throttled(
        Reach.PROVIDER_MODEL, Kind.OVERLOADED, Pauses.atLeast(OVERLOAD_FLOOR, OVERLOAD_CAP, hint));
  }

  private static Wait hintOr(Refusal refusal, Wait guess) {
    long hint = Hints.retryAfter(refusal.headers(), refusal.now());
    return hint >= 0 ? Pauses.hinted(hint) : guess;
  }
}
