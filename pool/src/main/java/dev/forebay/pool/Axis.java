package dev.forebay.pool;

/// What a provider's limit counts.
public enum Axis {
  REQUESTS,
  /// Input and output together, as the provider counts them.
  TOKENS,
  INPUT_TOKENS,
  OUTPUT_TOKENS
}
