package dev.forebay.dialect;

import java.util.Arrays;

/// A byte sequence to look for [1]. *Immutable.*
///
/// [1] R. N. Horspool, Practical fast searching in strings, Software: Practice and Experience
/// 10(6), 1980.
final class Pattern {

  private final byte[] bytes;

  /// How far the window may move, by its last byte.
  private final int[] shift = new int[256];

  Pattern(byte[] bytes) {
    this.bytes = bytes;
    Arrays.fill(shift, bytes.length);
    for (int i = 0; i < bytes.length - 1; i++) {
      shift[bytes[i] & 0xff] = bytes.length - 1 - i;
    }
  }

  int length() {
    return bytes.length;
  }

  /// Where the sequence begins between `from` and `to`; -1 when it is not there.
  int find(byte[] array, int from, int to) {
    int last = bytes.length - 1;
    byte closing = bytes[last];
    int end = from + last;
    while (end < to) {
      byte b = array[end];
      if (b == closing && isAt(array, end - last)) {
        return end - last;
      }
      end += shift[b & 0xff];
    }
    return -1;
  }

  private boolean isAt(byte[] array, int from) {
    for (int i = bytes.length - 2; i >= 0; i--) {
      if (array[from + i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
