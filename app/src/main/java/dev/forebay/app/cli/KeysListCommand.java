package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Json;
import dev.forebay.app.table.Pill;
import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Columns.Cell;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `forebay keys list`: the provider keys as they are configured, and how they stand.
@Command(
    name = "list",
    description = {
      "List the provider keys and how they stand. Of a secret only its end is shown.",
      "",
      "With --json, an array of the API's ProviderKey, each with its KeyHealth as 'health'."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay keys list",
      "  forebay keys list --json | jq -r '.[] | select(.health.state.state != \"healthy\").name'"
    })
final class KeysListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final Remote remote;

  KeysListCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client -> client.get("/keys").then(keys -> withHealth(client, keys)), this::show);
  }

  private static Answer withHealth(ControlClient client, JsonNode keys) {
    return client
        .get("/pool")
        .then(pool -> {
          Map<String, JsonNode> health = new HashMap<>();
          pool.path("keys").forEach(key -> health.put(key.path("id").asText(), key));
          ArrayNode list = Json.array();
          for (JsonNode key : keys) {
            ObjectNode copy = key.deepCopy();
            JsonNode known = health.get(key.path("id").asText());
            if (known != null) {
              copy.set("health", known);
              copy.put("at", pool.path("at").asText());
            }
            list.add(copy);
          }
          return new Answer.Good(list);
        });
  }

  /// The end of a secret.
  static String suffix(Style style, JsonNode key) {
    String suffix = key.path("suffix").asText();
    return suffix.isEmpty() ? "" : style.symbol("…", "...") + suffix;
  }

  private void show(JsonNode keys) {
    Style style = terminal.style();
    if (keys.isEmpty()) {
      terminal.out().println("There are no provider keys yet. 'forebay keys add' adds one.");
      return;
    }
    Columns columns = new Columns();
    columns.row(
        head("provider"),
        head("key"),
        head("secret"),
        head("state"),
        right("prio"),
        head("today"),
        head("limit group"),
        head("note"));
    for (JsonNode key : keys) {
      columns.row(row(key, style));
    }
    columns.lines("", style).forEach(terminal.out()::println);
  }

  private static Cell head(String text) {
    return Cell.of(Ink.DIM, text);
  }

  private static Cell right(String text) {
    return new Cell(text, Ink.DIM, true);
  }

  private static Cell[] row(JsonNode key, Style style) {
    JsonNode health = key.path("health");
    Pill pill =
        health.isMissingNode()
            ? Pill.rejected(style, "secret cannot be read")
            : HealthRows.pill(health, Instant.parse(key.path("at").asText()), style);
    String note = key.path("note").asText();
    String said = key.path("source").asText().equals("file") ? "declared in the settings" : note;
    return new Cell[] {
      Cell.of(Ink.DIM, key.path("provider").asText()),
      Cell.of(Ink.BOLD, key.path("name").asText()),
      Cell.of(Ink.DIM, suffix(style, key)),
      Cell.of(pill.ink(), pill.text()),
      Cell.number(key.path("priority").asText()),
      Cell.of(health.isMissingNode() ? "" : HealthRows.budget(health).words()),
      Cell.of(key.path("declaredGroup").asBoolean() ? key.path("limitGroup").asText() : ""),
      Cell.of(Ink.DIM, said)
    };
  }
}
