package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.Finder;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `forebay keys add`: takes one key into the pool.
@Command(
    name = "add",
    description = {
      "Add a provider key. It is tried with a free call first.",
      "",
      "The secret is asked for, or read from standard input with --secret-stdin; it never stands on the"
          + " command line."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay keys add --name team-a --priority 8 --daily-usd 20",
      "  pass show openai/main | forebay keys add --secret-stdin --name main",
      "  forebay keys add --provider gemini --models 'gemini-3.8-flash,gemini-3.8-pro'"
    })
final class KeysAddCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final SecretInput secret = new SecretInput();

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "What people call it; a free name is chosen without it.")
  private @Nullable String name;

  @Mixin private final KeyDefaults defaults = new KeyDefaults();

  @Option(
      names = "--models",
      paramLabel = "MODEL",
      split = ",",
      description = "The only models it may serve, separated by commas.")
  private List<String> models = new ArrayList<>();

  @Option(names = "--paused", description = "Do not use it before it is resumed.")
  private boolean paused;

  @Option(names = "--no-test", description = "Add it untried.")
  private boolean untried;

  @Option(names = "--force", description = "Add it even if the provider refuses it.")
  private boolean force;

  @Mixin private final Remote remote;

  KeysAddCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client ->
            switch (secret.read(terminal).then(given -> client.post("/keys", body(given)))) {
              case Answer.Refused(Refusal why) when why.type().equals("refused-by-provider") ->
                  forceable(why);
              case Answer answer -> answer;
            },
        this::show);
  }

  private JsonNode body(JsonNode given) {
    ObjectNode body = Json.object().put("secret", given.asText());
    KeyDefaults.put(body, "name", name);
    body.setAll(defaults.body());
    if (!models.isEmpty()) {
      ArrayNode list = body.putArray("models");
      models.forEach(model -> list.add(model.strip()));
    }
    if (paused) {
      body.put("paused", true);
    }
    return body.put("test", !untried).put("force", force);
  }

  private static Answer forceable(Refusal why) {
    ObjectNode problem = why.problem().deepCopy();
    return new Answer.Refused(
        new Refusal(
            problem.put(
                "title", problem.path("title").asText() + " Add it nevertheless with --force.")));
  }

  private void show(JsonNode answer) {
    Style style = terminal.style();
    JsonNode key = answer.path("key");
    terminal
        .out()
        .println(
            style.paint(Ink.GREEN, style.symbol("✓", "ok:"))
                + " added "
                + style.bold(Finder.label(key))
                + " "
                + style.dim(KeysListCommand.suffix(style, key)));
    Columns facts = new Columns();
    JsonNode test = answer.path("test");
    facts.fact("test", test.isMissingNode() ? "not tried" : test.path("message").asText());
    if (answer.has("notice")) {
      facts.fact("note", answer.path("notice").asText());
    }
    facts.fact("priority", key.path("priority").asText());
    if (key.has("dailyTokens")) {
      facts.fact("tokens a day", key.path("dailyTokens").asText());
    }
    if (key.has("dailyUsd")) {
      facts.fact(
          "dollars a day", String.format(Locale.ROOT, "$%.2f", key.path("dailyUsd").asDouble()));
    }
    if (key.path("declaredGroup").asBoolean()) {
      facts.fact("limit group", key.path("limitGroup").asText());
    }
    if (key.path("paused").asBoolean()) {
      facts.fact("state", "paused; 'forebay keys resume' switches it on");
    }
    facts.lines("  ", style).forEach(terminal.out()::println);
  }
}
