package dev.forebay.pool;

/// How a provider counts a request against its limits.
enum Counting {
  /// Input without what is read from the prompt cache; output as it is written.
  ANTHROPIC,
  /// At admission, the larger of the output cap and the whole input.
  OPENAI,
  /// All input, cached or not.
  GEMINI,
  /// Input and output, as nothing better is known.
  PLAIN;

  static Counting of(String provider) {
    return switch (provider) {
      case "anthropic" -> ANTHROPIC;
      case "openai" -> OPENAI;
      case "gemini" -> GEMINI;
      default -> PLAIN;
    };
  }

  /// What [Axis#TOKENS] counts of a request.
  ///
  /// @param cached of `input`, what was read from the prompt cache
  /// @param cap the output cap; -1 for none
  long tokens(long input, long cached, long output, long cap) {
    return this == OPENAI ? Math.max(input, cap) : input(input, cached) + output;
  }

  /// What [Axis#INPUT_TOKENS] counts of it.
  ///
  /// @param cached of `input`, what was read from the prompt cache
  long input(long input, long cached) {
    return this == ANTHROPIC ? input - cached : input;
  }
}
