package dev.forebay.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Why something was not done. *Immutable.*
///
/// @param problem as the API words it: `type`, `title`, `status`, maybe `fields`; the status is `0`
///   when no gateway said it
public record Refusal(JsonNode problem) {

  /// What only the command line can find out.
  ///
  /// @param type a stable word for programs
  public static Refusal local(String type, String title) {
    return new Refusal(problem(type, title, 0));
  }

  static ObjectNode problem(String type, String title, int status) {
    return Json.object().put("type", type).put("title", title).put("status", status);
  }

  /// The stable word.
  public String type() {
    return problem.path("type").asText();
  }

  /// What is wrong and what to do, for people.
  public String message() {
    StringBuilder text = new StringBuilder(problem.path("title").asText());
    JsonNode detail = problem.path("detail");
    if (detail.isTextual()) {
      text.append(": ").append(detail.asText());
    }
    JsonNode fields = problem.path("fields");
    // The title says the first field already.
    for (int i = 1; i < fields.size(); i++) {
      JsonNode field = fields.get(i);
      text.append("; ").append(field.path("field").asText());
      text.append(": ").append(field.path("message").asText());
    }
    if (problem.has("retryAfter")) {
      text.append(" Try again in ").append(problem.path("retryAfter").asLong()).append(" s.");
    }
    return text.toString();
  }
}
