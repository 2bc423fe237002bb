package dev.forebay.dialect.verdict;

import org.jspecify.annotations.Nullable;

/// What a refusal says of the limits in its way. *Immutable.*
///
/// @param limit units per day or minute; above zero
/// @param used what of it was gone; -1 for unknown
public record Exhausted(Counted counted, boolean perDay, long limit, long used) {

  private static final String LIMIT = "Limit ";
  private static final String USED = "Used ";

  /// The limit that the prose of OpenAI's refusals names: "… on tokens per min (TPM): Limit 30000,
  /// Used 29000, Requested 2000 …"; null when it names none.
  static @Nullable Exhausted ofOpenAi(String message) {
    int at = message.indexOf(LIMIT);
    long limit = number(message, at, LIMIT);
    if (limit <= 0) {
      return null;
    }
    boolean perDay = message.contains("per day") || message.contains("(RPD)");
    long used = number(message, message.indexOf(USED, at), USED);
    if (message.contains("requests per") || message.contains("(RPM)")) {
      return new Exhausted(Counted.REQUESTS, perDay, limit, used);
    }
    return message.contains("tokens per") || message.contains("(TPM)")
        ? new Exhausted(Counted.TOKENS, perDay, limit, used)
        : null;
  }

  /// The limit of one of Google's violations; null when it is of a kind that nobody knows.
  static @Nullable Exhausted ofGoogle(ErrorFacts.Violation violation) {
    String id = violation.quotaId();
    long limit = Spans.number(violation.quotaValue());
    boolean perDay = id.contains("PerDay");
    if (limit <= 0 || !(perDay || id.contains("PerMinute"))) {
      return null;
    }
    if (id.contains("InputTokens")) {
      return new Exhausted(Counted.INPUT_TOKENS, perDay, limit, -1);
    }
    return id.contains("Requests") ? new Exhausted(Counted.REQUESTS, perDay, limit, -1) : null;
  }

  private static long number(String text, int at, String before) {
    if (at < 0) {
      return -1;
    }
    int begin = at + before.length();
    long value = 0;
    int i = begin;
    for (; i < text.length() && i < begin + 15; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    return i == begin ? -1 : value;
  }
}
