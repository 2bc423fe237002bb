package dev.forebay.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What conversations use of a limit group for one model, in tokens: lately, and what those that
/// began lately are thought to use yet; both [Decayed], over minutes. Thread-safe, lock-free.
///
/// The two longs lie in [Places], so that a home is looked at without its group.
final class Use {

  private static final double RATE = Homes.RATE;
  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

  final Places.Place place;

  Use(Places.Place place) {
    this.place = place;
  }

  /// What was used lately, or is reserved, by the use that lies at `first` of `cells`.
  static double recent(long[] cells, int first, long now) {
    return Decayed.value((long) CELLS.getOpaque(cells, first), now, RATE);
  }

  /// The same, and what is thought to be used yet.
  static double expected(long[] cells, int first, long now) {
    return recent(cells, first, now) + recent(cells, first + 1, now);
  }

  double recent(long now) {
    return recent(place.cells(), place.first(), now);
  }

  /// A conversation uses `tokens`, or when negative does not.
  void add(double tokens, long now) {
    add(place.first(), tokens, now);
  }

  /// A conversation began that is thought to use `tokens` yet.
  void promise(double tokens, long now) {
    add(place.first() + 1, tokens, now);
  }

  private void add(int cell, double tokens, long now) {
    long[] cells = place.cells();
    long before;
    do {
      before = (long) CELLS.getOpaque(cells, cell);
    } while (!CELLS.compareAndSet(
        cells, cell, before, Decayed.plusAtLeastZero(before, now, tokens, RATE)));
  }

  /// Lifts what was used lately to `least` at least.
  void raise(double least, long now) {
    double missing = least - recent(now);
    if (missing > 0) {
      add(missing, now);
    }
  }
}
