package dev.forebay.telemetry;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Cells by a small index, each looked up in its family at its first use. *Thread-safe.*
final class Slots<T> {

  private final AtomicReferenceArray<@Nullable T> cells;
  private final IntFunction<T> lookUp;

  /// @param lookUp gives the same cell for an index every time
  Slots(int size, IntFunction<T> lookUp) {
    this.cells = new AtomicReferenceArray<>(size);
    this.lookUp = lookUp;
  }

  T get(int index) {
    T cell = cells.getAcquire(index);
    if (cell == null) {
      cell = lookUp.apply(index);
      cells.setRelease(index, cell);
    }
    return cell;
  }
}
