package dev.forebay.simulator;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OpenAI's rate-limit headers and 429s.
final class OpenAiLimits {

  static final String QUOTA_MESSAGE =
      "You exceeded your current quota, please check your plan and billing details. For more"
          + " information on this error, read the docs:"
          + " https://platform.openai.com/docs/guides/error-codes/api-errors.";

  private static final Duration DEFAULT_HINT = Duration.ofSeconds(20);
  private static final Duration DAY_HINT = Duration.ofHours(9).plusMinutes(55);

  private OpenAiLimits() {}

  static void addHeaders(Call call, MultiMap headers) {
    Headroom headroom = call.headroom();
    add(
        headers,
        "requests",
        headroom.tightest(Dimension.REQUESTS_PER_MINUTE, Dimension.REQUESTS_PER_DAY));
    add(
        headers,
        "tokens",
        headroom.tightest(Dimension.TOKENS_PER_MINUTE, Dimension.TOKENS_PER_DAY));
  }

  private static void add(MultiMap headers, String what, Headroom.@Nullable Gauge gauge) {
    if (gauge != null) {
      headers.set("x-ratelimit-limit-" + what, Long.toString(gauge.limit()));
      headers.set("x-ratelimit-remaining-" + what, Long.toString(gauge.remaining()));
      headers.set("x-ratelimit-reset-" + what, goDuration(gauge.nanosUntilFull()));
    }
  }

  /// A duration as Go prints it, to the millisecond: `120ms`, `7.66s`, `6m0s`, `23h55m16.126s`.
  static String goDuration(long nanos) {
    long millis = (nanos + 999_999) / 1_000_000;
    if (millis < 1000) {
      return millis == 0 ? "0s" : millis + "ms";
    }
    long hours = millis / 3_600_000;
    long minutes = millis / 60_000 % 60;
    StringBuilder text = new StringBuilder();
    if (hours > 0) {
      text.append(hours).append('h');
    }
    if (hours > 0 || minutes > 0) {
      text.append(minutes).append('m');
    }
    text.append(millis / 1000 % 60);
    long fraction = millis % 1000;
    if (fraction > 0) {
      String digits = String.format(Locale.ROOT, "%03d", fraction);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(digits, 0, end);
    }
    return text.append('s').toString();
  }

  static ApiError exhausted(Call call, String model, Admission.Exhausted refusal) {
    boolean requests = refusal.dimension().ofRequests();
    String unit =
        switch (refusal.dimension()) {
          case REQUESTS_PER_MINUTE -> "requests per min (RPM)";
          case REQUESTS_PER_DAY -> "requests per day (RPD)";
          case TOKENS_PER_DAY -> "tokens per day (TPD)";
          case TOKENS_PER_MINUTE, INPUT_TOKENS_PER_MINUTE, OUTPUT_TOKENS_PER_MINUTE ->
              "tokens per min (TPM)";
        };
    if (!requests && refusal.requested() > refusal.limit()) {
      return new ApiError(
          429,
          "tokens",
          "rate_limit_exceeded",
          ("Request too large for %s in organization %s on %s: Limit %d, Requested %d. The input or"
                  + " output tokens must be reduced in order to run successfully. Visit"
                  + " https://platform.openai.com/account/rate-limits to learn more.")
              .formatted(
                  model,
                  call.account().organization().id(),
                  unit,
                  refusal.limit(),
                  refusal.requested()));
    }
    return limited(
        requests ? "requests" : "tokens",
        ("Rate limit reached for %s in organization %s on %s: Limit %d, Used %d, Requested %d."
                + " Please try again in %s. Visit https://platform.openai.com/account/rate-limits"
                + " to learn more.")
            .formatted(
                model,
                call.account().organization().id(),
                unit,
                refusal.limit(),
                refusal.used(),
                refusal.requested(),
                goDuration(refusal.nanosUntilEnough())),
        refusal.nanosUntilEnough(),
        Map.of());
  }

  static ApiError scripted(
      Call call, String model, RateLimitKind kind, @Nullable Duration retryAfter) {
    return switch (kind) {
      case OPENAI_INSUFFICIENT_QUOTA ->
          new ApiError(429, "insufficient_quota", "insufficient_quota", QUOTA_MESSAGE);
      case OPENAI_BILLING_HARD_LIMIT ->
          new ApiError(
              429,
              "insufficient_quota",
              "billing_hard_limit_reached",
              "Billing hard limit has been reached");
      case OPENAI_TOKENS ->
          scripted(model, "tokens", "TPM", 30_000, retryAfter == null ? DEFAULT_HINT : retryAfter);
      case OPENAI_REQUESTS_PER_DAY ->
          scripted(model, "requests", "RPD", 200, retryAfter == null ? DAY_HINT : retryAfter);
      default ->
          scripted(model, "requests", "RPM", 60, retryAfter == null ? DEFAULT_HINT : retryAfter);
    };
  }

  private static ApiError scripted(
      String model, String type, String unit, int limit, Duration hint) {
    String reset = goDuration(hint.toNanos());
    return limited(
        type,
        "Rate limit reached for %s on %s: Limit %d, Used %d, Requested 1. Please try again in %s."
            .formatted(model, unit, limit, limit, reset),
        hint.toNanos(),
        Map.of(
            "x-ratelimit-limit-" + type,
            Integer.toString(limit),
            "x-ratelimit-remaining-" + type,
            "0",
            "x-ratelimit-reset-" + type,
            reset));
  }

  private static ApiError limited(
      String type, String message, long hintNanos, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("retry-after", Long.toString((hintNanos + 999_999_999L) / 1_000_000_000L));
    headers.put("retry-after-ms", Long.toString((hintNanos + 999_999L) / 1_000_000L));
    return new ApiError(429, type, "rate_limit_exceeded", message).withHeaders(headers);
  }
}
