package dev.forebay.control;

import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A client key as the database keeps it: its digest, never the key. Immutable.
///
/// @param hash SHA-256 of the key in lower-case hex; unique over all workspaces, because it is what
///   tells which workspace a caller belongs to
/// @param suffix the end of the key, shown to tell keys apart
/// @param ownerId the person who holds it; null when nobody in particular does
/// @param limits how much its caller may use; [ClientLimits#NONE] for no limit
/// @param standIns who may stand in for what it asks for; null for whoever the settings name
/// @param revokedAt null while the key is valid
public record StoredClientKey(
    String workspace,
    String id,
    String name,
    String hash,
    String suffix,
    @Nullable String ownerId,
    ClientLimits limits,
    @Nullable StandIns standIns,
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
    this(workspace, id, name, hash, suffix, null, ClientLimits.NONE, null, createdAt, revokedAt);
  }

  /// This key under another name, with other limits and stand-ins.
  public StoredClientKey with(
      String otherName, ClientLimits otherLimits, @Nullable StandIns others) {
    return new StoredClientKey(
        workspace, id, otherName, hash, suffix, ownerId, otherLimits, others, createdAt, revokedAt);
  }

  /// This key with other times.
  public StoredClientKey withTimes(Instant created, @Nullable Instant revoked) {
    return new StoredClientKey(
        workspace, id, name, hash, suffix, ownerId, limits, standIns, created, revoked);
  }
}
