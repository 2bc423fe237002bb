package dev.forebay.app.cli;

import dev.forebay.app.Gateway;
import dev.forebay.app.GatewayPlan;
import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.app.GatewayStart;
import dev.forebay.app.Wiring;
import dev.forebay.app.terminal.Terminal;
import dev.forebay.control.Config;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.control.HostPort;
import dev.forebay.control.Notice;
import dev.forebay.control.yaml.Problem;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.storage.sql.SqlStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `forebay serve`: runs the gateway until a signal.
@Command(
    name = "serve",
    description = {
      "Run the gateway.",
      "",
      "Settings come from the file after --config, else from ./forebay.yaml, else from the file that"
          + " FOREBAY_CONFIG names. The file is read again when it changes. Ctrl+C or SIGTERM stops in"
          + " order: requests under way may end within the grace period; a second signal ends at once."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by a signal",
      "1:could not run: the port is taken, the data directory cannot be written, …",
      "2:the command line or the settings are wrong"
    },
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  FOREBAY_CONFIG   a settings file, when there is no ./forebay.yaml",
      "  FOREBAY_KEYSET   the keyset that seals stored secrets, instead of a file under the data"
          + " directory",
      "  FOREBAY_LOG      what the process says of itself: error, warn, info (as without it), debug",
      "  NO_COLOR, FORCE_COLOR   whether output is coloured"
    })
final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Stop stop;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The settings file.")
  private @Nullable Path config;

  @Option(
      names = {"-l", "--listen"},
      paramLabel = "HOST:PORT",
      converter = Address.class,
      description = "Where clients connect, instead of 'listen' in the settings.")
  private @Nullable HostPort listen;

  @Option(
      names = {"-d", "--data"},
      paramLabel = "DIR",
      description = "Where state lives, instead of 'data' in the settings.")
  private @Nullable Path data;

  ServeCommand(Terminal terminal, Stop stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  /// The command that the arguments ask for, or null if they are not `serve` with known options and
  /// their values: then they need somebody who can say what is wrong with them.
  static @Nullable ServeCommand plain(Terminal terminal, Stop stop, String... arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals("serve")) {
      return null;
    }
    ServeCommand command = new ServeCommand(terminal, stop);
    for (int i = 1; i < arguments.length; i += 2) {
      if (!command.take(arguments[i], arguments[i + 1])) {
        return null;
      }
    }
    return command;
  }

  private boolean take(String option, String value) {
    if (value.isEmpty() || value.startsWith("-") || value.startsWith("@")) {
      return false;
    }
    switch (option) {
      case "-c", "--config" -> {
        boolean first = config == null;
        config = Path.of(value);
        return first;
      }
      case "-d", "--data" -> {
        boolean first = data == null;
        data = Path.of(value);
        return first;
      }
      case "-l", "--listen" -> {
        boolean first = listen == null;
        try {
          listen = HostPort.parse(value);
        } catch (IllegalArgumentException wrong) {
          return false;
        }
        return first;
      }
      default -> {
        return false;
      }
    }
  }

  /// Reads `host:port` from the command line.
  static final class Address implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String value) {
      try {
        return HostPort.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Integer call() {
    // Unpacking and linking the database's library goes on while the settings are read.
    Thread.ofPlatform().name("forebay-prepare").daemon().start(SqlStores::prepare);
    ConfigFile file =
        new ConfigFile(
            ConfigSource.find(config, terminal),
            terminal.environment(),
            read -> read.with(listen, data));
    return switch (file.read()) {
      case Reading.Good(Config read) -> serve(file, read).number();
      case Reading.Broken(List<Problem> problems) -> {
        Say.problems(terminal, problems);
        yield ExitCode.USAGE.number();
      }
    };
  }

  private ExitCode serve(ConfigFile file, Config read) {
    GatewayPlan plan =
        new GatewayPlan(
            file,
            read,
            new Persistence.Durable(terminal.environment().apply("FOREBAY_KEYSET")),
            Version.current(),
            terminal.raw(),
            this::say,
            new ExchangeListener() {},
            false);
    return switch (Wiring.start(plan)) {
      case GatewayStart.Refused(String reason) -> {
        Say.error(terminal, reason);
        yield ExitCode.FAILED;
      }
      case GatewayStart.Running(Gateway gateway) -> {
        Signals.handle(terminal, stop);
        new Banner(terminal, gateway, read, file.path()).print();
        stop.await();
        stop(gateway);
        yield ExitCode.OK;
      }
    };
  }

  private void stop(Gateway gateway) {
    Duration grace = gateway.snapshot().settings().drain();
    int live = gateway.live();
    terminal
        .err()
        .println(
            live == 0
                ? "stopping"
                : "stopping: "
                    + (live == 1 ? "1 request is" : live + " requests are")
                    + " under way and may take "
                    + grace.toSeconds()
                    + " s more; a second signal ends at once");
    terminal.err().flush();
    gateway.stop(grace);
    terminal.err().println("stopped");
  }

  private void say(Notice notice) {
    if (notice.warning()) {
      Say.warning(terminal, notice.text());
    } else {
      Say.note(terminal, notice.text());
    }
  }
}
