package dev.forebay.control.people;

import dev.forebay.control.Person;
import dev.forebay.secrets.Tokens;
import java.time.Instant;

/// A person who is signed in. Immutable.
///
/// @param csrfToken what every change made with this session has to carry
/// @param expiresAt when it ends unless it is used before
public record Session(
    String id,
    Person person,
    String csrfToken,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt) {

  /// Whether this is the session's CSRF token.
  public boolean csrf(String presented) {
    return Tokens.same(csrfToken, presented);
  }

  @Override
  public String toString() {
    return "Session[" + id + ", " + person.email() + "]";
  }
}
