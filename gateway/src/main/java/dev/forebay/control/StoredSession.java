package dev.forebay.control;

import java.time.Instant;

/// One sign-in as the database keeps it: the digest of its token, never the token. Immutable.
///
/// @param hash SHA-256 of the token in lower-case hex
/// @param lastSeenAt when it was last used, but for at most a minute; its lifetime counts from here
/// @param address where the person signed in from
/// @param agent the browser as it named itself
public record StoredSession(
    String workspace,
    String id,
    String personId,
    String hash,
    Instant createdAt,
    Instant lastSeenAt,
    String address,
    String agent) {

  /// This session, used at another time.
  public StoredSession withTimes(Instant created, Instant lastSeen) {
    return new StoredSession(workspace, id, personId, hash, created, lastSeen, address, agent);
  }
}
