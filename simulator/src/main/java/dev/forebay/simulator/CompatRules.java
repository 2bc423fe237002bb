package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// What Google refuses on its OpenAI-compatible surface, which is far less than OpenAI does.
final class CompatRules {

  private CompatRules() {}

  static @Nullable ApiError check(JsonNode body) {
    JsonNode messages = body.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      return GeminiErrors.invalid("messages: at least one message is required");
    }
    for (JsonNode message : messages) {
      switch (JsonText.string(message, "role")) {
        case "system", "developer", "user", "assistant", "tool" -> {}
        default -> {
          return GeminiErrors.invalid("Invalid role: " + message.path("role").asText());
        }
      }
    }
    return null;
  }
}
