package dev.forebay.simulator;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Anthropic's rate-limit headers and 429s.
final class AnthropicLimits {

  private static final Duration DEFAULT_HINT = Duration.ofSeconds(30);

  private AnthropicLimits() {}

  static void addHeaders(Call call, MultiMap headers) {
    Headroom headroom = call.headroom();
    if (headroom.gauges().isEmpty()) {
      return;
    }
    Instant now = call.world().clock().now();
    Headroom.Gauge input = headroom.of(Dimension.INPUT_TOKENS_PER_MINUTE);
    Headroom.Gauge output = headroom.of(Dimension.OUTPUT_TOKENS_PER_MINUTE);
    add(headers, "requests", headroom.of(Dimension.REQUESTS_PER_MINUTE), now);
    add(headers, "input-tokens", input, now);
    add(headers, "output-tokens", output, now);
    Headroom.Gauge all = headroom.tightest(Dimension.TOKENS_PER_MINUTE, Dimension.TOKENS_PER_DAY);
    if (all == null && input != null && output != null) {
      all =
          new Headroom.Gauge(
              Dimension.TOKENS_PER_MINUTE,
              input.limit() + output.limit(),
              input.remaining() + output.remaining(),
              Math.max(input.nanosUntilFull(), output.nanosUntilFull()));
    }
    add(headers, "tokens", all == null ? (input == null ? output : input) : all, now);
  }

  private static void add(
      MultiMap headers, String what, Headroom.@Nullable Gauge gauge, Instant now) {
    if (gauge == null) {
      return;
    }
    boolean tokens = !gauge.dimension().ofRequests();
    String prefix = "anthropic-ratelimit-" + what;
    headers.set(prefix + "-limit", Long.toString(gauge.limit()));
    headers.set(prefix + "-remaining", Long.toString(tokens ? rounded(gauge) : gauge.remaining()));
    headers.set(
        prefix + "-reset",
        now.plusNanos(gauge.nanosUntilFull()).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /// Remaining tokens are told to the nearest thousand; small limits would all read 0 or full.
  private static long rounded(Headroom.Gauge gauge) {
    if (gauge.limit() < 10_000) {
      return gauge.remaining();
    }
    return Math.min(gauge.limit(), (gauge.remaining() + 500) / 1000 * 1000);
  }

  static ApiError exhausted(Call call, String group, Admission.Exhausted refusal) {
    String unit =
        switch (refusal.dimension()) {
          case REQUESTS_PER_MINUTE -> "requests per minute";
          case TOKENS_PER_MINUTE -> "tokens per minute";
          case INPUT_TOKENS_PER_MINUTE -> "input tokens per minute";
          case OUTPUT_TOKENS_PER_MINUTE -> "output tokens per minute";
          case REQUESTS_PER_DAY -> "requests per day";
          case TOKENS_PER_DAY -> "tokens per day";
        };
    String message =
        ("This request would exceed your %s's rate limit of %,d %s (model group: %s). For details,"
                + " refer to: https://docs.claude.com/en/api/rate-limits. You can see the response"
                + " headers for current usage.")
            .formatted(
                refusal.byKey() ? "workspace" : "organization", refusal.limit(), unit, group);
    long seconds = Math.max(1, (refusal.nanosUntilEnough() + 999_999_999L) / 1_000_000_000L);
    return new ApiError(429, "rate_limit_error", null, message)
        .withHeaders(Map.of("retry-after", Long.toString(seconds), "x-should-retry", "true"));
  }

  static ApiError scripted(Call call, RateLimitKind kind, @Nullable Duration retryAfter) {
    Duration hint = retryAfter == null ? DEFAULT_HINT : retryAfter;
    String seconds = Long.toString(hint.toSeconds());
    return switch (kind) {
      case ANTHROPIC_ENFORCED_SPEND_LIMIT ->
          new ApiError(
              429,
              "rate_limit_error",
              "enforced_spend_limit_reached",
              "This organization has reached its enforced monthly spend limit.");
      case ANTHROPIC_CONTRACT_SPEND_LIMIT ->
          new ApiError(
              429,
              "rate_limit_error",
              "contract_spend_limit_reached",
              "This organization has reached the spend limit of its contract.");
      case ANTHROPIC_RAMP_LIMIT ->
          new ApiError(
                  429,
                  "rate_limit_error",
                  "ramp_limit_exceeded",
                  "Your usage increased too quickly. Please scale up more gradually.")
              .withHeaders(Map.of("retry-after", seconds));
      case ANTHROPIC_UNEXPLAINED ->
          new ApiError(429, "rate_limit_error", null, "Error")
              .withHeaders(Map.of("x-should-retry", "true"));
      default ->
          new ApiError(
                  429,
                  "rate_limit_error",
                  null,
                  "This request would exceed your organization's rate limit of 50 requests per"
                      + " minute. For details, refer to:"
                      + " https://docs.claude.com/en/api/rate-limits.")
              .withHeaders(
                  Map.of(
                      "retry-after",
                      seconds,
                      "anthropic-ratelimit-requests-limit",
                      "50",
                      "anthropic-ratelimit-requests-remaining",
                      "0",
                      "anthropic-ratelimit-requests-reset",
                      call.world()
                          .clock()
                          .now()
                          .plus(hint)
                          .truncatedTo(ChronoUnit.SECONDS)
                          .toString()));
    };
  }
}
