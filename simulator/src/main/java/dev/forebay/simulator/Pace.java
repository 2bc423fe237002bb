package dev.forebay.simulator;

import java.time.Duration;

/// How fast the simulated models answer, in real time.
///
/// @param firstToken from the complete request to the first token; a stream's preamble comes at
///   once
/// @param tokensPerSecond speed of generation after that; 0 means everything at once
/// @param answerTokens length of an answer when the request does not decide it
public record Pace(Duration firstToken, double tokensPerSecond, int answerTokens) {

  private static final int DEFAULT_ANSWER_TOKENS = 48;

  /// No latency at all; what tests want.
  public static final Pace INSTANT = new Pace(Duration.ZERO, 0, DEFAULT_ANSWER_TOKENS);

  public Pace {
    if (firstToken.isNegative()) {
      throw new IllegalArgumentException("firstToken: " + firstToken + " (expected: >= 0)");
    }
    if (!(tokensPerSecond >= 0) || Double.isInfinite(tokensPerSecond)) {
      throw new IllegalArgumentException(
          "tokensPerSecond: " + tokensPerSecond + " (expected: >= 0; 0 means at once)");
    }
    if (answerTokens < 1) {
      throw new IllegalArgumentException("answerTokens: " + answerTokens + " (expected: >= 1)");
    }
  }

  public Pace(Duration firstToken, double tokensPerSecond) {
    this(firstToken, tokensPerSecond, DEFAULT_ANSWER_TOKENS);
  }

  public Pace withAnswerTokens(int value) {
    return new Pace(firstToken, tokensPerSecond, value);
  }

  /// When the token after `tokens` others is due, counted from the complete request.
  long dueNanos(long tokens) {
    long waited = firstToken.toNanos();
    return tokensPerSecond == 0 ? waited : waited + (long) (tokens * (1e9 / tokensPerSecond));
  }
}
