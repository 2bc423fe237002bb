package dev.forebay.simulator;

/// What a request asks of the limits before it runs.
///
/// @param tokens admission tokens, for the limits that do not tell input and output apart
/// @param inputTokens for input limits
/// @param cachedTokens input that comes from the cache and counts against no limit
record Demand(long tokens, long inputTokens, long cachedTokens) {

  static final Demand REQUEST_ONLY = new Demand(0, 0, 0);

  double of(Dimension dimension) {
    return switch (dimension) {
      case REQUESTS_PER_MINUTE, REQUESTS_PER_DAY -> 1;
      case TOKENS_PER_MINUTE, TOKENS_PER_DAY -> tokens;
      case INPUT_TOKENS_PER_MINUTE -> inputTokens;
      // Generated tokens are taken as they come; there must only be something left.
      case OUTPUT_TOKENS_PER_MINUTE -> 1;
    };
  }
}
