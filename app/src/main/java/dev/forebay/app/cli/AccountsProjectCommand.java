package dev.forebay.app.cli;

import dev.forebay.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `forebay accounts project`: chooses the project whose quota an account uses.
@Command(
    name = "project",
    description =
        "Choose the project whose quota an account uses. It is tried with a free call first.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {"  forebay accounts project ana@example.com my-project-123456"})
final class AccountsProjectCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "ACCOUNT",
      description = "An e-mail or a name that only one account has, or an id.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "PROJECT", description = "The project's id or number.")
  private String project = "";

  @Option(names = "--force", description = "Choose it even if Google refuses it.")
  private boolean force;

  @Mixin private final Remote remote;

  AccountsProjectCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client ->
            AccountSelection.find(client, name)
                .then(account ->
                    ProjectChoice.choose(client, account.path("id").asText(), project, force)),
        account -> AccountReport.show(terminal, "changed", account));
  }
}
