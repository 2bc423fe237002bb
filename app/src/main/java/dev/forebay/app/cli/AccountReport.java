package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.table.Pill;
import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Columns.Cell;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import java.time.Instant;

/// Shows Google accounts to people.
final class AccountReport {
  private AccountReport() {}

  /// One account that something was done to.
  static void show(Terminal terminal, String what, JsonNode account) {
    Style style = terminal.style();
    terminal
        .out()
        .println(
            style.paint(Ink.GREEN, style.symbol("✓", "ok:"))
                + " "
                + what
                + " "
                + style.bold(account.path("name").asText()));
    JsonNode connection = account.path("connection");
    Columns facts = new Columns();
    facts.fact("e-mail", account.path("email").asText());
    facts.fact("project", account.has("project") ? account.path("project").asText() : "none yet");
    facts.fact("state", state(connection));
    if (connection.has("tokenExpiresAt")) {
      facts.fact("access token until", connection.path("tokenExpiresAt").asText());
    }
    if (connection.has("refreshTokenExpiresAt")) {
      facts.fact("reconnect before", connection.path("refreshTokenExpiresAt").asText());
    }
    facts.lines("  ", style).forEach(terminal.out()::println);
  }

  private static String state(JsonNode connection) {
    String message = connection.path("message").asText();
    return message.isEmpty() ? connection.path("state").asText() : message;
  }

  /// All of them, with what should be known about them.
  static void list(Terminal terminal, JsonNode answer) {
    Style style = terminal.style();
    JsonNode accounts = answer.path("accounts");
    if (accounts.isEmpty()) {
      terminal
          .out()
          .println("There are no Google accounts yet. 'forebay accounts add' connects one.");
      return;
    }
    JsonNode counts = answer.path("counts");
    int count = counts.path("accounts").asInt();
    terminal
        .out()
        .println(
            (count == 1 ? "1 account" : count + " accounts")
                + style.symbol(" · ", ", ")
                + counts.path("healthy").asInt()
                + " healthy");
    Columns columns = new Columns();
    columns.row(
        head("account"),
        head("project"),
        head("state"),
        head("today"),
        head("token until"),
        head("kind"));
    for (JsonNode account : accounts) {
      columns.row(row(account, style));
    }
    columns.lines("", style).forEach(terminal.out()::println);
    for (JsonNode warning : answer.path("warnings")) {
      Say.warning(terminal, warning.path("message").asText());
    }
  }

  private static Cell head(String text) {
    return Cell.of(Ink.DIM, text);
  }

  private static Cell[] row(JsonNode account, Style style) {
    JsonNode health = account.path("health");
    JsonNode connection = account.path("connection");
    String state = connection.path("state").asText();
    boolean live = state.equals("live") || state.equals("refreshing");
    Pill pill =
        health.isMissingNode() || !live
            ? Pill.rejected(style, state(connection))
            : HealthRows.pill(health, Instant.EPOCH, style);
    return new Cell[] {
      Cell.of(Ink.BOLD, account.path("name").asText()),
      Cell.of(account.path("project").asText()),
      Cell.of(pill.ink(), pill.text()),
      Cell.of(health.isMissingNode() ? "" : HealthRows.budget(health).words()),
      Cell.of(Ink.DIM, connection.path("tokenExpiresAt").asText()),
      Cell.of(Ink.DIM, account.path("kind").asText())
    };
  }
}
