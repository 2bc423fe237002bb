package dev.forebay.simulator;

/// What a request shows to prove who it is.
sealed interface Credential {

  record Shown(String secret) implements Credential {}

  /// None, or more than one, or at the wrong place.
  record Unfit(ApiError error) implements Credential {}
}
