package dev.forebay.simulator;

import org.jspecify.annotations.Nullable;

/// What a request shows to prove who it is.
sealed interface Credential {

  record Shown(String secret) implements Credential {}

  /// A token that stands for an account.
  ///
  /// @param refusal what is said to it nevertheless; null if it is good
  record Held(KeyAccount key, @Nullable ApiError refusal) implements Credential {}

  /// None, or more than one, or at the wrong place.
  record Unfit(ApiError error) implements Credential {}
}
