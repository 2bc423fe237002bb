package dev.forebay.pool;

/// A limit that a refusal named as the one in the way.
///
/// @param limit units per period; above zero
/// @param used what of it was gone; -1 for unknown
public record Quota(Axis axis, Period period, long limit, long used) {

  public Quota {
    if (limit <= 0) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: > 0)");
    }
  }
}
