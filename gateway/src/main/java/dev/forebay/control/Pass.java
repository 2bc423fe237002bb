package dev.forebay.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the token of a link admits to, once. Immutable; the token is not here.
///
/// @param personId whom a sign-in link signs in; null for the other kinds
/// @param email whom an invitation is for; empty for the other kinds
/// @param role what the one who uses it becomes
/// @param issuedBy who made it, by e-mail address; empty when Forebay did
public record Pass(
    String workspace,
    String id,
    Kind kind,
    @Nullable String personId,
    String email,
    Role role,
    String issuedBy,
    Instant createdAt,
    Instant expiresAt) {

  /// What a pass is for.
  public enum Kind {
    /// Makes the owner's account on a fresh install.
    SET_UP,
    /// Signs one person in.
    SIGN_IN,
    /// Makes an account for somebody invited.
    INVITATION
  }

  /// This pass with other times.
  public Pass withTimes(Instant created, Instant expires) {
    return new Pass(workspace, id, kind, personId, email, role, issuedBy, created, expires);
  }
}
