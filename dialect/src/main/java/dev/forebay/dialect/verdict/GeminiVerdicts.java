package dev.forebay.dialect.verdict;

import dev.forebay.dialect.verdict.ErrorFacts.Violation;
import dev.forebay.dialect.verdict.Verdict.Kind;
import dev.forebay.dialect.verdict.Verdict.Reach;
import dev.forebay.dialect.verdict.Verdict.StripThinking;
import dev.forebay.dialect.verdict.Verdict.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The Gemini API's decision table, for its own paths and the OpenAI-compatible ones.
///
/// `ErrorInfo.reason` and `QuotaFailure.quotaId` decide first, then the gRPC status, then the
/// beginning of the message. A limit is one of the project and the model, never of the key.
final class GeminiVerdicts {

  private static final Wait NO_DETAILS =
      Pauses.guess(Duration.ofSeconds(30), Duration.ofMinutes(10));
  private static final Duration OVERLOAD_FLOOR = Duration.ofSeconds(1);
  private static final Duration OVERLOAD_CAP = Duration.ofSeconds(30);
  private static final String RETRY_IN = "Please retry in ";
  private static final String LIMIT_ZERO = "limit: 0";

  /// How messages begin that say the project or its place in the world may not use the API.
  private static final List<String> PROJECT_PRECONDITIONS =
      List.of(
          "User location is not supported",
          "Gemini API free tier is not available",
          "Free tier is not available",
          "Please enable billing",
          "Billing ",
          "This API method requires billing");

  /// How messages begin that name the key or its project, where the details are missing.
  private static final List<String> KEY_REFUSALS =
      List.of(
          "Your API key was reported as leaked",
          "Your project has been denied access",
          "Permission denied: Consumer",
          "Method doesn't allow unregistered callers",
          "Requests to this API generativelanguage.googleapis.com",
          "Generative Language API has not been used in project");

  /// How messages begin that are about a resource of another project.
  private static final List<String> FOREIGN_RESOURCES =
      List.of(
          "You do not have permission to access the File",
          "You do not have permission to access the file",
          "CachedContent not found");

  /// What messages say that are about reasoning of another project, in small letters: Google words
  /// it in several ways.
  private static final List<String> FOREIGN_SIGNATURES =
      List.of(
          "corrupted thought signature",
          "invalid thought signature",
          "thought signature is invalid",
          "thought signature is not valid");

  private GeminiVerdicts() {}

  static Verdict of(Refusal refusal) {
    ErrorFacts facts = refusal.facts();
    for (String reason : facts.reasons()) {
      if (rejectsKey(reason)) {
        return refusal.rejected();
      }
      if (reason.equals("MODEL_CAPACITY_EXHAUSTED")) {
        return overloaded(refusal);
      }
    }
    int status = effectiveStatus(refusal);
    return switch (status) {
      case 400 -> invalid(refusal);
      case 401 -> refusal.rejected();
      case 402 -> refusal.throttled(Reach.GROUP, Kind.CREDIT, Pauses.HOURS);
      case 403 -> forbidden(refusal);
      case 404 ->
          refusal.modelMissing()
              ? refusal.throttled(Reach.GROUP_MODEL, Kind.MODEL_UNAVAILABLE, Pauses.ONE_DAY)
              : refusal.byStatus(404);
      case 429 -> exhausted(refusal);
      case 503 -> overloaded(refusal);
      case 501 -> refusal.callerFault();
      default -> refusal.byStatus(status);
    };
  }

  private static boolean rejectsKey(String reason) {
    return switch (reason) {
      case "SERVICE_DISABLED", "BILLING_DISABLED", "CREDENTIALS_MISSING", "USER_PROJECT_DENIED" ->
          true;
      default ->
          reason.startsWith("API_KEY_")
              || reason.startsWith("CONSUMER_")
              || reason.startsWith("ACCESS_TOKEN_");
    };
  }

  /// The status of the answer, else (inside a stream) that of the gRPC code or of `error.code`.
  private static int effectiveStatus(Refusal refusal) {
    if (!refusal.inStream()) {
      return refusal.status();
    }
    int named = grpcStatus(refusal.facts().status());
    if (named != 0) {
      return named;
    }
    long code = Spans.number(refusal.facts().code());
    return code >= 400 && code < 600 ? (int) code : 500;
  }

  private static int grpcStatus(@Nullable String status) {
    return status == null
        ? 0
        : switch (status) {
          case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE" -> 400;
          case "UNAUTHENTICATED" -> 401;
          case "PERMISSION_DENIED" -> 403;
          case "NOT_FOUND" -> 404;
          case "ABORTED", "ALREADY_EXISTS" -> 409;
          case "RESOURCE_EXHAUSTED" -> 429;
          case "CANCELLED" -> 499;
          case "UNKNOWN", "INTERNAL", "DATA_LOSS" -> 500;
          case "UNIMPLEMENTED" -> 501;
          case "UNAVAILABLE" -> 503;
          case "DEADLINE_EXCEEDED" -> 504;
          default -> 0;
        };
  }

