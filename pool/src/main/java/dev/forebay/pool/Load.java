package dev.forebay.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What a choice compares of a node: recent tokens, [Decayed], and the attempts in flight with the
/// tokens reserved for them, one long each. Thread-safe, lock-free.
///
/// The two longs lie in a [Block] beside those of other nodes, so that the draws of a large pool
/// stay in the processor's cache.
final class Load {

  private static final int COUNT_SHIFT = 44;
  private static final long TOKENS_MASK = (1L << COUNT_SHIFT) - 1;
  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] cells;
  private final int usage;
  private final int hold;

  private Load(long[] cells, int place) {
    this.cells = cells;
    this.usage = 2 * place;
    this.hold = 2 * place + 1;
  }

  /// Where loads lie side by side: a block is freed when the last of its nodes is. Thread-safe.
  static final class Block {

    static final int SHIFT = 9;
    static final int MASK = (1 << SHIFT) - 1;

    private static final int SIZE = 1 << SHIFT;

    private long[] cells = {};
    private int next = SIZE;

    synchronized Load load() {
      if (next == SIZE) {
        cells = new long[2 * SIZE];
        next = 0;
      }
      return new Load(cells, next++);
    }
  }

  /// The memory this lies in.
  long[] cells() {
    return cells;
  }

  /// Where in [#cells] it lies.
  int place() {
    return usage / 2;
  }

  /// The value of the load that lies at `place` of `cells`: recent tokens plus the reserved ones.
  static double value(long[] cells, int place, long now, double rate) {
    double recent = Decayed.value((long) CELLS.getOpaque(cells, 2 * place), now, rate);
    return recent + ((long) CELLS.getOpaque(cells, 2 * place + 1) & TOKENS_MASK);
  }

  /// The attempts in flight of the load that lies at `place` of `cells`.
  static int inFlight(long[] cells, int place) {
    return (int) ((long) CELLS.getOpaque(cells, 2 * place + 1) >>> COUNT_SHIFT);
  }

  double value(long now, double rate) {
    return value(cells, place(), now, rate);
  }

  int inFlight() {
    return inFlight(cells, place());
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
