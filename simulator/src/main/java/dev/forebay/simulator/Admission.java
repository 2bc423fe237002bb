package dev.forebay.simulator;

/// Whether a request is let in by the limits of its account and key.
sealed interface Admission {

  /// What is left after this one.
  Headroom headroom();

  record Admitted(Headroom headroom) implements Admission {}

  /// The first limit that is exhausted.
  ///
  /// @param byKey whether it is a limit of the key alone
  /// @param used what of the limit is gone
  /// @param nanosUntilEnough from now until this request would be let in
  record Exhausted(
      Dimension dimension,
      boolean byKey,
      long limit,
      long used,
      long requested,
      long nanosUntilEnough,
      Headroom headroom)
      implements Admission {}
}
