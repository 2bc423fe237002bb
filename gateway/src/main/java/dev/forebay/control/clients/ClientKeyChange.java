package dev.forebay.control.clients;

import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;

/// What came of making or changing a client key.
public sealed interface ClientKeyChange {

  /// It is made, and holds for the next request; its secret is known only now.
  record Made(CallerKey key, Secret secret) implements ClientKeyChange {

    /// The key that callers present, in clear.
    public String clear() {
      return secret.reveal(SecretAccess.granted());
    }
  }

  /// It is done, and holds for the next request.
  record Done(CallerKey key) implements ClientKeyChange {}

  /// A field cannot be as it is.
  record Invalid(String field, String message) implements ClientKeyChange {}

  /// Another key has that already, or the key is revoked.
  record Conflict(String message) implements ClientKeyChange {}

  /// The actor's role does not reach that far.
  record Forbidden(String message) implements ClientKeyChange {}

  /// `forebay.yaml` declares the key.
  record ManagedByFile() implements ClientKeyChange {}

  /// There is no such key, or the actor may not know of it.
  record NotFound() implements ClientKeyChange {}
}
