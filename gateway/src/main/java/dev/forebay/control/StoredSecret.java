package dev.forebay.control;

import dev.forebay.secrets.Secret;

/// What the store could make of a sealed secret.
public sealed interface StoredSecret {

  /// The secret, opened.
  record Opened(Secret secret) implements StoredSecret {}

  /// A secret that the present keyset cannot open; the key exists but cannot serve.
  ///
  /// @param problem which key it is and what to do, for people
  record Unreadable(String problem) implements StoredSecret {}
}
