package dev.forebay.transport.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Percent-encoding in paths and queries.
final class PercentCode {

  private PercentCode() {}

  /// One segment of a path; null when it is no valid encoding.
  static @Nullable String decoded(String segment) {
    try {
      // In a path a plus sign is itself.
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The parameters of a query; of several with one name the last counts. Null when something in it
  /// is no valid encoding.
  static @Nullable Map<String, String> query(@Nullable String query) {
    Map<String, String> values = new HashMap<>();
    if (query == null || query.isEmpty()) {
      return values;
    }
    try {
      for (String pair : query.split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.put(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
      return values;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
