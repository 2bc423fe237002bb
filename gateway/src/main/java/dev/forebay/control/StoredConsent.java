package dev.forebay.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt to connect an account, between leaving for Google and coming back. Immutable.
///
/// @param stateHash the digest of the state that Google hands back
/// @param verifier the secret behind the code challenge
/// @param begunBy the session or the API token that may finish it
/// @param redirectUri where Google sends the browser, which the code is bound to
/// @param clientId the OAuth client that asked
/// @param keyId the account to reconnect; null for a new one
/// @param usedAt when something came back for it; null before
public record StoredConsent(
    String workspace,
    String id,
    String stateHash,
    StoredSecret verifier,
    String begunBy,
    String redirectUri,
    String clientId,
    @Nullable String keyId,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant usedAt) {

  /// The same with another state of its verifier.
  public StoredConsent withVerifier(StoredSecret other) {
    return new StoredConsent(
        workspace,
        id,
        stateHash,
        other,
        begunBy,
        redirectUri,
        clientId,
        keyId,
        createdAt,
        expiresAt,
        usedAt);
  }

  /// The same with these times.
  public StoredConsent withTimes(Instant created, Instant expires, @Nullable Instant used) {
    return new StoredConsent(
        workspace,
        id,
        stateHash,
        verifier,
        begunBy,
        redirectUri,
        clientId,
        keyId,
        created,
        expires,
        used);
  }
}
