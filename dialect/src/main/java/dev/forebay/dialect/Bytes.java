package dev.forebay.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Searches in byte arrays, eight bytes at a time [1].
///
/// A byte that a search looks for becomes zero by exclusive or; `~((x & 7f…) + 7f…) | x | 7f…)`
/// then has the top bit set in exactly the bytes that are zero.
///
/// [1] H. S. Warren, Hacker's Delight, 2nd edition, 2012, section 6-1.
final class Bytes {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final long LOWS = 0x7f7f7f7f7f7f7f7fL;

  private Bytes() {}

  /// Eight bytes from a position on, the first being the lowest.
  static long word(byte[] array, int at) {
    return (long) LONG.get(array, at);
  }

  /// The bytes of a text as [#word] reads them, up to eight.
  static long wordOf(String text) {
    long word = 0;
    for (int i = 0; i < text.length(); i++) {
      word |= (long) text.charAt(i) << 8 * i;
    }
    return word;
  }

  /// The top bit of every byte of the word that equals `b`.
  static long matches(long word, byte b) {
    long x = word ^ (b & 0xffL) * ONES;
    return ~((x & LOWS) + LOWS | x | LOWS);
  }

  /// The index in a word of the first byte that a match names.
  static int firstOf(long matches) {
    return Long.numberOfTrailingZeros(matches) >>> 3;
  }

  /// Where the next line feed or carriage return is; `to` when there is none.
  static int newline(byte[] array, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = word(array, i);
      // Lines hold text: below 0x0e there is next to nothing but the two.
      long low = word - 0x0e * ONES & ~word & TOPS;
      if (low != 0) {
        int hit = i + firstOf(low);
        if (array[hit] == '\n' || array[hit] == '\r') {
          return hit;
        }
        i = hit - 7;
      }
    }
    for (; i < to; i++) {
      if (array[i] == '\n' || array[i] == '\r') {
        return i;
      }
    }
    return to;
  }

  /// Inside a JSON string: where the next quote or backslash is; `to` when there is none.
  static int quoteOrEscape(byte[] array, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = word(array, i);
      long hits = matches(word, (byte) '"') | matches(word, (byte) '\\');
      if (hits != 0) {
        return i + firstOf(hits);
      }
    }
    for (; i < to; i++) {
      if (array[i] == '"' || array[i] == '\\') {
        return i;
      }
    }
    return to;
  }

  /// Outside of JSON strings: where the next quote, brace or bracket is; `to` when there is none.
  static int structure(byte[] array, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = word(array, i);
      // Brackets and braces differ in one bit only.
      long folded = word | 0x20 * ONES;
      long hits =
          matches(folded, (byte) '{') | matches(folded, (byte) '}') | matches(word, (byte) '"');
      if (hits != 0) {
        return i + firstOf(hits);
      }
    }
    for (; i < to; i++) {
      byte b = array[i];
      if (b == '"' || (b | 0x20) == '{' || (b | 0x20) == '}') {
        return i;
      }
    }
    return to;
  }

  /// Behind the string that opens before `from`; `to` when it does not end.
  static int stringEnd(byte[] array, int from, int to) {
    int i = from;
    while (i + 8 <= to) {
      long word = word(array, i);
      long hits = matches(word, (byte) '"') | matches(word, (byte) '\\');
      int next = 8;
      while (hits != 0) {
        int hit = firstOf(hits);
        if (array[i + hit] == '"') {
          return i + hit + 1;
        }
        // What is escaped ends nothing.
        next = Math.max(8, hit + 2);
        hits = hit >= 6 ? 0 : hits & -1L << 8 * (hit + 2);
      }
      i += next;
    }
    for (; i < to; i++) {
      if (array[i] == '"') {
        return i + 1;
      }
      i += array[i] == '\\' ? 1 : 0;
    }
    return to;
  }

  /// The first byte from a position on that is no JSON white space.
  static int skipSpace(byte[] array, int from, int to) {
    int i = from;
    while (i < to && isSpace(array[i])) {
      i++;
    }
    return i;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  static boolean startsWith(byte[] array, int from, int to, byte[] prefix) {
    if (to - from < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (array[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
