package dev.forebay.dialect.verdict;

import org.jspecify.annotations.Nullable;

/// Reads whole numbers and spans of time out of headers, without exceptions and without allocating.
///
/// A span is written as Go writes it, `(number unit)+` with the units h, m, s, ms, us, µs and ns
/// (`6m0s`, `23h55m16.126s`, `120ms`), or as a bare number of seconds.
final class Spans {

  static final long UNKNOWN = -1;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  // Far beyond any limit's period; keeps every product below within a long.
  private static final long LONGEST_SECONDS = 10L * 366 * 24 * 3600;
  private static final long LONGEST_NANOS = LONGEST_SECONDS * NANOS_PER_SECOND;
  private static final int FRACTION_DIGITS = 9;

  private Spans() {}

  /// A non-negative whole number; a negative one counts as 0, anything else is [#UNKNOWN].
  static long number(@Nullable String text) {
    if (text == null) {
      return UNKNOWN;
    }
    int end = text.length();
    int i = 0;
    while (i < end && text.charAt(i) == ' ') {
      i++;
    }
    while (end > i && text.charAt(end - 1) == ' ') {
      end--;
    }
    boolean negative = i < end && text.charAt(i) == '-';
    if (negative) {
      i++;
    }
    if (i == end) {
      return UNKNOWN;
    }
    long value = 0;
    for (; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return UNKNOWN;
      }
      value = value > (Long.MAX_VALUE - 9) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    return negative ? 0 : value;
  }

  /// A whole header value as nanoseconds.
  static long nanos(@Nullable String text) {
    return text == null ? UNKNOWN : nanos(text, 0, NANOS_PER_SECOND, true);
  }

  /// A bare number of milliseconds, which may have a fraction, as nanoseconds.
  static long millis(@Nullable String text) {
    return text == null ? UNKNOWN : nanos(text, 0, 1_000_000L, true);
  }

  /// The span at the beginning of a text, from `start` on, whatever follows it.
  static long leading(String text, int start) {
    return nanos(text, start, NANOS_PER_SECOND, false);
  }

  private static long nanos(String text, int start, long bareUnit, boolean whole) {
    int length = text.length();
    int i = start;
    while (i < length && text.charAt(i) == ' ') {
      i++;
    }
    long total = 0;
    boolean any = false;
    while (i < length && isDigit(text.charAt(i))) {
      long integer = 0;
      while (i < length && isDigit(text.charAt(i))) {
        integer = Math.min(integer * 10 + (text.charAt(i) - '0'), LONGEST_NANOS);
        i++;
      }
      long fraction = 0;
      long scale = 1;
      // A point that no digit follows ends a sentence, not the integer part.
      if (i + 1 < length && text.charAt(i) == '.' && isDigit(text.charAt(i + 1))) {
        i++;
        for (int digits = 0; i < length && isDigit(text.charAt(i)); i++, digits++) {
          if (digits < FRACTION_DIGITS) {
            fraction = fraction * 10 + (text.charAt(i) - '0');
            scale *= 10;
          }
        }
      }
      long unit = unit(text, i);
      boolean bare = unit == UNKNOWN;
      if (bare && any) {
        return whole ? UNKNOWN : total;
      }
      if (bare) {
        unit = bareUnit;
      } else {
        i += unitLength(text, i);
      }
      long part =
          integer > LONGEST_NANOS / unit
              ? LONGEST_NANOS
              : integer * unit + fraction * (unit / scale) + fraction * (unit % scale) / scale;
      total = Math.min(total + part, LONGEST_NANOS);
      any = true;
      if (bare) {
        break;
      }
    }
    if (!any) {
      return UNKNOWN;
    }
    if (whole) {
      while (i < length && text.charAt(i) == ' ') {
        i++;
      }
      if (i < length) {
        return UNKNOWN;
      }
    }
    return total;
  }

  private static long unit(String text, int i) {
    if (i >= text.length()) {
      return UNKNOWN;
    }
    boolean seconds = i + 1 < text.length() && text.charAt(i + 1) == 's';
    return switch (text.charAt(i)) {
      case 'h' -> 3600 * NANOS_PER_SECOND;
      case 'm' -> seconds ? 1_000_000L : 60 * NANOS_PER_SECOND;
      case 's' -> NANOS_PER_SECOND;
      case 'u', 'µ', 'μ' -> seconds ? 1_000L : UNKNOWN;
      case 'n' -> seconds ? 1L : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private static int unitLength(String text, int i) {
    return switch (text.charAt(i)) {
      case 'h', 's' -> 1;
      case 'm' -> i + 1 < text.length() && text.charAt(i + 1) == 's' ? 2 : 1;
      default -> 2;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
