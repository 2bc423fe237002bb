package dev.forebay.app.cli;

import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Columns.Cell;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Terminal;
import dev.forebay.simulator.GoogleSpec;
import dev.forebay.simulator.Limits;
import dev.forebay.simulator.SimulatedKey;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `forebay simulate`: runs simulated providers until a signal.
@Command(
    name = "simulate",
    description = {
      "Run simulated providers: Anthropic, OpenAI and Gemini on one port.",
      "",
      "They have the real ones' paths, errors, limits and streams, and answer with made-up text. Point"
          + " a gateway at them with 'baseUrl', or a client directly."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by a signal",
      "1:could not run, such as when the port is taken",
      "2:the command line or the specification is wrong"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final int PORT = 4500;

  private final Terminal terminal;
  private final Stop stop;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "Organisations, keys, limits and faults as YAML. Without it, two keys of each provider with"
              + " small limits.")
  private @Nullable Path config;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Where to listen: " + PORT + " without it, 0 for a free one.")
  private int port = PORT;

  SimulateCommand(Terminal terminal, Stop stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    if (port < 0 || port > 65535) {
      Say.error(terminal, "--port " + port + " is not between 0 and 65535");
      return ExitCode.USAGE.number();
    }
    SimulatorSpec spec;
    try {
      spec = config == null ? SimulatorSpec.standard() : SimulatorSpec.fromYaml(config);
    } catch (NoSuchFileException e) {
      Say.error(terminal, config + ": there is no such file");
      return ExitCode.USAGE.number();
    } catch (IOException e) {
      Say.error(terminal, config + ": cannot be read: " + e.getMessage());
      return ExitCode.USAGE.number();
    } catch (IllegalArgumentException e) {
      Say.error(terminal, String.valueOf(e.getMessage()));
      return ExitCode.USAGE.number();
    }
    Simulator simulator;
    try {
      simulator = Simulator.start(spec, port);
    } catch (IllegalStateException e) {
      Say.error(terminal, String.valueOf(e.getMessage()));
      return ExitCode.FAILED.number();
    }
    try (simulator) {
      Signals.handle(terminal, stop);
      show(simulator, spec);
      stop.await();
    }
    terminal.err().println("stopped");
    return ExitCode.OK.number();
  }

  private void show(Simulator simulator, SimulatorSpec spec) {
    var out = terminal.out();
    out.println(terminal.style().bold("forebay simulate") + " " + Version.current());
    out.println();
    Columns facts = new Columns();
    facts.row(Cell.of(Ink.DIM, "listening"), Cell.of(Ink.BOLD, simulator.origin()));
    for (SimulatedOrganization organization : spec.organizations()) {
      for (SimulatedKey key : organization.keys()) {
        facts.row(
            Cell.of(Ink.DIM, organization.provider()),
            Cell.of(key.secret()),
            Cell.of(Ink.DIM, organization.id()),
            Cell.of(Ink.DIM, limits(organization.limits())));
      }
    }
    for (GoogleSpec.User user : spec.google().users()) {
      facts.row(
          Cell.of(Ink.DIM, "google"),
          Cell.of(user.email()),
          Cell.of(Ink.DIM, String.join(", ", user.projects())),
          Cell.of(""));
    }
    facts.lines("  ", terminal.style()).forEach(out::println);
    out.println();
    out.println(terminal.style().dim("  # forebay.yaml"));
    out.println("  keys:");
    for (SimulatedOrganization organization : spec.organizations()) {
      for (SimulatedKey key : organization.keys()) {
        out.println(
            "    - { provider: "
                + organization.provider()
                + ", secret: "
                + key.secret()
                + ", baseUrl: "
                + simulator.origin()
                + " }");
      }
    }
    google(spec.google(), simulator.origin()).forEach(out::println);
    out.println();
    out.println(terminal.style().dim("  Ctrl+C to stop"));
    out.flush();
  }

  /// What a gateway is told of the simulated Google; nothing without an OAuth client.
  private static List<String> google(GoogleSpec google, String origin) {
    if (google.clients().isEmpty()) {
      return List.of();
    }
    GoogleSpec.Client client = google.clients().getFirst();
    return List.of(
        "  google:",
        "    clientId: " + client.id(),
        "    clientSecret: " + client.secret(),
        "    endpoints:",
        "      authorize: " + origin + "/o/oauth2/v2/auth",
        "      token: " + origin + "/token",
        "      revoke: " + origin + "/revoke",
        "      userinfo: " + origin + "/oauth2/v3/userinfo",
        "      projects: " + origin + "/v1/projects",
        "      api: " + origin);
  }

  private static String limits(Limits limits) {
    StringBuilder text = new StringBuilder();
    append(text, limits.requestsPerMinute(), "requests/min");
    append(text, limits.tokensPerMinute(), "tokens/min");
    append(text, limits.requestsPerDay(), "requests/day");
    append(text, limits.tokensPerDay(), "tokens/day");
    return text.isEmpty() ? "no limits" : text.toString();
  }

  private static void append(StringBuilder text, long limit, String what) {
    if (limit > 0) {
      text.append(text.isEmpty() ? "" : ", ").append(limit).append(' ').append(what);
    }
  }
}
