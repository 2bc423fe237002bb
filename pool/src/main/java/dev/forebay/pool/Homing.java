package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// Where a conversation was sent with regard to its home, the limit group that holds its prompt
/// cache.
///
/// @param home the limit group that held the cache; null when none was known, or it is gone
/// @param end what came of it
public record Homing(@Nullable String home, End end) {

  /// What came of the wish to go home.
  public enum End {
    /// No home was known: the least used of a few was taken, and is the home from now on.
    PLACED,
    /// It went home.
    KEPT,
    /// The home was not in the best ready tier, or could not take this request.
    NOT_READY,
    /// The home did more than its share of the work.
    OVERLOADED
  }
}
