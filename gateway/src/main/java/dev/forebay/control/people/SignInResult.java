package dev.forebay.control.people;

import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.time.Duration;

/// What came of asking to be let in.
public sealed interface SignInResult {

  /// A new session.
  ///
  /// @param token what the cookie holds from now on
  record SignedIn(Session session, Secret token) implements SignInResult {

    /// The cookie's value, in clear.
    public String cookie() {
      return token.reveal(SecretAccess.granted());
    }
  }

  /// The e-mail address or the password is wrong; which of them is nobody's business.
  record WrongPassword() implements SignInResult {}

  /// Too many tries; the next one is looked at after this time.
  record TooManyAttempts(Duration retryAfter) implements SignInResult {}

  /// The link's token is unknown, used or expired.
  record BadToken() implements SignInResult {}

  /// A field cannot be as it is.
  record Invalid(String field, String message) implements SignInResult {}

  /// Somebody was there before.
  record Conflict(String message) implements SignInResult {}
}
