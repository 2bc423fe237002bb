package dev.forebay.dialect.verdict;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads points in time out of headers as nanoseconds from now, without exceptions and without
/// allocating; what has passed is 0.
final class Moments {

  private static final long SECONDS_PER_DAY = 86_400;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long FARTHEST_SECONDS = 10L * 366 * SECONDS_PER_DAY;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private Moments() {}

  /// RFC 3339, such as `2025-08-21T12:40:59Z` or `2025-08-21T14:40:59.5+02:00`.
  static long untilRfc3339(@Nullable String text, Instant now) {
    if (text == null || text.length() < 20) {
      return Spans.UNKNOWN;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    int time = timeOfDay(text, 11);
    char separator = text.charAt(10);
    if (!isDate(year, month, day)
        || time < 0
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (separator != 'T' && separator != 't' && separator != ' ')) {
      return Spans.UNKNOWN;
    }
    int i = 19;
    int nanos = 0;
    if (text.charAt(i) == '.') {
      int scale = 100_000_000;
      for (i++; i < text.length() && isDigit(text.charAt(i)); i++, scale /= 10) {
        nanos += (text.charAt(i) - '0') * scale;
      }
    }
    if (i >= text.length()) {
      return Spans.UNKNOWN;
    }
    int offset = 0;
    char zone = text.charAt(i);
    if (zone == '+' || zone == '-') {
      int hours = digits(text, i + 1, 2);
      int minutes = digits(text, i + 4, 2);
      if (hours < 0 || minutes < 0) {
        return Spans.UNKNOWN;
      }
      offset = (zone == '+' ? 1 : -1) * (hours * 3600 + minutes * 60);
    } else if (zone != 'Z' && zone != 'z') {
      return Spans.UNKNOWN;
    }
    return until(epochDay(year, month, day) * SECONDS_PER_DAY + time - offset, nanos, now);
  }

  /// The one form of an HTTP date that may be sent, `Sun, 06 Nov 1994 08:49:37 GMT`.
  static long untilHttpDate(@Nullable String text, Instant now) {
    if (text == null || text.length() != 29 || !text.endsWith(" GMT") || text.charAt(3) != ',') {
      return Spans.UNKNOWN;
    }
    int name = MONTHS.indexOf(text.substring(8, 11));
    int month = name < 0 || name % 3 != 0 ? -1 : name / 3 + 1;
    int year = digits(text, 12, 4);
    int day = digits(text, 5, 2);
    int time = timeOfDay(text, 17);
    if (!isDate(year, month, day) || time < 0) {
      return Spans.UNKNOWN;
    }
    return until(epochDay(year, month, day) * SECONDS_PER_DAY + time, 0, now);
  }

  /// Unix time in seconds.
  static long untilUnixSeconds(@Nullable String text, Instant now) {
    long seconds = Spans.number(text);
    return seconds < 0 ? Spans.UNKNOWN : until(seconds, 0, now);
  }

  private static long until(long epochSecond, int nano, Instant now) {
    long seconds = epochSecond - now.getEpochSecond();
    if (seconds > FARTHEST_SECONDS) {
      seconds = FARTHEST_SECONDS;
    }
    return Math.max(0, seconds < -1 ? 0 : seconds * NANOS_PER_SECOND + nano - now.getNano());
  }

  private static int timeOfDay(String text, int at) {
    int hours = digits(text, at, 2);
    int minutes = digits(text, at + 3, 2);
    int seconds = digits(text, at + 6, 2);
    boolean valid =
        hours >= 0
            && hours <= 24
            && minutes >= 0
            && minutes < 60
            && seconds >= 0
            && seconds <= 60
            && text.charAt(at + 2) == ':'
            && text.charAt(at + 5) == ':';
    return valid ? hours * 3600 + minutes * 60 + seconds : -1;
  }

  private static boolean isDate(int year, int month, int day) {
    return year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar, by counting years from March [1].
  ///
  /// [1] H. Hinnant, chrono-Compatible Low-Level Date Algorithms, 2013.
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int digits(String text, int at, int count) {
    if (at + count > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + count; i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
