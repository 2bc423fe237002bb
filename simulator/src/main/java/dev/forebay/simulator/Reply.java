package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// What a surface answers, before any fault bends it.
sealed interface Reply {

  record Refused(ApiError error) implements Reply {}

  /// @param tokens output tokens in it; it waits for them
  record Whole(String contentType, Buffer body, int tokens) implements Reply {}

  /// @param eventsPerSecond paces events of equal weight; 0 paces by tokens
  record Streamed(
      String contentType, List<StreamEvent> events, double eventsPerSecond, ErrorEvents errors)
      implements Reply {}

  /// A stream whose bytes and times are the same for every caller.
  record Prepared(String contentType, Playback playback, ErrorEvents errors) implements Reply {}

  /// JSON that costs no output tokens.
  static Whole json(JsonNode body) {
    return new Whole("application/json", JsonText.bytes(body), 0);
  }
}
