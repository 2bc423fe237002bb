package dev.forebay.bench.goodput;

/// What a provider's limit counts.
enum Axis {
  REQUESTS,
  /// Admission tokens, for providers that do not tell input and output apart.
  TOKENS,
  INPUT,
  OUTPUT,
  REQUESTS_PER_DAY
}
