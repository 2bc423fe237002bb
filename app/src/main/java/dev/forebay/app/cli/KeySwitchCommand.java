package dev.forebay.app.cli;

import dev.forebay.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `forebay keys pause`, `resume` and `recover`.
@Command(sortOptions = false, usageHelpAutoWidth = true, footerHeading = "%nExamples:%n")
final class KeySwitchCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final KeySwitch what;

  @Mixin private final KeySelection keys = new KeySelection();
  @Mixin private final Remote remote;

  KeySwitchCommand(Terminal terminal, KeySwitch what) {
    this.terminal = terminal;
    this.what = what;
    this.remote = new Remote(terminal);
  }

  /// The names and words that only the switch knows.
  CommandLine describe(CommandLine line) {
    line.getCommandSpec().name(what.word());
    line.getCommandSpec().usageMessage().description(what.description()).footer(what.examples());
    return line;
  }

  @Override
  public Integer call() {
    return remote.call(
        client -> keys.find(client).then(found -> KeySelection.act(client, what.word(), found)),
        answer -> ActionReport.show(terminal, answer),
        ActionReport::code);
  }
}
