package dev.forebay.dialect.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Short strings that are known by their bytes, so that they need not be made again. *Thread-safe.*
///
/// What is remembered comes from callers, so the table is bounded and what is new merely takes the
/// place of something else: whoever sends names that collide pays for a string each, and nobody
/// waits for a chain to be searched.
///
/// What threads see of each other is up to chance: an entry is immutable and either there or not.
final class Symbols {

  /// Longer ones are not kept.
  static final int LONGEST = 32;

  private static final int BITS = 11;

  /// Odd, with bits all over: multiplying by it carries every byte up to the top [1].
  ///
  /// [1] D. E. Knuth, The Art of Computer Programming, volume 3, section 6.4: the golden ratio.
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final @Nullable Entry[] table = new @Nullable Entry[1 << BITS];

  /// A string and its bytes, padded with zeros, which it has none of.
  private record Entry(long first, long second, long third, long fourth, String text) {

    boolean is(long first, long second, long third, long fourth) {
      return this.first == first
          && (this.second ^ second | this.third ^ third | this.fourth ^ fourth) == 0;
    }
  }

  /// A table that has these from the start.
  Symbols(String... texts) {
    for (String text : texts) {
      byte[] array = text.getBytes(StandardCharsets.US_ASCII);
      add(array, 0, array.length, array.length, text);
    }
  }

  /// What stands between two places of a document, in valid UTF-8 without escapes; from now on it
  /// is known.
  ///
  /// @param end of the document
  String of(byte[] array, int from, int to, int end) {
    String known = known(array, from, to, end);
    if (known != null) {
      return known;
    }
    String text = new String(array, from, to - from, StandardCharsets.UTF_8);
    if (to - from <= LONGEST) {
      add(array, from, to, end, text);
    }
    return text;
  }

  /// The same, but null when it is not known.
  @Nullable String known(byte[] array, int from, int to, int end) {
    int length = to - from;
    if (length > LONGEST) {
      return null;
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
      return entry.text;
    }
    Entry neighbour = table[slot ^ 1];
    return neighbour != null && neighbour.is(first, second, third, fourth) ? neighbour.text : null;
  }

  private void add(byte[] array, int from, int to, int end, String text) {
    long first = padded(array, from, to, end);
    long second = padded(array, from + Octets.SIZE, to, end);
    long third = padded(array, from + 2 * Octets.SIZE, to, end);
    long fourth = padded(array, from + 3 * Octets.SIZE, to, end);
    int slot = slot(first, second, third, fourth);
    table[slot ^ 1] = table[slot];
    table[slot] = new Entry(first, second, third, fourth, text);
  }

  private static int slot(long first, long second, long third, long fourth) {
    long all = first ^ Long.rotateLeft(second, 19) ^ Long.rotateLeft(third, 37) ^ fourth << 7;
    return (int) (all * GOLDEN >>> Long.SIZE - BITS);
  }

  /// Up to eight bytes, zeros behind them.
  private static long padded(byte[] array, int from, int to, int end) {
    int length = Math.min(to - from, Octets.SIZE);
    if (from + Octets.SIZE <= end && length > 0) {
      return Octets.get(array, from) & -1L >>> Long.SIZE - 8 * length;
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (array[from + i] & 0xffL) << 8 * i;
    }
    return word;
  }
}
