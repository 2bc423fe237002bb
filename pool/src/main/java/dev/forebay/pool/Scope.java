package dev.forebay.pool;

/// How far a refusal reaches.
public enum Scope {
  /// One provider key.
  KEY,
  /// Every key of the limit group, for every model.
  GROUP,
  /// Every key of the limit group, for one model.
  GROUP_MODEL,
  /// Every key of the provider, for one model.
  PROVIDER_MODEL
}
