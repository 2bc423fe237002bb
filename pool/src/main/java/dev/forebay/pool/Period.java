package dev.forebay.pool;

/// What a provider's limit is counted over.
public enum Period {
  MINUTE,
  DAY
}
