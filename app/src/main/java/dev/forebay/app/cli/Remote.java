package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Endpoint;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What every command takes that calls a running gateway, and how such a command ends.
///
/// With `--json` standard output is what the API answered and nothing else; what was refused is a
/// problem as the API words it, on standard error.
@Command(
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:not done, or not all of it: no gateway, not signed in, refused, …",
      "2:the command line is wrong"
    })
final class Remote {
  private static final String URL = "FOREBAY_URL";
  private static final String TOKEN = "FOREBAY_TOKEN";

  private final Terminal terminal;

  @Option(
      names = "--url",
      order = 100,
      paramLabel = "URL",
      description =
          "Where the gateway is, instead of FOREBAY_URL; without both, where the one of the data"
              + " directory listens.")
  private @Nullable String url;

  @Option(
      names = "--token",
      order = 101,
      paramLabel = "TOKEN",
      description =
          "An API token from the console, instead of FOREBAY_TOKEN, where the shell's history does"
              + " not keep it. On the gateway's machine none is needed.")
  private @Nullable String token;

  @Option(
      names = {"-d", "--data"},
      order = 102,
      paramLabel = "DIR",
      description =
          "The data directory of the gateway on this machine: 'data' of the settings without it.")
  private @Nullable Path data;

  @Option(names = "--json", order = 103, description = "Print JSON, as the control API words it.")
  private boolean json;

  Remote(Terminal terminal) {
    this.terminal = terminal;
  }

  boolean json() {
    return json;
  }

  /// The gateway to call.
  ///
  /// @throws IllegalArgumentException with a message for people, when the address is none
  Endpoint endpoint() {
    return Endpoint.find(
        url == null ? variable(URL) : url,
        token == null ? variable(TOKEN) : token,
        DataDirectory.find(data, terminal));
  }

  private @Nullable String variable(String name) {
    String value = terminal.environment().apply(name);
    return value == null || value.isBlank() ? null : value;
  }

  /// Does something with a gateway and answers the exit code.
  int with(ToIntFunction<ControlClient> work) {
    Endpoint endpoint;
    try {
      endpoint = endpoint();
    } catch (IllegalArgumentException e) {
      return refused(Refusal.local("usage", String.valueOf(e.getMessage())));
    }
    try (ControlClient client = new ControlClient(endpoint)) {
      return work.applyAsInt(client);
    }
  }

  /// Calls a gateway and shows what it answered.
  int call(Function<ControlClient, Answer> work, Consumer<JsonNode> show) {
    return call(work, show, _ -> ExitCode.OK);
  }

  /// The same, when an answer may say that not everything was done.
  int call(
      Function<ControlClient, Answer> work,
      Consumer<JsonNode> show,
      Function<JsonNode, ExitCode> code) {
    return with(client -> show(work.apply(client), show, code));
  }

  /// Shows an answer.
  int show(Answer answer, Consumer<JsonNode> show) {
    return show(answer, show, _ -> ExitCode.OK);
  }

  private int show(Answer answer, Consumer<JsonNode> show, Function<JsonNode, ExitCode> code) {
    return switch (answer) {
      case Answer.Good(JsonNode good) -> {
        if (json) {
          terminal.out().println(Json.pretty(good));
        } else {
          show.accept(good);
        }
        terminal.out().flush();
        yield code.apply(good).number();
      }
      case Answer.Refused(Refusal why) -> refused(why);
    };
  }

  /// Says what was not done and why.
  int refused(Refusal why) {
    if (json) {
      terminal.err().println(Json.line(why.problem()));
      terminal.err().flush();
    } else {
      Say.error(terminal, why.message());
    }
    return (why.type().equals("usage") ? ExitCode.USAGE : ExitCode.FAILED).number();
  }
}
