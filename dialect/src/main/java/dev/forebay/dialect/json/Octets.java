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

  /// The top bit of every byte that is not ASCII.
  static long beyondAscii(long octets) {
    return octets & TOPS;
  }

  /// The index of the first byte that was found.
  static int first(long found) {
    return Long.numberOfTrailingZeros(found) >>> 3;
  }
}
