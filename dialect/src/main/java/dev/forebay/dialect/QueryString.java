package dev.forebay.dialect;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The query of a request line: parameters looked up and left out, everything else byte for byte.
final class QueryString {

  private QueryString() {}

  /// Whether a parameter with that name is present, whatever its value.
  static boolean has(@Nullable String query, String name) {
    return last(query, name) != null;
  }

  /// The decoded value of the last parameter with that name; null when there is none.
  static @Nullable String last(@Nullable String query, String name) {
    if (query == null) {
      return null;
    }
    String found = null;
    int from = 0;
    while (from <= query.length()) {
      int to = end(query, from);
      int equals = query.indexOf('=', from);
      int nameEnd = equals < 0 || equals > to ? to : equals;
      if (nameIs(query, from, nameEnd, name)) {
        found = nameEnd == to ? "" : decoded(query.substring(nameEnd + 1, to));
      }
      from = to + 1;
    }
    return found;
  }

  /// The query without the parameters in which Google's API takes a credential.
  static String withoutCredentials(String query) {
    StringBuilder kept = null;
    int from = 0;
    while (from <= query.length()) {
      int to = end(query, from);
      int equals = query.indexOf('=', from);
      int nameEnd = equals < 0 || equals > to ? to : equals;
      boolean credential =
          nameIs(query, from, nameEnd, "key") || nameIs(query, from, nameEnd, "access_token");
      if (credential && kept == null) {
        kept = new StringBuilder(query.length()).append(query, 0, Math.max(0, from - 1));
      } else if (!credential && kept != null) {
        if (!kept.isEmpty()) {
          kept.append('&');
        }
        kept.append(query, from, to);
      }
      from = to + 1;
    }
    return kept == null ? query : kept.toString();
  }

  private static int end(String query, int from) {
    int and = query.indexOf('&', from);
    return and < 0 ? query.length() : and;
  }

  private static boolean nameIs(String query, int from, int to, String name) {
    if (to - from == name.length()) {
      return query.startsWith(name, from);
    }
    // A name may be written with escapes, and must not slip through that way.
    return to - from > name.length()
        && query.indexOf('%', from, to) >= 0
        && decoded(query.substring(from, to)).equals(name);
  }

  /// Percent-decodes as UTF-8; what is no valid escape stays as it is.
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < raw.length; i++) {
      int high = i + 2 < raw.length && raw[i] == '%' ? Character.digit(raw[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
      if (low >= 0) {
        raw[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        raw[length++] = raw[i];
      }
    }
    return new String(raw, 0, length, StandardCharsets.UTF_8);
  }

  /// Percent-encodes what may not stand in a path; slashes stay.
  static String encodedPath(String text) {
    StringBuilder encoded = null;
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int c = raw[i] & 0xff;
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '.'
              || c == '_'
              || c == '~'
              || c == '/'
              || c == ':'
              || c == '@';
      if (!plain && encoded == null) {
        encoded = new StringBuilder(raw.length + 8).append(text, 0, i);
      }
      if (encoded != null) {
        if (plain) {
          encoded.append((char) c);
        } else {
          encoded
              .append('%')
              .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
              .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
        }
      }
    }
    return encoded == null ? text : encoded.toString();
  }
}
