package dev.forebay.dialect.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Eight bytes at a time [1].
///
/// [1] H. S. Warren, Hacker's Delight, 2nd edition, 2012, section 6-1.
final class Octets {

  static final int SIZE = 8;

  /// A one in every byte: times a byte it is eight of them.
  static final long ONES = 0x0101010101010101L;

  private static final long TOPS = 0x8080808080808080L;
  private static final long LOWS = 0x7f7f7f7f7f7f7f7fL;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Octets() {}

  /// Those from a position on, the first being the lowest.
  static long get(byte[] array, int at) {
    return (long) LONG.get(array, at);
  }

  static void put(byte[] array, int at, long octets) {
    LONG.set(array, at, octets);
  }

  /// The top bit of the first byte that equals `b`, and perhaps of others behind it.
  static long equal(long octets, int b) {
    return below(octets ^ b * ONES, 1);
  }

  /// The top bit of the first byte that is below `b`, at most 0x80, and perhaps of others behind
  /// it.
  static long below(long octets, int b) {
    return octets - b * ONES & ~octets & TOPS;
  }

  /// The top bits of exactly those bytes that are not simply themselves in a JSON string: a quote,
  /// a backslash, whatever is below space, and what is not ASCII.
  static long special(long octets) {
    long low = octets & LOWS;
    // Adding carries into the top bit, but for a zero and what is below space.
    long others = (low ^ '"' * ONES) + LOWS & (low ^ '\\' * ONES) + LOWS & low + 0x60 * ONES;
    return (~others | octets) & TOPS;
  }

  /// Those that were found behind an index, without the one there.
  static long behind(long found, int index) {
    return found & -1L << 8 * index << 8;
  }

  /// The byte at an index.
  static int at(long octets, int index) {
    return (int) (octets >>> 8 * index) & 0xff;
  }

  /// The index of the first byte that was found.
  static int first(long found) {
    return Long.numberOfTrailingZeros(found) >>> 3;
  }
}
