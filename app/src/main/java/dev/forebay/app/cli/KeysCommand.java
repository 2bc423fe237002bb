package dev.forebay.app.cli;

import picocli.CommandLine.Command;

/// `forebay keys`: what can be done with provider keys. It does nothing by itself.
@Command(
    name = "keys",
    description = "Add, list, test and switch provider keys of a running gateway.",
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay keys list                        all keys and how they stand",
      "  forebay keys add --name team-a           asks for the secret and tests it",
      "  forebay keys import keys.txt --dry-run   what would become of every line",
      "  forebay keys pause anthropic/team-a      switch one off"
    })
final class KeysCommand {}
