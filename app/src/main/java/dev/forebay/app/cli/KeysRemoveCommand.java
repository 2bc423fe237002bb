package dev.forebay.app.cli;

import dev.forebay.app.remote.Answer;
import dev.forebay.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Mixin private final Remote remote;

  KeysRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client ->
            keys.find(client)
                .then(found ->
                    yes ? new Answer.Good(found) : new Confirm(terminal, "remove").of(found))
                .then(found -> KeySelection.act(client, "delete", found)),
        answer -> ActionReport.show(terminal, answer),
        ActionReport::code);
  }
}
