package dev.forebay.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A bearer token with which a person's scripts call the control API. Immutable; the token itself
/// is not here.
///
/// @param suffix the end of the token, shown to tell tokens apart
/// @param lastUsedAt null when it was never used; else true to a minute
/// @param expiresAt null when it never expires
public record ApiToken(
    String workspace,
    String id,
    String personId,
    String name,
    String suffix,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant expiresAt) {

  /// This token with other times.
  public ApiToken withTimes(
      Instant created, @Nullable Instant lastUsed, @Nullable Instant expires) {
    return new ApiToken(workspace, id, personId, name, suffix, created, lastUsed, expires);
  }
}
