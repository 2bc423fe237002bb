package dev.forebay.dialect.verdict;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Provider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The room left on a limit group for one model, as the provider counts it down; -1 is unknown.
///
/// Resets are nanoseconds from the moment of reading. Where a provider counts tokens in several
/// ways, the one with the fewest left stands for all; output alone does so only once it is used up,
/// because it says nothing about how long an input may be. *Immutable.*
public record RateLimits(
    long requestsLimit,
    long requestsRemaining,
    long requestsResetNanos,
    long tokensLimit,
    long tokensRemaining,
    long tokensResetNanos) {

  private static final long UNKNOWN = Spans.UNKNOWN;

  /// The limits in the headers of an answer, or null when they state none.
  public static @Nullable RateLimits read(Provider provider, HeaderLookup headers, Instant now) {
    return switch (provider) {
      case ANTHROPIC -> anthropic(headers, now);
      case OPENAI -> openAi(headers, now);
      // No such headers are documented.
      case GEMINI -> null;
    };
  }

  static @Nullable RateLimits anthropic(HeaderLookup headers, Instant now) {
    long requests = Spans.number(headers.get("anthropic-ratelimit-requests-remaining"));
    long all = Spans.number(headers.get("anthropic-ratelimit-tokens-remaining"));
    long input = Spans.number(headers.get("anthropic-ratelimit-input-tokens-remaining"));
    long output = Spans.number(headers.get("anthropic-ratelimit-output-tokens-remaining"));
    if (requests < 0 && all < 0 && input < 0 && output < 0) {
      return null;
    }
    String limitName;
    String resetName;
    long remaining;
    if (output == 0) {
      remaining = 0;
      limitName = "anthropic-ratelimit-output-tokens-limit";
      resetName = "anthropic-ratelimit-output-tokens-reset";
    } else if (input >= 0 && (all < 0 || input <= all)) {
      remaining = input;
      limitName = "anthropic-ratelimit-input-tokens-limit";
      resetName = "anthropic-ratelimit-input-tokens-reset";
    } else {
      remaining = all;
      limitName = "anthropic-ratelimit-tokens-limit";
      resetName = "anthropic-ratelimit-tokens-reset";
    }
    return new RateLimits(
        requests < 0 ? UNKNOWN : Spans.number(headers.get("anthropic-ratelimit-requests-limit")),
        requests,
        requests < 0
            ? UNKNOWN
            : Moments.untilRfc3339(headers.get("anthropic-ratelimit-requests-reset"), now),
        remaining < 0 ? UNKNOWN : Spans.number(headers.get(limitName)),
        remaining,
        remaining < 0 ? UNKNOWN : Moments.untilRfc3339(headers.get(resetName), now));
  }

  static @Nullable RateLimits openAi(HeaderLookup headers, Instant now) {
    long requests = Spans.number(headers.get("x-ratelimit-remaining-requests"));
    long all = Spans.number(headers.get("x-ratelimit-remaining-tokens"));
    long project = Spans.number(headers.get("x-ratelimit-remaining-project-tokens"));
    if (requests < 0 && all < 0 && project < 0) {
      return null;
    }
    boolean ofProject = project >= 0 && (all < 0 || project <= all);
    long remaining = ofProject ? project : all;
    String limitName = ofProject ? "x-ratelimit-limit-project-tokens" : "x-ratelimit-limit-tokens";
    String resetName = ofProject ? "x-ratelimit-reset-project-tokens" : "x-ratelimit-reset-tokens";
    return new RateLimits(
        requests < 0 ? UNKNOWN : Spans.number(headers.get("x-ratelimit-limit-requests")),
        requests,
        requests < 0 ? UNKNOWN : Spans.nanos(headers.get("x-ratelimit-reset-requests")),
        remaining < 0 ? UNKNOWN : Spans.number(headers.get(limitName)),
        remaining,
        remaining < 0 ? UNKNOWN : Spans.nanos(headers.get(resetName)));
  }

  /// How long until what is used up is back; [Spans#UNKNOWN] when nothing is.
  long exhaustedResetNanos() {
    return Math.max(
        requestsRemaining == 0 ? requestsResetNanos : UNKNOWN,
        tokensRemaining == 0 ? tokensResetNanos : UNKNOWN);
  }
}
