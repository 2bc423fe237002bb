package dev.forebay.dialect.verdict;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Slice;

/// Tells whether a provider refused a request for being longer than its model can hold.
///
/// A fault of the caller's, but one that a model with a larger context would not find. Pure and
/// *thread-safe*.
public final class ContextLimit {

  private ContextLimit() {}

  /// @param body of an answer that is not a success
  public static boolean exceeded(HeaderLookup headers, byte[] body) {
    return exceeded(ErrorFacts.of(body, headers.get("content-encoding")));
  }

  /// @param payload the JSON of an error event
  public static boolean exceeded(Slice payload) {
    return exceeded(ErrorFacts.of(payload));
  }

  private static boolean exceeded(ErrorFacts facts) {
    String message = facts.message();
    return "context_length_exceeded".equals(facts.code())
        // Anthropic has no code for it: "prompt is too long: 210000 tokens > 200000 maximum".
        || "invalid_request_error".equals(facts.type())
            && (message.startsWith("prompt is too long: ")
                || message.startsWith("input length and `max_tokens` exceed context limit"))
        // Google: "The input token count (…) exceeds the maximum number of tokens allowed (…)."
        || "INVALID_ARGUMENT".equals(facts.status())
            && message.startsWith("The input token count")
            && message.contains(" exceeds the maximum number of tokens allowed");
  }
}
