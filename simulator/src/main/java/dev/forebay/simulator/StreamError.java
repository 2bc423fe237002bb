package dev.forebay.simulator;

/// What an error delivered inside a 200 says, and in which form.
///
/// A form that a dialect does not have falls back to that dialect's usual one.
public enum StreamError {
  /// Anthropic `overloaded_error`; the others' `server_error` or `UNAVAILABLE`.
  OVERLOADED,
  /// Anthropic `api_error`; the others' `server_error` or `INTERNAL`.
  SERVER_ERROR,
  /// Anthropic `rate_limit_error`, OpenAI `rate_limit_exceeded`, Gemini `RESOURCE_EXHAUSTED`.
  RATE_LIMITED,
  /// OpenAI `insufficient_quota`: in Responses the nested form, then `response.failed`.
  INSUFFICIENT_QUOTA,
  /// OpenAI Responses: `error` with flat fields, then `response.failed`.
  RESPONSES_FLAT,
  /// OpenAI Responses: `error` with a nested object, then `response.failed`.
  RESPONSES_NESTED,
  /// OpenAI Responses: `response.failed` alone.
  RESPONSES_FAILED,
  /// OpenAI chat: the error under an `event: error` line.
  CHAT_NAMED_EVENT,
  /// Gemini: the bare JSON of the error, without `data:`.
  GEMINI_BARE_JSON,
  /// Gemini: no error at all; the stream ends without a `finishReason`.
  GEMINI_NO_FINISH,
  /// Gemini: `promptFeedback.blockReason` and no candidates.
  GEMINI_BLOCKED
}
