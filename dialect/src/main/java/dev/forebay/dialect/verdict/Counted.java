package dev.forebay.dialect.verdict;

/// What a limit counts; the names are those of the pool's axes.
public enum Counted {
  REQUESTS,
  /// Input and output together, as the provider counts them.
  TOKENS,
  INPUT_TOKENS,
  OUTPUT_TOKENS
}
