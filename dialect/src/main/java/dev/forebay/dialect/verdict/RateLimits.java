package dev.forebay.dialect.verdict;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Provider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The limits of a limit group for one model, as the headers of an answer count them down.
///
/// Reading allocates nothing: what is found is handed over one by one. *Pure.*
public final class RateLimits {

  private static final long UNKNOWN = Spans.UNKNOWN;

  /// A reset within this belongs to a limit per minute, which refills all the time.
  private static final long LONGEST_MINUTE = 90_000_000_000L;

  // A refusal for tokens does not say how many were missing.
  private static final long TOKEN_STEPS = 20;

  private static final Names ANTHROPIC_REQUESTS = anthropic("requests");
  private static final Names ANTHROPIC_TOKENS = anthropic("tokens");
  private static final Names ANTHROPIC_INPUT = anthropic("input-tokens");
  private static final Names ANTHROPIC_OUTPUT = anthropic("output-tokens");
  private static final Names OPENAI_REQUESTS = openAi("requests");
  private static final Names OPENAI_TOKENS = openAi("tokens");
  private static final Names OPENAI_PROJECT = openAi("project-tokens");

  private record Names(String limit, String remaining, String reset, boolean points) {}

  private RateLimits() {}

  private static Names anthropic(String what) {
    String name = "anthropic-ratelimit-" + what;
    return new Names(name + "-limit", name + "-remaining", name + "-reset", true);
  }

  private static Names openAi(String what) {
    String name = "x-ratelimit-";
    return new Names(
        name + "limit-" + what, name + "remaining-" + what, name + "reset-" + what, false);
  }

  /// Takes the limits that headers state.
  @FunctionalInterface
  public interface Sink<T> {

    /// One of them; -1 stands for what is not stated. `remaining` always is.
    ///
    /// @param to what the caller passed on
    /// @param resetNanos from the moment of reading until nothing will be missing
    void limit(T to, Counted counted, long limit, long remaining, long resetNanos);
  }

  /// Hands over every limit in the headers of an answer.
  public static <T> void read(
      Provider provider, HeaderLookup headers, Instant now, T to, Sink<T> sink) {
    switch (provider) {
      case ANTHROPIC -> anthropic(headers, now, to, sink);
      case OPENAI -> openAi(headers, now, to, sink);
      // No such headers are documented.
      case GEMINI -> {}
    }
  }

  private static <T> void anthropic(HeaderLookup headers, Instant now, T to, Sink<T> sink) {
    tell(ANTHROPIC_REQUESTS, Counted.REQUESTS, headers, now, to, sink);
    long input = tell(ANTHROPIC_INPUT, Counted.INPUT_TOKENS, headers, now, to, sink);
    long output = tell(ANTHROPIC_OUTPUT, Counted.OUTPUT_TOKENS, headers, now, to, sink);
    long all = Spans.number(headers.get(ANTHROPIC_TOKENS.limit));
    // Where the parts are stated, the sum is news only when a lower limit than theirs is in force.
    boolean implied =
        all == input || all == output || all >= Math.max(input, 0) + Math.max(output, 0);
    if (input < 0 || output < 0 || !implied) {
      tell(ANTHROPIC_TOKENS, Counted.TOKENS, headers, now, to, sink);
    }
  }

  private static <T> void openAi(HeaderLookup headers, Instant now, T to, Sink<T> sink) {
    tell(OPENAI_REQUESTS, Counted.REQUESTS, headers, now, to, sink);
    tell(scarcerTokens(headers), Counted.TOKENS, headers, now, to, sink);
  }

  /// The organisation's tokens or the project's, of whichever fewer are left.
  private static Names scarcerTokens(HeaderLookup headers) {
    long project = Spans.number(headers.get(OPENAI_PROJECT.remaining));
    if (project < 0) {
      return OPENAI_TOKENS;
    }
    long all = Spans.number(headers.get(OPENAI_TOKENS.remaining));
    return all < 0 || project <= all ? OPENAI_PROJECT : OPENAI_TOKENS;
  }

  /// Hands one limit over if it is stated; answers the limit itself.
  private static <T> long tell(
      Names names, Counted counted, HeaderLookup headers, Instant now, T to, Sink<T> sink) {
    long remaining = Spans.number(headers.get(names.remaining));
    if (remaining < 0) {
      return UNKNOWN;
    }
    long limit = Spans.number(headers.get(names.limit));
    sink.limit(to, counted, limit, remaining, reset(names, headers, now));
    return Math.max(limit, 0);
  }

  private static long reset(Names names, HeaderLookup headers, Instant now) {
    String text = headers.get(names.reset);
    return names.points ? Moments.untilRfc3339(text, now) : Spans.nanos(text);
  }

  /// How long until some of what is used up is back; [Spans#UNKNOWN] when nothing is used up.
  ///
  /// A reset says when a limit is whole again. One per minute refills all the time, and some of it
  /// is back soon; one per day may come back at once.
  static long untilSomeIsBack(Provider provider, HeaderLookup headers, Instant now) {
    Used used = new Used(null);
    read(provider, headers, now, used, Used::add);
    return used.nanos;
  }

  /// The same for the limit that a refusal names, used up or not.
  static long untilSomeIsBack(
      Provider provider, HeaderLookup headers, Instant now, Counted counted) {
    Used used = new Used(counted);
    read(provider, headers, now, used, Used::add);
    return used.nanos;
  }

  /// Confined to the caller.
  private static final class Used {

    private final @Nullable Counted wanted;
    private long nanos = UNKNOWN;

    Used(@Nullable Counted wanted) {
      this.wanted = wanted;
    }

    void add(Counted counted, long limit, long remaining, long resetNanos) {
      if (wanted == null ? remaining == 0 : wanted == counted) {
        nanos = Math.max(nanos, someIsBack(counted, limit, resetNanos));
      }
    }

    private static long someIsBack(Counted counted, long limit, long resetNanos) {
      if (limit <= 0 || resetNanos > LONGEST_MINUTE) {
        return resetNanos;
      }
      return resetNanos / (counted == Counted.REQUESTS ? limit : TOKEN_STEPS);
    }
  }
}
