package dev.forebay.app.cli;

import picocli.CommandLine.Command;

/// `forebay config`: what can be done with settings files. It does nothing by itself.
@Command(name = "config", description = "Work with settings files.", usageHelpAutoWidth = true)
final class ConfigCommand {}
