package dev.forebay.simulator;

/// What a limit counts, and over what time.
enum Dimension {
  REQUESTS_PER_MINUTE,
  TOKENS_PER_MINUTE,
  INPUT_TOKENS_PER_MINUTE,
  OUTPUT_TOKENS_PER_MINUTE,
  REQUESTS_PER_DAY,
  TOKENS_PER_DAY;

  boolean perDay() {
    return this == REQUESTS_PER_DAY || this == TOKENS_PER_DAY;
  }

  boolean ofRequests() {
    return this == REQUESTS_PER_MINUTE || this == REQUESTS_PER_DAY;
  }
}
