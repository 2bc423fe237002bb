package dev.forebay.app.cli;

import dev.forebay.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `forebay keys remove`: takes keys out of the pool for good.
@Command(
    name = "remove",
    description = "Remove keys from the pool for good; their usage stays in the history.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay keys remove openai/main",
      "  forebay keys remove --yes openai/main --json"
    })
final class KeysRemoveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final KeySelection keys = new KeySelection();

  @Mixin private final Confirm confirm;
  @Mixin private final Remote remote;

  KeysRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
    this.confirm = new Confirm(terminal, "remove");
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client ->
            keys.find(client)
                .then(confirm::of)
                .then(found -> KeySelection.act(client, "delete", found)),
        answer -> ActionReport.show(terminal, answer),
        ActionReport::code);
  }
}
