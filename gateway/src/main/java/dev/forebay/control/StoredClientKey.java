package dev.forebay.control;

import dev.forebay.exchange.ClientLimits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A client key as the database keeps it: its digest, never the key. Immutable.
///
/// @param hash SHA-256 of the key in lower-case hex; unique over all workspaces, because it is what
///   tells which workspace a caller belongs to
/// @param suffix the end of the key, shown to tell keys apart
/// @param ownerId the person who holds it; null when nobody in particular does
/// @param limits how much its caller may use; [ClientLimits#NONE] for no limit
/// @param revokedAt null while the key is valid
public record StoredClientKey(
    String workspace,
    String id,
    String name,
    String hash,
    String suffix,
    @Nullable String ownerId,
    ClientLimits limits,
    Instant createdAt,
    @Nullable Instant revokedAt) {

  /// A client key of nobody in particular, without limits.
  public StoredClientKey(
      String workspace,
      String id,
      String name,
      String hash,
      String suffix,
      Instant createdAt,
      @Nullable Instant revokedAt) {
    this(workspace, id, name, hash, suffix, null, ClientLimits.NONE, createdAt, revokedAt);
  }

  /// This key under another name, with other limits.
  public StoredClientKey with(String otherName, ClientLimits otherLimits) {
    return new StoredClientKey(
        workspace, id, otherName, hash, suffix, ownerId, otherLimits, createdAt, revokedAt);
  }

  /// This key with other times.
  public StoredClientKey withTimes(Instant created, @Nullable Instant revoked) {
    return new StoredClientKey(
        workspace, id, name, hash, suffix, ownerId, limits, created, revoked);
  }
}
