package dev.forebay.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What a choice compares of a node: recent tokens, [Decayed], and the attempts in flight with the
/// tokens reserved for them, one long each. Thread-safe, lock-free.
///
/// The two longs lie in [Places] beside those of other nodes.
final class Load {

  private static final int COUNT_SHIFT = 44;
  private static final long TOKENS_MASK = (1L << COUNT_SHIFT) - 1;
  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

  final Places.Place place;

  private final long[] cells;
  private final int usage;
  private final int hold;

  Load(Places.Place place) {
    this.place = place;
    this.cells = place.cells();
    this.usage = place.first();
    this.hold = usage + 1;
  }

  /// The value of the load that lies at `first` of `cells`: recent tokens plus the reserved ones.
  static double value(long[] cells, int first, long now, double rate) {
    double recent = Decayed.value((long) CELLS.getOpaque(cells, first), now, rate);
    return recent + ((long) CELLS.getOpaque(cells, first + 1) & TOKENS_MASK);
  }

  /// The attempts in flight of the load that lies at `first` of `cells`.
  static int inFlight(long[] cells, int first) {
    return (int) ((long) CELLS.getOpaque(cells, first + 1) >>> COUNT_SHIFT);
  }

  double value(long now, double rate) {
    return value(cells, usage, now, rate);
  }

  int inFlight() {
    return inFlight(cells, usage);
  }

  long reserved() {
    return (long) CELLS.getOpaque(cells, hold) & TOKENS_MASK;
  }

  /// An attempt begins that reserves `tokens`.
  void take(long tokens) {
    CELLS.getAndAdd(cells, hold, (1L << COUNT_SHIFT) + tokens);
  }

  /// The attempt that reserved `tokens` ended.
  void giveBack(long tokens) {
    CELLS.getAndAdd(cells, hold, -((1L << COUNT_SHIFT) + tokens));
  }

  void use(long now, double tokens, double rate) {
    long before;
    do {
      before = (long) CELLS.getOpaque(cells, usage);
    } while (!CELLS.compareAndSet(cells, usage, before, Decayed.plus(before, now, tokens, rate)));
  }

  /// Lifts recent usage so that the value is `least` at least.
  void raise(long now, double least, double rate) {
    double missing = least - reserved();
    long before;
    do {
      before = (long) CELLS.getOpaque(cells, usage);
    } while (!CELLS.compareAndSet(
        cells, usage, before, Decayed.raised(before, now, missing, rate)));
  }
}
