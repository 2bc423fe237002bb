package dev.forebay.app.cli;

import dev.forebay.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `forebay accounts list`: the connected Google accounts and how they stand.
@Command(
    name = "list",
    description = {
      "List the connected Google accounts, how they stand, and what should be known about them.",
      "",
      "With --json, the API's GoogleAccounts."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {"  forebay accounts list", "  forebay accounts list --json | jq '.counts'"})
final class AccountsListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final Remote remote;

  AccountsListCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client -> client.get("/google/accounts"), answer -> AccountReport.list(terminal, answer));
  }
}
