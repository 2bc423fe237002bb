package dev.forebay.exchange;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes request ids: `fb_` and 24 characters of Crockford's base 32, of which the first nine are
/// the time in milliseconds and the others chance. They sort by time, and a request can be found by
/// its id without an index.
public final class RequestIds {

  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final String PREFIX = "fb_";
  private static final int LENGTH = 27;
  private static final int TIME = 9;
  private static final int BITS = 5;

  private RequestIds() {}

  /// A new id.
  public static String next(Instant now, RandomGenerator random) {
    char[] id = new char[LENGTH];
    PREFIX.getChars(0, PREFIX.length(), id, 0);
    long millis = now.toEpochMilli();
    for (int i = PREFIX.length() + TIME - 1; i >= PREFIX.length(); i--) {
      id[i] = ALPHABET[(int) (millis & 31)];
      millis >>>= BITS;
    }
    fill(id, PREFIX.length() + TIME, 12, random.nextLong());
    fill(id, PREFIX.length() + TIME + 12, 3, random.nextLong());
    return new String(id);
  }

  private static void fill(char[] id, int from, int count, long bits) {
    long left = bits;
    for (int i = from; i < from + count; i++) {
      id[i] = ALPHABET[(int) (left & 31)];
      left >>>= BITS;
    }
  }

  /// When requests arrived whose ids begin like this; null when the text is no beginning of an id.
  public static @Nullable Span span(String beginning) {
    if (!beginning.startsWith(PREFIX) || beginning.length() > LENGTH) {
      return null;
    }
    long first = 0;
    int digits = Math.min(TIME, beginning.length() - PREFIX.length());
    for (int i = 0; i < digits; i++) {
      int value = value(beginning.charAt(PREFIX.length() + i));
      if (value < 0) {
        return null;
      }
      first = first << BITS | value;
    }
    int missing = BITS * (TIME - digits);
    return new Span(
        Instant.ofEpochMilli(first << missing), Instant.ofEpochMilli((first + 1) << missing));
  }

  /// A span of time.
  ///
  /// @param from included
  /// @param to excluded
  public record Span(Instant from, Instant to) {}

  private static int value(char c) {
    for (int i = 0; i < ALPHABET.length; i++) {
      if (ALPHABET[i] == c) {
        return i;
      }
    }
    return -1;
  }
}
