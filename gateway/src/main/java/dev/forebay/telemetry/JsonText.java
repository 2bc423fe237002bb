package dev.forebay.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes JSON into one array that is used again. *Confined to one thread.*
///
/// Names come with their punctuation as ready bytes; only values are formatted.
final class JsonText {

  /// A name may come from a client and be as long as a body; a line stays readable.
  static final int MAX_STRING = 500;

  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] NULL = ascii("null");
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final int LONGEST_NUMBER = 20;
  private static final long NANOS_PER_DOLLAR = 1_000_000_000;
  private static final long MAX_EXACT = 1L << 53;

  private byte[] bytes;
  private int length;

  JsonText(int capacity) {
    bytes = new byte[capacity];
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  JsonText raw(byte[] text) {
    return raw(text, text.length);
  }

  JsonText raw(byte[] text, int count) {
    ensure(count);
    System.arraycopy(text, 0, bytes, length, count);
    length += count;
    return this;
  }

  JsonText raw(char asciiCharacter) {
    ensure(1);
    bytes[length++] = (byte) asciiCharacter;
    return this;
  }

  JsonText value(long number) {
    ensure(LONGEST_NUMBER);
    if (number < 0) {
      bytes[length++] = '-';
      // The smallest number has no positive twin; nothing here counts that far.
      number = Math.max(number, -Long.MAX_VALUE);
      number = -number;
    }
    digits(number, decimals(number));
    return this;
  }

  JsonText value(boolean truth) {
    return raw(truth ? TRUE : FALSE);
  }

  /// Nanoseconds as milliseconds with three decimals.
  JsonText millis(long nanos) {
    return thousandths(Math.max(0, nanos) / 1000);
  }

  /// Nano-dollars as dollars with nine decimals.
  JsonText dollars(long nanos) {
    ensure(LONGEST_NUMBER + 10);
    long whole = Math.max(0, nanos) / NANOS_PER_DOLLAR;
    digits(whole, decimals(whole));
    bytes[length++] = '.';
    digits(Math.max(0, nanos) % NANOS_PER_DOLLAR, 9);
    return this;
  }

  /// A number with three decimals, or `null` when it is none that JSON knows.
  JsonText value(double number) {
    double rounded = Math.rint(number * 1000);
    if (!(Math.abs(rounded) < MAX_EXACT)) {
      return raw(NULL);
    }
    if (rounded < 0) {
      raw('-');
    }
    return thousandths((long) Math.abs(rounded));
  }

  private JsonText thousandths(long number) {
    ensure(LONGEST_NUMBER + 4);
    long whole = number / 1000;
    digits(whole, decimals(whole));
    bytes[length++] = '.';
    digits(number % 1000, 3);
    return this;
  }

  /// A number of `width` digits, with leading zeros.
  JsonText padded(int number, int width) {
    ensure(width);
    digits(number, width);
    return this;
  }

  private void digits(long number, int width) {
    long left = number;
    for (int i = length + width - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    length += width;
  }

  private static int decimals(long number) {
    int decimals = 1;
    for (long left = number / 10; left > 0; left /= 10) {
      decimals++;
    }
    return decimals;
  }

  /// A string in quotes, escaped, in UTF-8, cut after [#MAX_STRING] characters.
  JsonText value(String text) {
    int count = Math.min(text.length(), MAX_STRING);
    // The longest character is an escape of six bytes; a cut one ends with an ellipsis of three.
    ensure(count * 6 + 5);
    bytes[length++] = '"';
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
        bytes[length++] = (byte) c;
      } else {
        i += special(text, i, count);
      }
    }
    if (count < text.length()) {
      utf8('…');
    }
    bytes[length++] = '"';
    return this;
  }

  /// Writes the character at `i` and returns how many more it took.
  private int special(String text, int i, int count) {
    char c = text.charAt(i);
    if (c == '"' || c == '\\') {
      bytes[length++] = '\\';
      bytes[length++] = (byte) c;
    } else if (c <= 0x7f) {
      bytes[length++] = '\\';
      bytes[length++] = 'u';
      bytes[length++] = '0';
      bytes[length++] = '0';
      bytes[length++] = HEX[c >> 4];
      bytes[length++] = HEX[c & 15];
    } else if (Character.isHighSurrogate(c)
        && i + 1 < count
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      utf8(Character.toCodePoint(c, text.charAt(i + 1)));
      return 1;
    } else {
      utf8(Character.isSurrogate(c) ? 0xfffd : c);
    }
    return 0;
  }

  private void utf8(int codePoint) {
    if (codePoint < 0x800) {
      bytes[length++] = (byte) (0xc0 | codePoint >> 6);
    } else {
      if (codePoint < 0x10000) {
        bytes[length++] = (byte) (0xe0 | codePoint >> 12);
      } else {
        bytes[length++] = (byte) (0xf0 | codePoint >> 18);
        bytes[length++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
      }
      bytes[length++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
    }
    bytes[length++] = (byte) (0x80 | codePoint & 0x3f);
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
