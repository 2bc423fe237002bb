package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// Where a conversation was sent with regard to its home, the limit group that holds its prompt
/// cache.
///
/// @param home the limit group that held the cache; null when none was known, or it is gone The
///   works are what conversations used of a limit group lately, for its capacity.
///
/// @param end what came of it
/// @param work of the home; of the group that was taken, when no home stood in the tier; -1 when
///   there was nothing to compare
/// @param mean the work of the whole tier, of which a home may do [Affinity#BOUND] times as much;
///   -1 when no home stood in the tier
/// @param other the id of the key that was, or would have been, the next choice; null when none was
///   looked at
/// @param otherWork of its group
public record Homing(
    @Nullable String home,
    End end,
    double work,
    double mean,
    @Nullable String other,
    double otherWork) {

  /// How many times the mean of its tier a home may do.
  public static final double BOUND = Affinity.BOUND;

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
