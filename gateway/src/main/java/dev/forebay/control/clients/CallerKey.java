package dev.forebay.control.clients;

import dev.forebay.control.Person;
import dev.forebay.control.Source;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A client key for people. Immutable.
///
/// @param owner who holds it; null when nobody in particular does
/// @param standIns who may stand in for what it asks for; null for whoever the settings name
/// @param createdAt null for keys of the file
/// @param revokedAt null while it is valid
/// @param lastUsedAt null when no use is known
/// @param today what its caller used since the workspace's midnight, but for the last second
public record CallerKey(
    String id,
    String name,
    String suffix,
    @Nullable Person owner,
    ClientLimits limits,
    @Nullable StandIns standIns,
    Source source,
    @Nullable Instant createdAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt,
    Today today) {

  /// What a caller used in one day.
  public record Today(long requests, long tokens, long nanoDollars) {
    /// Nothing.
    public static final Today NOTHING = new Today(0, 0, 0);
  }
}
