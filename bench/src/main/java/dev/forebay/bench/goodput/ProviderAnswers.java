package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What providers send: heads with their rate limits, answers with their usage, refusals.
final class ProviderAnswers {

  private final Flavour flavour;
  private final Timeline time;

  ProviderAnswers(Flavour flavour, Timeline time) {
    this.flavour = flavour;
    this.time = time;
  }

  static int status(Reply reply) {
    return switch (reply) {
      case Reply.Admitted _ -> 200;
      case Reply.Exhausted _ -> 429;
      case Reply.Unavailable unavailable -> unavailable.status();
    };
  }

  Map<String, String> headers(Job job, Reply reply) {
    Map<String, String> headers = new LinkedHashMap<>();
    boolean streams = reply instanceof Reply.Admitted && job.stream();
    headers.put("content-type", streams ? "text/event-stream" : "application/json");
    switch (reply) {
      case Reply.Admitted admitted -> {
        identity(headers, admitted.organisation());
        limits(headers, admitted.gauges(), admitted.at());
      }
      case Reply.Exhausted refusal -> {
        identity(headers, refusal.organisation());
        limits(headers, refusal.gauges(), refusal.at());
        hint(headers, refusal.pauseNanos());
      }
      case Reply.Unavailable unavailable -> identity(headers, unavailable.organisation());
    }
    return headers;
  }

  private void identity(Map<String, String> headers, int organisation) {
    switch (flavour) {
      case ANTHROPIC -> {
        headers.put(
            "anthropic-organization-id", "00000000-0000-4000-8000-%012d".formatted(organisation));
        headers.put("anthropic-workspace-id", "wrkspc_%02d".formatted(organisation));
      }
      case OPENAI -> {
        headers.put("openai-organization", "org-%02d".formatted(organisation));
        headers.put("openai-project", "proj_%02d".formatted(organisation));
      }
      case GEMINI, SILENT, TERSE -> {}
    }
  }

  private void limits(Map<String, String> headers, Iterable<Gauge> gauges, long at) {
    for (Gauge gauge : gauges) {
      switch (flavour) {
        case ANTHROPIC -> anthropic(headers, gauge, time.at(at));
        case OPENAI -> openAi(headers, gauge);
        case GEMINI, SILENT, TERSE -> {}
      }
    }
  }

