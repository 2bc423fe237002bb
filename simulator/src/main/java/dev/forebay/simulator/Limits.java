package dev.forebay.simulator;

/// What an account or a key may use, per minute and per day; 0 means unlimited.
///
/// Per-minute limits are token buckets which hold one minute's worth and refill continuously.
/// Per-day limits start anew at the provider's midnight: UTC for Anthropic and OpenAI,
/// America/Los_Angeles for Gemini. Every limit of an organisation holds per model group, as with
/// the providers; limits of a key hold over all its models.
///
/// @param tokensPerMinute admission tokens for OpenAI, input tokens for Gemini, input plus output
///   for Anthropic (which in truth limits the two apart: see the next two)
/// @param inputTokensPerMinute Anthropic: input and cache writes, but not cache reads
/// @param outputTokensPerMinute Anthropic: tokens as they are generated
public record Limits(
    long requestsPerMinute,
    long tokensPerMinute,
    long inputTokensPerMinute,
    long outputTokensPerMinute,
    long requestsPerDay,
    long tokensPerDay) {

  /// No limit at all.
  public static final Limits NONE = new Limits(0, 0, 0, 0, 0, 0);

  public Limits {
    check("requestsPerMinute", requestsPerMinute);
    check("tokensPerMinute", tokensPerMinute);
    check("inputTokensPerMinute", inputTokensPerMinute);
    check("outputTokensPerMinute", outputTokensPerMinute);
    check("requestsPerDay", requestsPerDay);
    check("tokensPerDay", tokensPerDay);
  }

  private static void check(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: >= 0; 0 means unlimited)");
    }
  }

  public static Limits requestsPerMinute(long value) {
    return NONE.withRequestsPerMinute(value);
  }

  public static Limits tokensPerMinute(long value) {
    return NONE.withTokensPerMinute(value);
  }

  public static Limits tokensPerDay(long value) {
    return NONE.withTokensPerDay(value);
  }

  public static Limits requestsPerDay(long value) {
    return NONE.withRequestsPerDay(value);
  }

  public Limits withRequestsPerMinute(long value) {
    return new Limits(
        value,
        tokensPerMinute,
        inputTokensPerMinute,
        outputTokensPerMinute,
        requestsPerDay,
        tokensPerDay);
  }

  public Limits withTokensPerMinute(long value) {
    return new Limits(
        requestsPerMinute,
        value,
        inputTokensPerMinute,
        outputTokensPerMinute,
        requestsPerDay,
        tokensPerDay);
  }

  public Limits withInputTokensPerMinute(long value) {
    return new Limits(
        requestsPerMinute,
        tokensPerMinute,
        value,
        outputTokensPerMinute,
        requestsPerDay,
        tokensPerDay);
  }

  public Limits withOutputTokensPerMinute(long value) {
    return new Limits(
        requestsPerMinute,
        tokensPerMinute,
        inputTokensPerMinute,
        value,
        requestsPerDay,
        tokensPerDay);
  }

  public Limits withRequestsPerDay(long value) {
    return new Limits(
        requestsPerMinute,
        tokensPerMinute,
        inputTokensPerMinute,
        outputTokensPerMinute,
        value,
        tokensPerDay);
  }

  public Limits withTokensPerDay(long value) {
    return new Limits(
        requestsPerMinute,
        tokensPerMinute,
        inputTokensPerMinute,
        outputTokensPerMinute,
        requestsPerDay,
        value);
  }
}
