package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Google's 429s: no headers, everything in the body.
final class GeminiLimits {

  private static final Duration DEFAULT_HINT = Duration.ofSeconds(39);
  private static final String SERVICE = "generativelanguage.googleapis.com/";

  private GeminiLimits() {}

  static ApiError exhausted(Call call, String model, Admission.Exhausted refusal) {
    Duration wait = Duration.ofNanos(refusal.nanosUntilEnough());
    // Of a daily quota the service tells only seconds: the time to the next minute.
    Duration told = refusal.dimension().perDay() ? untilNextMinute(call) : wait;
    return quota(call, model, refusal.dimension(), refusal.limit(), told);
  }

  private static Duration untilNextMinute(Call call) {
    long nanos = call.world().clock().epochNanos();
    return Duration.ofNanos(60_000_000_000L - Math.floorMod(nanos, 60_000_000_000L));
  }

  static ApiError scripted(
      Call call, String model, RateLimitKind kind, @Nullable Duration retryAfter) {
    Duration hint = retryAfter == null ? DEFAULT_HINT : retryAfter;
    return switch (kind) {
      case GEMINI_PER_DAY -> quota(call, model, Dimension.REQUESTS_PER_DAY, 250, hint);
      case GEMINI_TOKENS_PER_MINUTE ->
          quota(call, model, Dimension.TOKENS_PER_MINUTE, 250_000, hint);
      case GEMINI_LIMIT_ZERO -> quota(call, model, Dimension.REQUESTS_PER_DAY, 0, hint);
      case GEMINI_PREPAY_DEPLETED ->
          exhausted(
              "Your prepayment credits are depleted. Please go to AI Studio at"
                  + " https://ai.studio/projects to manage your project and billing.");
      case GEMINI_SPENDING_CAP ->
          exhausted(
              "Your project has exceeded its monthly spending cap. Please go to AI Studio at"
                  + " https://ai.studio/spend to manage your project spend cap.");
      case GEMINI_NO_DETAILS -> exhausted("Resource has been exhausted (e.g. check quota).");
      default -> quota(call, model, Dimension.REQUESTS_PER_MINUTE, 10, hint);
    };
  }

  private static ApiError exhausted(String message) {
    return new ApiError(429, "RESOURCE_EXHAUSTED", null, message);
  }

  private static ApiError quota(
      Call call, String model, Dimension dimension, long limit, Duration retry) {
    boolean free = call.account().organization().freeTier();
    String suffix = free ? "-FreeTier" : "";
    String tier = free ? "free_tier_" : "";
    String metric;
    String id;
    switch (dimension) {
      case REQUESTS_PER_MINUTE -> {
        metric = SERVICE + "generate_content_" + tier + "requests";
        id = "GenerateRequestsPerMinutePerProjectPerModel" + suffix;
      }
      case REQUESTS_PER_DAY -> {
        metric = SERVICE + "generate_content_" + tier + "requests";
        id = "GenerateRequestsPerDayPerProjectPerModel" + suffix;
      }
      case TOKENS_PER_DAY -> {
        metric = SERVICE + "generate_content_" + tier + "input_token_count";
        id = "GenerateContentInputTokensPerModelPerDay" + suffix;
      }
      default -> {
        metric = SERVICE + "generate_content_" + tier + "input_token_count";
        id = "GenerateContentInputTokensPerModelPerMinute" + suffix;
      }
    }
    String delay = BigDecimal.valueOf(retry.toNanos(), 9).stripTrailingZeros().toPlainString();
    String message =
        ("You exceeded your current quota, please check your plan and billing details. For more"
                + " information on this error, head over to:"
                + " https://ai.google.dev/gemini-api/docs/rate-limits.\n"
                + "* Quota exceeded for metric: %s, limit: %d, model: %s\n"
                + "Please retry in %ss.")
            .formatted(metric, limit, model, delay);
    return exhausted(message)
        .withDetail(failure(metric, id, model, limit))
        .withDetail(help())
        .withDetail(
            JsonText.object()
                .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
                .put("retryDelay", retry.toSeconds() + "s"));
  }

  private static ObjectNode failure(String metric, String id, String model, long limit) {
    ObjectNode failure =
        JsonText.object().put("@type", "type.googleapis.com/google.rpc.QuotaFailure");
    ObjectNode violation = failure.putArray("violations").addObject();
    violation.put("quotaMetric", metric).put("quotaId", id);
    violation.putObject("quotaDimensions").put("location", "global").put("model", model);
    if (limit > 0) {
      violation.put("quotaValue", Long.toString(limit));
    }
    return failure;
  }

  private static ObjectNode help() {
    ObjectNode help = JsonText.object().put("@type", "type.googleapis.com/google.rpc.Help");
    help.putArray("links")
        .addObject()
        .put("description", "Learn more about Gemini API quotas")
        .put("url", "https://ai.google.dev/gemini-api/docs/rate-limits");
    return help;
  }
}