  private static void anthropic(Map<String, String> headers, Gauge gauge, Instant at) {
    @Nullable String what =
        switch (gauge.axis()) {
          case REQUESTS -> "requests";
          case INPUT -> "input-tokens";
          case OUTPUT -> "output-tokens";
          case TOKENS, REQUESTS_PER_DAY -> null;
        };
    if (what == null) {
      return;
    }
    boolean rounded = gauge.axis() != Axis.REQUESTS;
    long left = gauge.remaining();
    long told = rounded ? Math.min(gauge.limit(), (left + 500) / 1_000 * 1_000) : left;
    String prefix = "anthropic-ratelimit-" + what;
    headers.put(prefix + "-limit", Long.toString(gauge.limit()));
    headers.put(prefix + "-remaining", Long.toString(told));
    headers.put(
        prefix + "-reset",
        at.plusNanos(gauge.nanosUntilFull()).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static void openAi(Map<String, String> headers, Gauge gauge) {
    String what = gauge.axis() == Axis.TOKENS ? "tokens" : "requests";
    headers.put("x-ratelimit-limit-" + what, Long.toString(gauge.limit()));
    headers.put("x-ratelimit-remaining-" + what, Long.toString(gauge.remaining()));
    headers.put("x-ratelimit-reset-" + what, goDuration(gauge.nanosUntilFull()));
  }

  private static String goDuration(long nanos) {
    long millis = (nanos + 999_999) / 1_000_000;
    if (millis < 1_000) {
      return millis + "ms";
    }
    String seconds = String.format(Locale.ROOT, "%.3fs", millis % 60_000 / 1e3);
    return millis < 60_000 ? seconds : millis / 60_000 + "m" + seconds;
  }

  private void hint(Map<String, String> headers, long wait) {
    String seconds = Long.toString(Math.max(1, (wait + SECOND - 1) / SECOND));
    switch (flavour) {
      case ANTHROPIC, TERSE -> headers.put("retry-after", seconds);
      case OPENAI -> {
        headers.put("retry-after", seconds);
        headers.put("retry-after-ms", Long.toString((wait + 999_999) / 1_000_000));
      }
      case GEMINI, SILENT -> {}
    }
  }

  /// The body of a refusal.
  byte[] refusal(Reply reply) {
    String text =
        switch (reply) {
          case Reply.Admitted _ -> "{}";
          case Reply.Exhausted exhausted -> exhausted(exhausted);
          case Reply.Unavailable unavailable -> unavailable(unavailable.status());
        };
    return text.getBytes(US_ASCII);
  }

  private String exhausted(Reply.Exhausted refusal) {
    return switch (flavour) {
      case ANTHROPIC ->
          "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"This request"
              + " would exceed your organization's rate limit of "
              + refusal.limit().limit()
              + " "
              + anthropicUnit(refusal.limit().axis())
              + " per minute.\"},\"request_id\":\"req_1\"}";
      case OPENAI ->
          "{\"error\":{\"message\":\"Rate limit reached for %s in organization org-%02d on %s. Please try again in %s.\",\"type\":\"%s\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}"
              .formatted(
                  flavour.model,
                  refusal.organisation(),
                  openAiUnit(refusal.limit().axis()),
                  goDuration(refusal.pauseNanos()),
                  refusal.limit().axis() == Axis.TOKENS ? "tokens" : "requests");
      case SILENT, TERSE ->
          "{\"error\":{\"message\":\"Too many requests\",\"type\":\"rate_limit_error\",\"param\":null,\"code\":null}}";
      case GEMINI -> gemini(refusal);
    };
  }

  private static String anthropicUnit(Axis axis) {
    return switch (axis) {
      case INPUT -> "input tokens";
      case OUTPUT -> "output tokens";
      case TOKENS, REQUESTS, REQUESTS_PER_DAY -> "requests";
    };
  }

  private static String openAiUnit(Axis axis) {
    return switch (axis) {
      case TOKENS, INPUT, OUTPUT -> "tokens per min (TPM)";
      case REQUESTS -> "requests per min (RPM)";
      case REQUESTS_PER_DAY -> "requests per day (RPD)";
    };
  }

  private String gemini(Reply.Exhausted refusal) {
    boolean day = refusal.limit().axis() == Axis.REQUESTS_PER_DAY;
    boolean requests = day || refusal.limit().axis() == Axis.REQUESTS;
    long wait = day ? Math.min(refusal.pauseNanos(), 40 * SECOND) : refusal.pauseNanos();
    String id =
        requests
            ? "GenerateRequests" + (day ? "PerDay" : "PerMinute") + "PerProjectPerModel"
            : "GenerateContentInputTokensPerModelPerMinute";
    String metric =
        "generativelanguage.googleapis.com/generate_content_"
            + (requests ? "requests" : "input_token_count");
    return """
    {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"You exceeded your current \
    quota. Please retry in %s.","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure",\
    "violations":[{"quotaMetric":"%s","quotaId":"%s","quotaDimensions":{"location":"global",\
    "model":"%s"},"quotaValue":"%d"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo",\
    "retryDelay":"%ds"}]}}\
    """
        .formatted(
            String.format(Locale.ROOT, "%.6fs", wait / 1e9),
            metric,
            id,
            flavour.model,
            refusal.limit().limit(),
            wait / SECOND);
  }

  private String unavailable(int status) {
    return switch (flavour) {
      case ANTHROPIC ->
          "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"Overloaded\"}}"
              .formatted(status == 529 ? "overloaded_error" : "api_error");
      case OPENAI, SILENT, TERSE ->
          "{\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\",\"param\":null,\"code\":null}}";
      case GEMINI ->
          "{\"error\":{\"code\":%d,\"message\":\"Internal error\",\"status\":\"INTERNAL\"}}"
              .formatted(status);
    };
  }
}
