package dev.forebay.pool;

/// One limit of a limit group for the models of one group. Thread-safe; taking and giving back are
/// lock-free.
abstract sealed class Limit permits RateLimit, QuotaWindow, LearnedLimit {

  final Axis axis;
  final Period period;

  Limit(Axis axis, Period period) {
    this.axis = axis;
    this.period = period;
  }

  /// Takes `units` if they fit now.
  abstract boolean take(long units, long now);

  /// Gives back what was taken at `takenAt` for an attempt that did not begin.
  abstract void giveBack(long units, long takenAt);

  /// The attempt that took `taken` at `takenAt` is over and spent `spent`.
  ///
  /// @param read whether a reading of this limit came with its answer
  abstract void settle(long taken, long spent, long takenAt, boolean read);

  /// What had been taken before now, to tell later what was taken since.
  long mark() {
    return 0;
  }

  /// When `units` may be taken: `now` or earlier when they may at once.
  abstract long freeAt(long units, long now);

  /// Whether `units` would fit now if `inFlight` units had not been taken.
  abstract boolean fitsWithout(long units, long inFlight, long now);

  /// Whether it restricts anything.
  abstract boolean known(long now);

  /// Units per period.
  abstract long limit();

  /// Units left; negative when more was taken than there was.
  abstract long remaining(long now);

  /// When nothing will be missing.
  abstract long fullAt(long now);

  /// Units a minute gives in the long run; 0 when unknown.
  abstract double perMinute();

  abstract Provenance saidBy();

  /// Forgets what is known, on a person's word.
  abstract void forget();
}
