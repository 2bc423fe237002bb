package dev.forebay.app.cli;

import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Terminal;
import dev.forebay.control.Config;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.control.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `forebay config check`: says what is wrong with a settings file, or what it sets.
@Command(
    name = "check",
    description = {
      "Check a settings file without starting anything.",
      "",
      "Everything wrong is reported at once, with its line. Secrets are never shown."
    },
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the file can be used", "2:something is wrong with it"})
final class ConfigCheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file; ./forebay.yaml or the one that FOREBAY_CONFIG names without it.")
  private @Nullable Path given;

  ConfigCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path path = ConfigSource.find(given, terminal);
    if (path == null) {
      Say.error(
          terminal,
          "there is no settings file: no ./forebay.yaml, and FOREBAY_CONFIG is not set; name one, as"
              + " in 'forebay config check my.yaml'");
      return ExitCode.USAGE.number();
    }
    return switch (new ConfigFile(path, terminal.environment(), UnaryOperator.identity()).read()) {
      case Reading.Good(Config config) -> {
        show(path, config);
        yield ExitCode.OK.number();
      }
      case Reading.Broken(List<Problem> problems) -> {
        Say.problems(terminal, problems);
        yield ExitCode.USAGE.number();
      }
    };
  }

  private void show(Path path, Config config) {
    String good = terminal.style().symbol("✓", "ok:");
    terminal.out().println(terminal.style().paint(Ink.GREEN, good) + " " + path + " can be used");
    Columns facts = new Columns();
    Facts.of(config).forEach(facts::fact);
    facts.lines("  ", terminal.style()).forEach(terminal.out()::println);
  }
}
