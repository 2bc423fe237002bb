package dev.forebay.dialect.neutral;

/// Why an answer ended.
public enum StopReason {
  END,
  STOP_SEQUENCE,
  /// The output cap was reached.
  LENGTH,
  /// The context window is full.
  CONTEXT_FULL,
  TOOL_CALL,
  /// The model or a filter declined.
  REFUSAL,
  /// The provider's own tools take a pause; sending the turn back continues it.
  PAUSE,
  /// The model called a tool in a way that makes no sense.
  BAD_TOOL_CALL,
  OTHER
}
