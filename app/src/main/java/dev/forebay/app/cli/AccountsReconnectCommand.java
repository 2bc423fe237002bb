package dev.forebay.app.cli;

import dev.forebay.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `forebay accounts reconnect`: has an account's person consent again.
@Command(
    name = "reconnect",
    description = {
      "Connect an account again that Google or its person ended. It keeps its name, its project, its"
          + " budgets and its history.",
      "",
      "It must be the same Google account; another one is refused."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay accounts reconnect ana@example.com",
      "  forebay accounts reconnect --paste ana@example.com"
    })
final class AccountsReconnectCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "ACCOUNT",
      description = "An e-mail or a name that only one account has, or an id.")
  private String name = "";

  @Mixin private final ConsentFlow consent = new ConsentFlow();

  @Mixin private final Remote remote;

  AccountsReconnectCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client ->
            AccountSelection.find(client, name)
                .then(account -> consent.run(terminal, client, account.path("id").asText())),
        account -> AccountReport.show(terminal, "reconnected", account));
  }
}
