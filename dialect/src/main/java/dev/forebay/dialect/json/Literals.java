package dev.forebay.dialect.json;

import dev.forebay.dialect.Slice;
import java.nio.charset.StandardCharsets;

/// What well-formed JSON strings say.
final class Literals {

  private Literals() {}

  /// The text of a string.
  ///
  /// @param literal with its quotes
  static String text(Slice literal) {
    int from = literal.offset() + 1;
    return text(literal.array(), from, literal.offset() + literal.length() - 1);
  }

  /// The text between two quotes.
  static String text(byte[] array, int from, int to) {
    int escape = escape(array, from, to);
    if (escape == to) {
      return new String(array, from, to - from, StandardCharsets.UTF_8);
    }
    // What an escape stands for is never longer than the escape.
    byte[] text = new byte[to - from];
    int size = 0;
    int i = from;
    while (escape < to) {
      System.arraycopy(array, i, text, size, escape - i);
      size += escape - i;
      if (array[escape + 1] == 'u') {
        int c = hex(array, escape + 2);
        i = escape + 6;
        if (Character.isSurrogate((char) c)) {
          boolean pair = Character.isHighSurrogate((char) c) && lowFollows(array, i, to);
          if (!pair) {
            return withLoneSurrogates(array, from, to);
          }
          c = Character.toCodePoint((char) c, (char) hex(array, i + 2));
          i += 6;
        }
        size = put(text, size, c);
      } else {
        text[size++] = (byte) escaped(array[escape + 1]);
        i = escape + 2;
      }
      escape = escape(array, i, to);
    }
    System.arraycopy(array, i, text, size, to - i);
    return new String(text, 0, size + to - i, StandardCharsets.UTF_8);
  }

  /// The same for a text that UTF-8 has no form for.
  private static String withLoneSurrogates(byte[] array, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int i = from;
    for (int escape = escape(array, i, to); escape < to; escape = escape(array, i, to)) {
      text.append(new String(array, i, escape - i, StandardCharsets.UTF_8));
      if (array[escape + 1] == 'u') {
        text.append((char) hex(array, escape + 2));
        i = escape + 6;
      } else {
        text.append(escaped(array[escape + 1]));
        i = escape + 2;
      }
    }
    return text.append(new String(array, i, to - i, StandardCharsets.UTF_8)).toString();
  }

  /// Where the next backslash is; `to` when there is none.
  private static int escape(byte[] array, int from, int to) {
    int i = from;
    for (; i + Octets.SIZE <= to; i += Octets.SIZE) {
      long found = Octets.equal(Octets.get(array, i), '\\');
      if (found != 0) {
        return i + Octets.first(found);
      }
    }
    while (i < to && array[i] != '\\') {
      i++;
    }
    return i;
  }

  private static boolean lowFollows(byte[] array, int at, int to) {
    return at + 6 <= to
        && array[at] == '\\'
        && array[at + 1] == 'u'
        && Character.isLowSurrogate((char) hex(array, at + 2));
  }

  private static char escaped(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) letter;
    };
  }

  /// The number that four hexadecimal digits make.
  private static int hex(byte[] array, int at) {
    int number = 0;
    for (int i = at; i < at + 4; i++) {
      number = number << 4 | Character.digit(array[i], 16);
    }
    return number;
  }

  /// Appends a character, no surrogate, in UTF-8; returns the new size.
  private static int put(byte[] text, int size, int c) {
    int at = size;
    if (c < 0x80) {
      text[at++] = (byte) c;
    } else if (c < 0x800) {
      text[at++] = (byte) (0xc0 | c >> 6);
      text[at++] = tail(c);
    } else if (c < 0x10000) {
      text[at++] = (byte) (0xe0 | c >> 12);
      text[at++] = tail(c >> 6);
      text[at++] = tail(c);
    } else {
      text[at++] = (byte) (0xf0 | c >> 18);
      text[at++] = tail(c >> 12);
      text[at++] = tail(c >> 6);
      text[at++] = tail(c);
    }
    return at;
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | bits & 0x3f);
  }
}
