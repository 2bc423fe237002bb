package dev.forebay.app.cli;

import picocli.CommandLine.Command;

/// `forebay clients`: what can be done with client keys. It does nothing by itself.
@Command(
    name = "clients",
    description = "Make, list, rename and revoke the client keys of a running gateway.",
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay clients create laptop                  shows the key, once",
      "  forebay clients create ci --tokens-per-day 2M  with a limit",
      "  forebay clients revoke laptop                  ends it for good"
    })
final class ClientsCommand {}
