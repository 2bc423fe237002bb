package dev.forebay.dialect.json;

/// Finds the end of JSON strings and checks them on the way, UTF-8 included. *Confined to one
/// call.*
///
/// It tells of the string passed last.
final class StringScan {

  /// Which letters are an escape on their own. Which of them comes next nobody can foresee, least
  /// of all a processor.
  private static final boolean[] IS_ESCAPE = new boolean[256];

  static {
    for (char letter : "\"\\/bfnrt".toCharArray()) {
      IS_ESCAPE[letter] = true;
    }
  }

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
    separators = false;
    boolean escaped = false;
    int i = from;
    while (i + Octets.SIZE <= end) {
      long octets = Octets.get(array, i);
      long special = Octets.special(octets);
      int behind = i + Octets.SIZE;
      while (special != 0) {
        int index = Octets.first(special);
        int b = Octets.at(octets, index);
        if (b == '"') {
          escapes = escaped;
          return i + index + 1;
        }
        // What is common needs no more than the octets at hand.
        if (index < Octets.SIZE - 1) {
          int follower = Octets.at(octets, index + 1);
          if (b == '\\' && IS_ESCAPE[follower]) {
            escaped = true;
            special = Octets.behind(special, index + 1);
            continue;
          }
          if (b >= 0xc2 && b < 0xe0 && isTail(follower)) {
            special = Octets.behind(special, index + 1);
            continue;
          }
        }
        int next = next(array, i + index, end);
        if (next < 0) {
          return ~(i + index);
        }
        escaped |= b == '\\';
        behind = Math.max(behind, next);
        special = next < i + Octets.SIZE ? Octets.behind(special, next - i - 1) : 0;
      }
      i = behind;
    }
    escapes = escaped;
    while (i < end) {
      if (array[i] == '"') {
        return i + 1;
      }
      int next = next(array, i, end);
      if (next < 0) {
        return ~i;
      }
      i = next;
    }
    return ~end;
  }

  /// Behind the character, no quote, that begins here; -1 when it cannot be in a string.
  private int next(byte[] array, int at, int end) {
    byte b = array[at];
    if (b == '\\') {
      escapes = true;
      return escape(array, at + 1, end);
    }
    if (b < 0) {
      return character(array, at, end);
    }
    return b < ' ' ? -1 : at + 1;
  }

  /// Behind the escape whose letter stands here; -1 when it is none.
  private static int escape(byte[] array, int letter, int end) {
    if (letter >= end) {
      return -1;
    }
    byte b = array[letter];
    if (IS_ESCAPE[b & 0xff]) {
      return letter + 1;
    }
    int behind = letter + 5;
    if (b != 'u' || behind > end) {
      return -1;
    }
    for (int i = letter + 1; i < behind; i++) {
      if (Character.digit(array[i], 16) < 0) {
        return -1;
      }
    }
    return behind;
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

  private static boolean isTail(int b) {
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
