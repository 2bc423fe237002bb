package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Columns.Cell;
import dev.forebay.app.terminal.Figures;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `forebay clients list`: the keys of callers, their limits and what they used today.
@Command(
    name = "list",
    description = {
      "List the client keys, their limits and what they have used today.",
      "",
      "With --json, an array of the API's ClientKey."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {"  forebay clients list", "  forebay clients list --json | jq '.[].today.tokens'"})
final class ClientsListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final Remote remote;

  ClientsListCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(client -> client.get("/client-keys"), this::show);
  }

  private void show(JsonNode keys) {
    Style style = terminal.style();
    if (keys.isEmpty()) {
      terminal.out().println("There are no client keys. 'forebay clients create NAME' makes one.");
      return;
    }
    Columns columns = new Columns();
    columns.row(
        head("client key"),
        head("key"),
        head("owner"),
        head("limits"),
        new Cell("requests today", Ink.DIM, true),
        new Cell("tokens", Ink.DIM, true),
        new Cell("cost", Ink.DIM, true),
        head(""));
    for (JsonNode key : keys) {
      boolean revoked = key.has("revokedAt");
      Ink ink = revoked ? Ink.DIM : Ink.PLAIN;
      JsonNode today = key.path("today");
      columns.row(
          Cell.of(revoked ? Ink.DIM : Ink.BOLD, key.path("name").asText()),
          Cell.of(Ink.DIM, KeysListCommand.suffix(style, key)),
          Cell.of(ink, key.path("owner").path("name").asText()),
          Cell.of(ink, limits(key.path("limits"))),
          new Cell(Figures.count(today.path("requests").asLong()), ink, true),
          new Cell(Figures.count(today.path("tokens").asLong()), ink, true),
          new Cell(String.format(Locale.ROOT, "$%.2f", today.path("usd").asDouble()), ink, true),
          Cell.of(Ink.DIM, remark(key)));
    }
    columns.lines("", style).forEach(terminal.out()::println);
  }

  private static Cell head(String text) {
    return Cell.of(Ink.DIM, text);
  }

  private static String remark(JsonNode key) {
    if (key.has("revokedAt")) {
      return "revoked";
    }
    StringJoiner remark = new StringJoiner("; ");
    if (key.path("source").asText().equals("file")) {
      remark.add("declared in the settings");
    }
    if (key.has("fallback")) {
      remark.add("fallback " + key.path("fallback").asText());
    }
    return remark.toString();
  }

  /// `60 requests/min, 2M tokens/day`.
  static String limits(JsonNode limits) {
    StringJoiner text = new StringJoiner(", ");
    limit(text, limits.path("requestsPerMinute"), "requests/min");
    limit(text, limits.path("requestsPerDay"), "requests/day");
    limit(text, limits.path("tokensPerMinute"), "tokens/min");
    limit(text, limits.path("tokensPerDay"), "tokens/day");
    return text.length() == 0 ? "none" : text.toString();
  }

  private static void limit(StringJoiner text, JsonNode limit, String what) {
    if (limit.isNumber()) {
      text.add(Figures.count(limit.asLong()) + " " + what);
    }
  }
}
