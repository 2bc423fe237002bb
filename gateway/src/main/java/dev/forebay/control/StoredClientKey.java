package dev.forebay.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A client key as the database keeps it: its digest, never the key. Immutable.
///
/// @param hash SHA-256 of the key in lower-case hex; unique over all workspaces, because it is what
///   tells which workspace a caller belongs to
/// @param suffix the end of the key, shown to tell keys apart
/// @param revokedAt null while the key is valid
public record StoredClientKey(
    String workspace,
    String id,
    String name,
    String hash,
    String suffix,
    Instant createdAt,
    @Nullable Instant revokedAt) {}
