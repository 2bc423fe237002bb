package dev.forebay.dialect.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The names of fields that were met before, so that they need not be made again. *Thread-safe.*
///
/// Names come from callers, so the table is bounded and a name that is not found merely takes the
/// place of another: whoever sends names that collide pays for a string each, and nobody waits for
/// a chain to be searched.
///
/// What threads see of each other is up to chance: an entry is immutable and either there or not.
final class FieldNames {

  /// Longer names are not kept.
  static final int LONGEST = 32;

  private static final int BITS = 11;

  /// Odd, with bits all over: multiplying by it carries every byte up to the top [1].
  ///
  /// [1] D. E. Knuth, The Art of Computer Programming, volume 3, section 6.4: the golden ratio.
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final @Nullable Entry[] table = new @Nullable Entry[1 << BITS];

  /// A name and its bytes, padded with zeros, which no name has.
  private record Entry(long first, long second, long third, long fourth, String name) {

    boolean is(long first, long second, long third, long fourth) {
      return this.first == first
          && this.second == second
          && this.third == third
          && this.fourth == fourth;
    }
  }

  /// The name that stands between two places of a document, in valid UTF-8 without escapes.
  ///
  /// @param end of the document
  String of(byte[] array, int from, int to, int end) {
    int length = to - from;
    if (length > LONGEST) {
      return new String(array, from, length, StandardCharsets.UTF_8);
    }
    long first = padded(array, from, to, end);
    long second = 0;
    long third = 0;
    long fourth = 0;
    if (length > Octets.SIZE) {
      second = padded(array, from + Octets.SIZE, to, end);
      if (length > 2 * Octets.SIZE) {
        third = padded(array, from + 2 * Octets.SIZE, to, end);
        fourth = padded(array, from + 3 * Octets.SIZE, to, end);
      }
    }
    int slot = slot(first, second, third, fourth);
    Entry entry = table[slot];
    if (entry != null && entry.is(first, second, third, fourth)) {
      return entry.name;
    }
    Entry neighbour = table[slot ^ 1];
    if (neighbour != null && neighbour.is(first, second, third, fourth)) {
      return neighbour.name;
    }
    String name = new String(array, from, length, StandardCharsets.UTF_8);
    table[slot ^ 1] = entry;
    table[slot] = new Entry(first, second, third, fourth, name);
    return name;
  }

  private static int slot(long first, long second, long third, long fourth) {
    long hash = first * GOLDEN;
    hash = (hash ^ hash >>> 32 ^ second) * GOLDEN;
    hash = (hash ^ hash >>> 32 ^ third) * GOLDEN;
    hash = (hash ^ hash >>> 32 ^ fourth) * GOLDEN;
    return (int) (hash >>> Long.SIZE - BITS);
  }

  /// Up to eight bytes of a name, zeros behind them.
  private static long padded(byte[] array, int from, int to, int end) {
    int length = Math.min(to - from, Octets.SIZE);
    if (length <= 0) {
      return 0;
    }
    if (from + Octets.SIZE <= end) {
      return Octets.get(array, from) & -1L >>> Long.SIZE - 8 * length;
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (array[from + i] & 0xffL) << 8 * i;
    }
    return word;
  }
}
