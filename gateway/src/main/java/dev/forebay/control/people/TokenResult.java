package dev.forebay.control.people;

import dev.forebay.control.ApiToken;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;

/// What came of making an API token.
public sealed interface TokenResult {

  /// It is made; the token itself is known only now.
  record Made(ApiToken token, Secret secret) implements TokenResult {

    /// The token, in clear.
    public String clear() {
      return secret.reveal(SecretAccess.granted());
    }
  }

  /// A field cannot be as it is.
  record Invalid(String field, String message) implements TokenResult {}

  /// The person has as many as one may have.
  record TooMany(String message) implements TokenResult {}
}
