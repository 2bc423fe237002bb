package dev.forebay.control;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a connected account beside its provider key. Immutable.
///
/// @param kind never [KeyKind#API_KEY]
/// @param email what people know it by
/// @param subject who it is at Google, whatever the e-mail becomes
/// @param clientId the OAuth client that it was connected with; empty for service accounts
/// @param scopes what was granted
/// @param project whose quota it uses; null until it is chosen
/// @param connectedAt when its person last consented
/// @param expiresAt when the refresh token ends at the latest; null when nobody said
/// @param endedAt when Google refused the refresh token; null while it is good
/// @param ending why, in one clause; empty while it is good
public record StoredAccount(
    KeyKind kind,
    String email,
    String subject,
    String clientId,
    Set<String> scopes,
    @Nullable String project,
    Instant connectedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant endedAt,
    String ending) {

  public StoredAccount {
    scopes = Set.copyOf(scopes);
    for (String scope : scopes) {
      if (scope.isBlank() || scope.indexOf('\n') >= 0) {
        throw new IllegalArgumentException(
            "scopes: \"" + scope + "\" (expected: a scope, on one line)");
      }
    }
  }

  /// The same with another project.
  public StoredAccount withProject(String other) {
    return new StoredAccount(
        kind, email, subject, clientId, scopes, other, connectedAt, expiresAt, endedAt, ending);
  }

  /// The same after Google refused it.
  public StoredAccount withEnding(Instant at, String why) {
    return new StoredAccount(
        kind, email, subject, clientId, scopes, project, connectedAt, expiresAt, at, why);
  }

  /// The same, good again.
  public StoredAccount withoutEnding() {
    return new StoredAccount(
        kind, email, subject, clientId, scopes, project, connectedAt, expiresAt, null, "");
  }

  /// The same with these times.
  public StoredAccount withTimes(
      Instant connected, @Nullable Instant expires, @Nullable Instant ended) {
    return new StoredAccount(
        kind, email, subject, clientId, scopes, project, connected, expires, ended, ending);
  }
}
