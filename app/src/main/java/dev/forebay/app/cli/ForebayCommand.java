package dev.forebay.app.cli;

import dev.forebay.app.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// `forebay`: the root of all commands.
@Command(
    name = "forebay",
    description = {"One endpoint over a pool of keys for Anthropic, OpenAI and Gemini.", ""},
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    sortOptions = false,
    versionProvider = Version.class,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Examples:",
      "  forebay demo                        see pooling work, with simulated providers",
      "  forebay serve                       run the gateway with ./forebay.yaml",
      "  forebay config check my.yaml        say what is wrong with a settings file",
      "  forebay keys add --name team-a      add a provider key to the running gateway",
      "  forebay accounts add                connect a Google account to it",
      "  forebay status                      how its pool stands, live",
      "  forebay COMMAND --help              more about one command",
      "",
      "Exit codes: 0 done, 1 failed while running, 2 wrong command line or settings."
    })
public final class ForebayCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final CommandLine line;

  /// Builds the command line of one process.
  ///
  /// @param stop tells a running command to end
  private ForebayCommand(Terminal terminal, Stop stop) {
    this.terminal = terminal;
    this.line =
        helpful(this)
            .addSubcommand(helpful(new ServeCommand(terminal, stop)))
            .addSubcommand(helpful(new StatusCommand(terminal, stop)))
            .addSubcommand(keys(terminal))
            .addSubcommand(accounts(terminal))
            .addSubcommand(clients(terminal))
            .addSubcommand(helpful(new DemoCommand(terminal, stop)))
            .addSubcommand(helpful(new SimulateCommand(terminal, stop)))
            .addSubcommand(
                helpful(new ConfigCommand())
                    .addSubcommand(helpful(new ConfigCheckCommand(terminal))))
            .addSubcommand(new RehearseCommand(terminal, stop))
            .addSubcommand(new CommandLine.HelpCommand());
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version and exit.")
                .build());
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    line.setColorScheme(colours(terminal));
    line.setAbbreviatedOptionsAllowed(false);
    line.setParameterExceptionHandler(wrongUsage());
    line.setExecutionExceptionHandler(unexpected());
  }

  private static CommandLine keys(Terminal terminal) {
    CommandLine keys =
        helpful(new KeysCommand())
            .addSubcommand(helpful(new KeysAddCommand(terminal)))
            .addSubcommand(helpful(new KeysListCommand(terminal)))
            .addSubcommand(helpful(new KeysImportCommand(terminal)))
            .addSubcommand(helpful(new KeysTestCommand(terminal)));
    for (KeySwitch what : KeySwitch.values()) {
      KeySwitchCommand command = new KeySwitchCommand(terminal, what);
      keys.addSubcommand(command.describe(helpful(command)));
    }
    return keys.addSubcommand(helpful(new KeysRemoveCommand(terminal)));
  }

  private static CommandLine accounts(Terminal terminal) {
    return helpful(new AccountsCommand())
        .addSubcommand(helpful(new AccountsAddCommand(terminal)))
        .addSubcommand(helpful(new AccountsListCommand(terminal)))
        .addSubcommand(helpful(new AccountsProjectCommand(terminal)))
        .addSubcommand(helpful(new AccountsReconnectCommand(terminal)))
        .addSubcommand(helpful(new AccountsRemoveCommand(terminal)));
  }

  private static CommandLine clients(Terminal terminal) {
    return helpful(new ClientsCommand())
        .addSubcommand(helpful(new ClientsListCommand(terminal)))
        .addSubcommand(helpful(new ClientsCreateCommand(terminal)))
        .addSubcommand(helpful(new ClientsRevokeCommand(terminal)))
        .addSubcommand(helpful(new ClientsRenameCommand(terminal)));
  }

  /// A command with `--help`.
  private static CommandLine helpful(Object command) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
    return line;
  }

  /// Runs what the arguments ask for and answers the exit code.
  ///
  /// To describe all commands takes a fifth of the time of a start, which the commonest one does
  /// without.
  ///
  /// @param stop tells a running command to end
  public static int run(Terminal terminal, Stop stop, String... arguments) {
    ServeCommand serve = ServeCommand.plain(terminal, stop, arguments);
    if (serve == null) {
      return new ForebayCommand(terminal, stop).execute(arguments);
    }
    int code;
    try {
      code = serve.call();
    } catch (RuntimeException e) {
      code = unexpected(terminal, e);
    }
    flush(terminal);
    return code;
  }

  private int execute(String... arguments) {
    int code = line.execute(arguments);
    flush(terminal);
    return code;
  }

  private static void flush(Terminal terminal) {
    terminal.out().flush();
    terminal.err().flush();
  }

  @Override
  public Integer call() {
    line.usage(terminal.out());
    return ExitCode.OK.number();
  }

  private static ColorScheme colours(Terminal terminal) {
    return new ColorScheme.Builder(terminal.style().colours() ? Ansi.ON : Ansi.OFF)
        .commands(Style.bold)
        .options(Style.fg_cyan)
        .parameters(Style.fg_cyan)
        .optionParams(Style.italic)
        .errors(Style.fg_red, Style.bold)
        .build();
  }

  private IParameterExceptionHandler wrongUsage() {
    return (ParameterException exception, String[] _) -> {
      CommandLine at = exception.getCommandLine();
      StringBuilder message = new StringBuilder(sentence(exception));
      if (exception instanceof UnmatchedArgumentException unmatched) {
        List<String> near = unmatched.getSuggestions();
        if (!near.isEmpty()) {
          message.append("; did you mean '").append(near.getFirst().strip()).append("'?");
        }
      }
      Say.error(terminal, message.toString());
      terminal
          .err()
          .println("Try '" + at.getCommandSpec().qualifiedName() + " --help' for what it takes.");
      return ExitCode.USAGE.number();
    };
  }

  private static String sentence(ParameterException exception) {
    String text = String.valueOf(exception.getMessage()).strip();
    return text.isEmpty()
        ? "wrong usage"
        : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private IExecutionExceptionHandler unexpected() {
    return (Exception exception, CommandLine _, CommandLine.ParseResult _) ->
        unexpected(terminal, exception);
  }

  /// Whatever a user can cause is told by the command itself; this is a bug, and its trace helps.
  private static int unexpected(Terminal terminal, Exception exception) {
    Say.error(terminal, "an unexpected failure; please report it with what follows");
    exception.printStackTrace(terminal.err());
    return ExitCode.FAILED.number();
  }
}
