package dev.forebay.app.cli;

import dev.forebay.app.demo.Demo;
import dev.forebay.app.demo.DemoEnd;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import dev.forebay.control.yaml.Quantities;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `forebay demo`: pooling at work, without keys and without a network.
@Command(
    name = "demo",
    description = {
      "Watch pooling work: simulated providers, a gateway and live traffic in one process.",
      "",
      "It needs no keys and no network and leaves nothing behind. Keys are throttled, recover, run out of"
          + " budget and are rejected, while clients see no error."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended by Ctrl+C, a signal or --duration",
      "1:could not run, such as when the port is taken",
      "2:the command line is wrong"
    })
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Stop stop;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Where the gateway listens: 4400 or the next free one without it, 0 for any.")
  private @Nullable Integer port;

  @Option(
      names = {"-t", "--duration"},
      paramLabel = "TIME",
      converter = Time.class,
      description = "End by itself after this time, such as 60s.")
  private @Nullable Duration duration;

  @Option(
      names = "--no-browser",
      description = "Do not open the console in a browser; the link is printed either way.")
  private boolean noBrowser;

  @Option(names = "--no-color", description = "No colours.")
  private boolean plain;

  DemoCommand(Terminal terminal, Stop stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  /// Reads `60s` from the command line.
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      Duration duration = Quantities.parseDuration(value);
      if (duration == null) {
        throw new TypeConversionException("'" + value + "' is not a time such as 60s or 5m");
      }
      return duration;
    }
  }

  @Override
  public Integer call() {
    if (port != null && (port < 0 || port > 65535)) {
      Say.error(terminal, "--port " + port + " is not between 0 and 65535");
      return ExitCode.USAGE.number();
    }
    Terminal shown = plain ? terminal.with(new Style(false, terminal.style().symbols())) : terminal;
    quiet();
    Signals.handle(terminal, stop);
    return switch (Demo.run(shown, Version.current(), port, duration, !noBrowser, stop::await)) {
      case DemoEnd.Done _ -> ExitCode.OK.number();
      case DemoEnd.Refused(String reason) -> {
        Say.error(terminal, reason);
        yield ExitCode.FAILED.number();
      }
    };
  }

  /// The page says what happens; lines of a log would only tear it. It must be said before the
  /// first logger is made, and whoever sets `FOREBAY_LOG` wants them nevertheless.
  private void quiet() {
    if (terminal.environment().apply("FOREBAY_LOG") == null) {
      System.setProperty("FOREBAY_LOG", "off");
      System.setProperty("FOREBAY_LOG_OTHERS", "off");
    }
  }
}
