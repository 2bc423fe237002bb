package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.app.remote.Finder;
import dev.forebay.app.remote.Json;
import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Columns.Cell;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;

/// What became of each of several keys: `{"results": [{id, provider, name, done, message}]}`.
final class ActionReport {
  private ActionReport() {}

  /// The API's results with the names that people know.
  static JsonNode named(JsonNode keys, JsonNode answer) {
    ArrayNode results = Json.array();
    for (JsonNode result : answer.path("results")) {
      for (JsonNode key : keys) {
        if (key.path("id").equals(result.path("id"))) {
          results.add(of(key, result.path("done").asBoolean(), result.path("message").asText()));
        }
      }
    }
    return Json.object().set("results", results);
  }

  static ObjectNode of(JsonNode key, boolean done, String message) {
    ObjectNode result = Json.object().put("id", key.path("id").asText());
    if (key.has("provider")) {
      result.put("provider", key.path("provider").asText());
    }
    return result.put("name", key.path("name").asText()).put("done", done).put("message", message);
  }

  static void show(Terminal terminal, JsonNode answer) {
    Style style = terminal.style();
    Columns columns = new Columns();
    for (JsonNode result : answer.path("results")) {
      boolean done = result.path("done").asBoolean();
      columns.row(
          done
              ? Cell.of(Ink.GREEN, style.symbol("✓", "ok"))
              : Cell.of(Ink.RED, style.symbol("✕", "no")),
          Cell.of(Ink.BOLD, Finder.label(result)),
          Cell.of(result.path("message").asText()));
    }
    columns.lines("", style).forEach(terminal.out()::println);
  }

  static ExitCode code(JsonNode answer) {
    for (JsonNode result : answer.path("results")) {
      if (!result.path("done").asBoolean()) {
        return ExitCode.FAILED;
      }
    }
    return ExitCode.OK;
  }
}
