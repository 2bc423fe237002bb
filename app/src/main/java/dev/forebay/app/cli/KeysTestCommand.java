package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `forebay keys test`: tries keys with a call that costs nothing.
@Command(
    name = "test",
    description = {
      "Try keys with a call that costs nothing. A rejected key that is accepted again serves at once.",
      "",
      "With --secret-stdin, try a secret without adding it."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay keys test anthropic/team-a",
      "  forebay keys test --all --json",
      "  pass show openai/main | forebay keys test --secret-stdin"
    })
final class KeysTestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final KeySelection keys = new KeySelection();
  @Mixin private final SecretInput secret = new SecretInput();

  @Mixin private final KeyOwner owner = new KeyOwner();
  @Mixin private final Remote remote;

  KeysTestCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    if (secret.piped()) {
      return remote.call(this::trySecret, this::showTest, KeysTestCommand::accepted);
    }
    return remote.call(
        client -> keys.find(client).then(found -> KeySelection.act(client, "test", found)),
        answer -> ActionReport.show(terminal, answer),
        ActionReport::code);
  }

  private Answer trySecret(ControlClient client) {
    if (!keys.isEmpty()) {
      return new Answer.Refused(
          Refusal.local("usage", "--secret-stdin tries a secret; name no keys beside it"));
    }
    return secret
        .read(terminal)
        .then(given -> {
          ObjectNode body = Json.object().put("secret", given.asText());
          owner.putInto(body);
          return client.post("/keys/test", body);
        });
  }

  private void showTest(JsonNode test) {
    Style style = terminal.style();
    boolean good = accepted(test) == ExitCode.OK;
    String sign =
        good
            ? style.paint(Ink.GREEN, style.symbol("✓", "ok"))
            : style.paint(Ink.RED, style.symbol("✕", "no"));
    terminal
        .out()
        .println(
            (sign + " " + test.path("provider").asText()).strip()
                + "  "
                + test.path("message").asText());
  }

  private static ExitCode accepted(JsonNode test) {
    return test.path("verdict").asText().equals("accepted") ? ExitCode.OK : ExitCode.FAILED;
  }
}
