package dev.forebay.dialect.verdict;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.verdict.Verdict.Kind;
import dev.forebay.dialect.verdict.Verdict.OverLimit;
import dev.forebay.dialect.verdict.Verdict.Reach;
import dev.forebay.dialect.verdict.Verdict.StripThinking;
import dev.forebay.dialect.verdict.Verdict.Wait;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OpenAI's decision table.
///
/// `error.code` decides first, then the status (inside a stream: what the type stands for), then
/// the beginning of the message.
final class OpenAiVerdicts {

  private static final Duration OVERLOAD_FLOOR = Duration.ofSeconds(1);
  private static final Duration OVERLOAD_CAP = Duration.ofSeconds(10);
  private static final String TRY_AGAIN = "Please try again in ";

  private OpenAiVerdicts() {}

  static Verdict of(Refusal refusal) {
    Verdict byCode = byCode(refusal);
    return byCode != null ? byCode : byStatus(refusal);
  }

  private static @Nullable Verdict byCode(Refusal refusal) {
    String code = refusal.facts().code();
    if (code == null) {
      return null;
    }
    return switch (code) {
      case "rate_limit_exceeded" -> rateLimited(refusal);
      case "insufficient_quota", "quota_exceeded", "organization_usage_limit_exceeded" ->
          quota(refusal, Kind.QUOTA);
      case "billing_hard_limit_reached",
          "organization_spend_limit_exceeded",
          "project_spend_limit_exceeded" ->
          quota(refusal, Kind.SPEND_LIMIT);
      case "credit_balance_exhausted", "billing_not_active" -> quota(refusal, Kind.CREDIT);
      case "slow_down" -> refusal.slowDown();
      case "server_is_overloaded", "engine_overloaded" -> overloaded(refusal);
      case "invalid_api_key",
          "account_deactivated",
          "ip_not_authorized",
          "unsupported_country_region_territory" ->
          refusal.rejected();
      case "model_not_found" -> modelMissing(refusal);
      case "invalid_encrypted_content" -> new StripThinking();
      default -> null;
    };
  }

  private static Verdict byStatus(Refusal refusal) {
    ErrorFacts facts = refusal.facts();
    int status = refusal.inStream() ? streamStatus(facts) : refusal.status();
    return switch (status) {
      // A key may be scoped to some operations; it is good for the others.
      case 401 ->
          facts.messageBegins("You have insufficient permissions for this operation")
              ? refusal.throttled(Reach.GROUP_MODEL, Kind.FORBIDDEN, Pauses.ONE_HOUR)
              : refusal.rejected();
      case 402 -> quota(refusal, Kind.CREDIT);
      case 403 ->
          facts.messageBegins("Country, region, or territory not supported")
              ? refusal.rejected()
              : refusal.throttled(Reach.GROUP_MODEL, Kind.FORBIDDEN, Pauses.ONE_HOUR);
      case 404 -> refusal.modelMissing() ? modelMissing(refusal) : refusal.byStatus(404);
      case 429 -> {
        if (saysSlowDown(facts)) {
          yield refusal.slowDown();
        }
        yield "insufficient_quota".equals(facts.type())
                || facts.messageBegins("You exceeded your current quota")
            ? quota(refusal, Kind.QUOTA)
            : rateLimited(refusal);
      }
      case 503 -> saysSlowDown(facts) ? refusal.slowDown() : overloaded(refusal);
      default -> refusal.byStatus(status);
    };
  }

  /// Inside a stream the type, or what kind of code it is, stands for the status.
  private static int streamStatus(ErrorFacts facts) {
    String type = facts.type();
    int named =
        type == null
            ? 0
            : switch (type) {
              case "invalid_request_error", "image_generation_user_error" -> 400;
              case "authentication_error" -> 401;
              case "permission_error" -> 403;
              case "not_found_error" -> 404;
              case "insufficient_quota", "requests", "tokens", "rate_limit_error" -> 429;
              case "service_unavailable_error" -> 503;
              default -> 0;
            };
    if (named != 0) {
      return named;
    }
    return facts.code() != null && blamesRequest(facts.code()) ? 400 : 500;
  }

  /// The codes of a failed response that are about what the caller sent.
  private static boolean blamesRequest(String code) {
    return code.startsWith("invalid_")
        || code.startsWith("unsupported_")
        || code.startsWith("image_")
        || code.startsWith("empty_image")
        || code.startsWith("failed_to_download_")
        || code.endsWith("_policy_violation")
        || code.equals("context_length_exceeded")
        || code.equals("previous_response_not_found")
        || code.equals("content_filter");
  }

  private static boolean saysSlowDown(ErrorFacts facts) {
    return facts.messageBeginsLike("Slow Down");
  }

  private static Verdict modelMissing(Refusal refusal) {
    return refusal.throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, Pauses.ONE_HOUR);
  }

  private static Verdict quota(Refusal refusal, Kind kind) {
    return refusal.throttled(Reach.GROUP, kind, Pauses.HOURS_TO_DAYS);
  }

  private static Verdict overloaded(Refusal refusal) {
    long hint = Hints.longestRetryAfter(refusal.headers(), refusal.now());
    return refusal.throttled(
        Reach.KEY, Kind.OVERLOADED, Pauses.atLeast(OVERLOAD_FLOOR, OVERLOAD_CAP, hint));
  }

  /// The longest of what the headers ask for, or the prose of the message, and what they count
  /// down.
  private static Verdict rateLimited(Refusal refusal) {
    ErrorFacts facts = refusal.facts();
    if (facts.messageBegins("Request too large for ")) {
      return new OverLimit(refusal.reason());
    }
    long asked = Hints.longestRetryAfter(refusal.headers(), refusal.now());
    if (asked < 0) {
      int at = facts.message().indexOf(TRY_AGAIN);
      asked = at < 0 ? Spans.UNKNOWN : Spans.leading(facts.message(), at + TRY_AGAIN.length());
    }
    long counted = RateLimits.untilSomeIsBack(Provider.OPENAI, refusal.headers(), refusal.now());
    long hint = Math.max(asked, counted);
    if (hint < 0) {
      hint = untilTypeIsBack(refusal);
    }
    Wait pause = hint < 0 ? Pauses.UNHINTED : Pauses.hinted(hint);
    Exhausted exhausted = Exhausted.ofOpenAi(facts.message());
    return refusal.throttled(
        Reach.GROUP_MODEL,
        Kind.RATE_LIMIT,
        pause,
        exhausted == null ? List.of() : List.of(exhausted));
  }

  /// The refused request did not fit into what remained: the dimension is named by the type.
  private static long untilTypeIsBack(Refusal refusal) {
    String type = refusal.facts().type();
    if (type == null) {
      return Spans.UNKNOWN;
    }
    return switch (type) {
      case "requests" ->
          RateLimits.untilSomeIsBack(
              Provider.OPENAI, refusal.headers(), refusal.now(), Counted.REQUESTS);
      case "tokens" ->
          RateLimits.untilSomeIsBack(
              Provider.OPENAI, refusal.headers(), refusal.now(), Counted.TOKENS);
      default -> Spans.UNKNOWN;
    };
  }
}
