package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.app.remote.Json;
import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `forebay clients create`: makes a client key and shows it, once.
@Command(
    name = "create",
    description = {
      "Make a client key. It is shown only this once.",
      "",
      "With --json, the API's ClientKeyCreated: the key itself is 'secret'."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay clients create laptop",
      "  forebay clients create ci --requests-per-minute 60 --tokens-per-day 2M",
      "  forebay clients create batch --fallback 'openai, gemini'",
      "  forebay clients create ci --json | jq -r .secret"
    })
final class ClientsCreateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", description = "What people call it.")
  private String name = "";

  @Option(
      names = "--requests-per-minute",
      paramLabel = "COUNT",
      converter = KeyDefaults.Count.class,
      description = "A limit; none without it.")
  private @Nullable Long requestsPerMinute;

  @Option(
      names = "--requests-per-day",
      paramLabel = "COUNT",
      converter = KeyDefaults.Count.class,
      description = "A limit; none without it.")
  private @Nullable Long requestsPerDay;

  @Option(
      names = "--tokens-per-minute",
      paramLabel = "COUNT",
      converter = KeyDefaults.Count.class,
      description = "A limit, such as 100k; none without it.")
  private @Nullable Long tokensPerMinute;

  @Option(
      names = "--tokens-per-day",
      paramLabel = "COUNT",
      converter = KeyDefaults.Count.class,
      description = "A limit, such as 2M; none without it.")
  private @Nullable Long tokensPerDay;

  @Option(
      names = "--fallback",
      paramLabel = "ORDER",
      description =
          "Who stands in for what it asks for: 'off', or in order 'openai, gemini/gemini-3.8-flash'."
              + " Without it, whoever the settings name.")
  private @Nullable String fallback;

  @Mixin private final Remote remote;

  ClientsCreateCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(client -> client.post("/client-keys", body()), this::show);
  }

  private JsonNode body() {
    ObjectNode limits = Json.object();
    limit(limits, "requestsPerMinute", requestsPerMinute);
    limit(limits, "requestsPerDay", requestsPerDay);
    limit(limits, "tokensPerMinute", tokensPerMinute);
    limit(limits, "tokensPerDay", tokensPerDay);
    ObjectNode body = Json.object().put("name", name);
    if (fallback != null) {
      body.put("fallback", fallback);
    }
    return body.set("limits", limits);
  }

  private static void limit(ObjectNode limits, String field, @Nullable Long value) {
    if (value != null) {
      limits.put(field, value);
    }
  }

  private void show(JsonNode answer) {
    Style style = terminal.style();
    JsonNode key = answer.path("clientKey");
    terminal
        .out()
        .println(
            style.paint(Ink.GREEN, style.symbol("✓", "ok:"))
                + " made "
                + style.bold(key.path("name").asText())
                + ". It is shown only this once:");
    terminal.out().println();
    terminal.out().println("    " + style.paint(Ink.GREEN, answer.path("secret").asText()));
    terminal.out().println();
    Columns facts = new Columns();
    facts.fact("limits", ClientsListCommand.limits(key.path("limits")));
    if (key.has("fallback")) {
      facts.fact("fallback", key.path("fallback").asText());
    }
    facts.fact(
        "to use it", "wherever a client puts its API key; see 'Point clients at it' in the README");
    facts.lines("  ", style).forEach(terminal.out()::println);
  }
}
