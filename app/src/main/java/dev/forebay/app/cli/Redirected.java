package dev.forebay.app.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what Google put into the address of whoever it sent back.
final class Redirected {
  private Redirected() {}

  /// The parameters of a query.
  static Map<String, String> query(@Nullable String query) {
    Map<String, String> values = new HashMap<>();
    if (query == null) {
      return values;
    }
    for (String pair : query.split("&")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        values.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /// What somebody pasted: the whole address, or the code alone, which belongs to `state`.
  static Map<String, String> pasted(String text, String state) {
    String stripped = text.strip();
    int question = stripped.indexOf('?');
    if (question < 0) {
      return Map.of("state", state, "code", stripped);
    }
    String query = stripped.substring(question + 1);
    int hash = query.indexOf('#');
    return query(hash < 0 ? query : query.substring(0, hash));
  }
}
