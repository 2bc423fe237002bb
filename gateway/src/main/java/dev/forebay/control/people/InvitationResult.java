package dev.forebay.control.people;

import dev.forebay.control.Pass;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;

/// What came of inviting somebody.
public sealed interface InvitationResult {

  /// It is made; its token is known only now.
  record Made(Pass invitation, Secret token) implements InvitationResult {

    /// The token for the link, in clear.
    public String linkToken() {
      return token.reveal(SecretAccess.granted());
    }
  }

  /// A field cannot be as it is.
  record Invalid(String field, String message) implements InvitationResult {}

  /// The person is there already.
  record Conflict(String message) implements InvitationResult {}

  /// The actor's role does not reach that far.
  record Forbidden(String message) implements InvitationResult {}
}
