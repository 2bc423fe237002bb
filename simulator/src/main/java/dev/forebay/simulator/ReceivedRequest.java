package dev.forebay.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as it arrived.
///
/// @param at by the simulator's clock
/// @param query without the question mark; empty if none
/// @param headers in the order of arrival, names as sent
/// @param body never modified
/// @param secret the key it came with; null when none was known
public record ReceivedRequest(
    Instant at,
    String method,
    String path,
    String query,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    @Nullable String secret) {

  /// The first header of this name, in any case.
  public @Nullable String header(String name) {
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
