package dev.forebay.exchange;

/// How much a model holds and writes at once, in tokens. Immutable.
///
/// @param context input and output together; -1 for unknown
/// @param maxOutput most of one answer; -1 for unknown
public record Capacity(long context, long maxOutput) {

  /// Nobody knows.
  public static final Capacity UNKNOWN = new Capacity(-1, -1);

  /// Whether an input of this size may fit, as far as is known.
  boolean holds(long inputTokens) {
    return context < 0 || inputTokens <= context;
  }
}