  private static Verdict invalid(Refusal refusal) {
    ErrorFacts facts = refusal.facts();
    boolean keyInvalid =
        facts.messageBeginsLike("API key not valid")
            || facts.messageBeginsLike("API key expired")
            || facts.messageBeginsLike("API key not found");
    boolean projectInvalid =
        "FAILED_PRECONDITION".equals(facts.status()) && begins(facts, PROJECT_PRECONDITIONS);
    if (keyInvalid || projectInvalid) {
      return refusal.rejected();
    }
    return foreignSignature(facts.message()) ? new StripThinking() : refusal.callerFault();
  }

  /// A signature that is missing is the caller's own loss.
  private static boolean foreignSignature(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return FOREIGN_SIGNATURES.stream().anyMatch(lower::contains);
  }

  private static Verdict forbidden(Refusal refusal) {
    if (begins(refusal.facts(), KEY_REFUSALS)) {
      return refusal.rejected();
    }
    return isForeign(refusal.facts())
        ? refusal.callerFault()
        : refusal.throttled(Reach.GROUP_MODEL, Kind.FORBIDDEN, Pauses.ONE_HOUR);
  }

  /// Whether an error is about a resource of another project, which Google calls forbidden.
  static boolean isForeign(ErrorFacts facts) {
    return begins(facts, FOREIGN_RESOURCES);
  }

  private static Verdict exhausted(Refusal refusal) {
    ErrorFacts facts = refusal.facts();
    if (facts.messageBegins("Your prepayment credits are depleted")
        || facts.messageBegins("Your Prepay credit balance is depleted")) {
      return refusal.throttled(Reach.GROUP, Kind.CREDIT, Pauses.HOURS);
    }
    if (facts.messageBegins("Your project has exceeded its monthly spending cap")) {
      return refusal.throttled(
          Reach.GROUP, Kind.SPEND_LIMIT, Pauses.withinPacificMonth(refusal.now()));
    }
    if (limitIsZero(facts)) {
      return refusal.throttled(Reach.GROUP_MODEL, Kind.QUOTA, Pauses.ONE_DAY);
    }
    // The delay that comes with a daily quota is a matter of seconds, and wrong.
    if (exhaustedForToday(facts)) {
      return refusal.throttled(
          Reach.GROUP_MODEL,
          Kind.QUOTA,
          Pauses.untilPacificMidnight(refusal.now()),
          exhausted(facts, true));
    }
    return refusal.throttled(
        Reach.GROUP_MODEL, Kind.RATE_LIMIT, shortPause(refusal), exhausted(facts, false));
  }

  private static List<Exhausted> exhausted(ErrorFacts facts, boolean perDay) {
    List<Exhausted> all = new ArrayList<>();
    for (Violation violation : facts.violations()) {
      Exhausted limit = Exhausted.ofGoogle(violation);
      if (limit != null && limit.perDay() == perDay) {
        all.add(limit);
      }
    }
    return List.copyOf(all);
  }

  private static Wait shortPause(Refusal refusal) {
    ErrorFacts facts = refusal.facts();
    long hint = facts.retryDelayNanos();
    if (hint < 0) {
      int at = facts.message().indexOf(RETRY_IN);
      hint = at < 0 ? Spans.UNKNOWN : Spans.leading(facts.message(), at + RETRY_IN.length());
    }
    if (hint < 0) {
      hint = Hints.retryAfter(refusal.headers(), refusal.now());
    }
    if (hint >= 0) {
      return Pauses.hinted(hint);
    }
    return facts.violations().isEmpty() ? NO_DETAILS : Pauses.untilNextMinute(refusal.now());
  }

  private static boolean exhaustedForToday(ErrorFacts facts) {
    for (Violation violation : facts.violations()) {
      if (violation.quotaId().contains("PerDay") || violation.quotaId().contains("Daily")) {
        return true;
      }
    }
    return false;
  }

  /// The tier has none of this model. The value is left out of the violation when it is 0, so that
  /// the message has to say it: "… free_tier_requests, limit: 0, model: …".
  private static boolean limitIsZero(ErrorFacts facts) {
    for (Violation violation : facts.violations()) {
      if ("0".equals(violation.quotaValue())) {
        return true;
      }
    }
    String message = facts.message();
    for (int at = message.indexOf(LIMIT_ZERO); at >= 0; at = message.indexOf(LIMIT_ZERO, at + 1)) {
      int end = at + LIMIT_ZERO.length();
      if (end == message.length() || !Character.isDigit(message.charAt(end))) {
        return true;
      }
    }
    return false;
  }

  private static Verdict overloaded(Refusal refusal) {
    long hint = Math.max(refusal.facts().retryDelayNanos(), 0);
    hint = Math.max(hint, Hints.retryAfter(refusal.headers(), refusal.now()));
    return refusal.throttled(
        Reach.PROVIDER_MODEL, Kind.OVERLOADED, Pauses.atLeast(OVERLOAD_FLOOR, OVERLOAD_CAP, hint));
  }

  private static boolean begins(ErrorFacts facts, List<String> beginnings) {
    for (String beginning : beginnings) {
      if (facts.messageBegins(beginning)) {
        return true;
      }
    }
    return false;
  }
}
