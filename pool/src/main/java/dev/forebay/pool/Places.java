package dev.forebay.pool;

import java.util.ArrayList;
import java.util.List;

/// Where pairs of longs lie side by side, so that choosing among thousands touches little memory: a
/// chunk of them is freed when nobody holds a place in it. Thread-safe.
final class Places {

  private static final int SHIFT = 9;
  private static final int SIZE = 1 << SHIFT;
  private static final int MASK = SIZE - 1;

  private long[] chunk = {};
  private int next = SIZE;

  /// Room for two longs.
  ///
  /// @param first the index of the first one; the other one is behind it
  record Place(long[] cells, int first) {}

  /// A place that nobody has.
  synchronized Place next() {
    if (next == SIZE) {
      chunk = new long[2 * SIZE];
      next = 0;
    }
    return new Place(chunk, 2 * next++);
  }

  /// Packs places into an int each. Confined to one thread.
  static final class Packing {

    private final List<long[]> chunks = new ArrayList<>();
    private int last = -1;

    /// What [#cells] and [#first] find the place by.
    int pack(Place place) {
      if (last < 0 || chunks.get(last) != place.cells) {
        last = number(place.cells);
      }
      return (last << SHIFT) + place.first / 2;
    }

    private int number(long[] cells) {
      for (int i = 0; i < chunks.size(); i++) {
        if (chunks.get(i) == cells) {
          return i;
        }
      }
      chunks.add(cells);
      return chunks.size() - 1;
    }

    /// The chunks of all that were packed.
    long[][] chunks() {
      return chunks.toArray(long[][]::new);
    }
  }

  /// The memory in which a packed place lies.
  static long[] cells(long[][] chunks, int packed) {
    return chunks[packed >> SHIFT];
  }

  /// Where in [#cells] its first long is.
  static int first(int packed) {
    return (packed & MASK) << 1;
  }
}
