package dev.forebay.dialect.json;

/// Finds the end of JSON strings and checks them on the way, UTF-8 included. *Confined to one
/// call.*
///
/// It tells of the string passed last.
final class StringScan {

  private static final int SURROGATES = 0xd800;
  private static final int BEHIND_SURROGATES = 0xe000;

  private boolean escapes;
  private boolean separators;

  /// Whether there are escapes in it.
  boolean escapes() {
    return escapes;
  }

  /// Whether U+2028 or U+2029 is in it, not escaped.
  boolean separators() {
    return separators;
  }

  /// Passes over the string whose quote stands before `from`: the place behind its other quote, or
  /// for what breaks off there the bitwise complement of the place.
  ///
  /// @param end of the document
  int pass(byte[] array, int from, int end) {
    escapes = false;
    separators = false;
    int i = from;
    while (true) {
      if (i + Octets.SIZE <= end) {
        long octets = Octets.get(array, i);
        long found =
            Octets.equal(octets, '"')
                | Octets.equal(octets, '\\')
                | Octets.below(octets, ' ')
                | Octets.beyondAscii(octets);
        if (found == 0) {
          i += Octets.SIZE;
          continue;
        }
        i += Octets.first(found);
      } else if (i >= end) {
        return ~end;
      }
      byte b = array[i];
      int next;
      if (b == '"') {
        return i + 1;
      } else if (b == '\\') {
        escapes = true;
        next = escape(array, i + 1, end);
      } else if (b < 0) {
        next = character(array, i, end);
      } else {
        next = b < ' ' ? -1 : i + 1;
      }
      if (next < 0) {
        return ~i;
      }
      i = next;
    }
  }

  /// Behind the escape whose letter stands here; -1 when it is none.
  private static int escape(byte[] array, int letter, int end) {
    if (letter >= end) {
      return -1;
    }
    return switch (array[letter]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> letter + 1;
      case 'u' -> {
        int behind = letter + 5;
        if (behind > end) {
          yield -1;
        }
        for (int i = letter + 1; i < behind; i++) {
          if (Character.digit(array[i], 16) < 0) {
            yield -1;
          }
        }
        yield behind;
      }
      default -> -1;
    };
  }

  /// Behind the characters outside of ASCII that begin here; -1 when the first one has not the one
  /// form that UTF-8 gives it.
  private int character(byte[] array, int from, int end) {
    int i = from;
    do {
      int lead = array[i] & 0xff;
      int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      if (lead < 0xc2 || lead > 0xf4 || i + length > end) {
        return i == from ? -1 : i;
      }
      int tails = array[i + 1] & 0xff;
      int c = lead << 6 | tails & 0x3f;
      boolean whole = isTail(array[i + 1]);
      if (length == 3) {
        c = (c & 0x3ff) << 6 | array[i + 2] & 0x3f;
        whole &= isTail(array[i + 2]) && c >= 0x800;
        whole &= c < SURROGATES || c >= BEHIND_SURROGATES;
        separators |= (c & ~1) == 0x2028;
      } else if (length == 4) {
        // What matters of it are the bits above the last two bytes.
        c &= 0x1ff;
        whole &= isTail(array[i + 2]) && isTail(array[i + 3]) && c >= 0x10 && c < 0x110;
      }
      if (!whole) {
        return i == from ? -1 : i;
      }
      i += length;
    } while (i < end && array[i] < 0);
    return i;
  }

  private static boolean isTail(byte b) {
    return (b & 0xc0) == 0x80;
  }

  /// What is wrong where [#pass] broke off.
  static String problem(byte[] array, int at, int end) {
    if (at >= end) {
      return "it ends within a string";
    }
    byte b = array[at];
    if (b == '\\') {
      int length = at + 1 < end && array[at + 1] == 'u' ? 6 : 2;
      if (at + length > end) {
        return "it ends within an escape";
      }
      StringBuilder escape = new StringBuilder();
      for (int i = at; i < at + length; i++) {
        escape.append(array[i] > ' ' && array[i] < 0x7f ? (char) array[i] : '?');
      }
      return escape + " is no escape";
    }
    return b < 0
        ? "byte 0x%02x begins no character in UTF-8".formatted(b)
        : "byte 0x%02x must be escaped within a string".formatted(b);
  }
}
