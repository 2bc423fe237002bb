package dev.forebay.app.cli;

import picocli.CommandLine.Command;

/// `forebay accounts`: what can be done with Google accounts. It does nothing by itself.
@Command(
    name = "accounts",
    description = {
      "Connect Google accounts to a running gateway, look after them, and let them go.",
      "",
      "They need an OAuth client of your own, which the console's page of Google accounts helps to set"
          + " up. An account is a provider key: 'forebay keys' pauses, resumes and tests it."
    },
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay accounts list                      all accounts and how they stand",
      "  forebay accounts add --project my-project  connect one in the browser of this machine",
      "  forebay accounts add --paste               where there is no browser",
      "  forebay accounts reconnect ana@example.com"
    })
final class AccountsCommand {}
