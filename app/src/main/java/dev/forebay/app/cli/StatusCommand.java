package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Endpoint;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Display;
import dev.forebay.app.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `forebay status`: how the pool stands, once or until a signal.
@Command(
    name = "status",
    description = {
      "Show how the pool of a running gateway stands, live until Ctrl+C.",
      "",
      "With --json, the API's PoolHealth: one object with --once, else one a line."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay status",
      "  forebay status --once",
      "  forebay status --once --json | jq .counts",
      "  FOREBAY_TOKEN=fbt-... forebay status --url https://forebay.example.com"
    })
final class StatusCommand implements Callable<Integer> {
  private static final Duration USUAL = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final int WIDE = 140;

  private final Terminal terminal;
  private final Stop stop;

  @Option(names = "--once", description = "Show it once and exit.")
  private boolean once;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      converter = DemoCommand.Time.class,
      description = "How often to look: 1s without it.")
  private Duration interval = USUAL;

  @Mixin private final Remote remote;

  StatusCommand(Terminal terminal, Stop stop) {
    this.terminal = terminal;
    this.stop = stop;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    if (interval.compareTo(SHORTEST) < 0) {
      return remote.refused(Refusal.local("usage", "--interval must be at least 100ms"));
    }
    if (once) {
      return remote.with(client ->
          remote.show(
              client.get("/pool"),
              pool -> {
                int width = terminal.interactive() ? terminal.window().size().columns() : WIDE;
                new StatusPage(terminal.style(), width, Integer.MAX_VALUE)
                    .page(pool, client.url(), null)
                    .forEach(terminal.out()::println);
              }));
    }
    return remote.with(this::watch);
  }

  private int watch(ControlClient client) {
    Answer first = client.get("/pool");
    return switch (first) {
      case Answer.Refused(Refusal why) -> remote.refused(why);
      case Answer.Good(JsonNode pool) -> {
        Signals.handle(terminal, stop);
        if (remote.json()) {
          lines(client, pool);
        } else {
          try (Display display = Display.on(terminal)) {
            pages(display, client, pool);
          }
        }
        yield ExitCode.OK.number();
      }
    };
  }

  private void lines(ControlClient client, JsonNode first) {
    JsonNode pool = first;
    while (true) {
      terminal.out().println(Json.line(pool));
      terminal.out().flush();
      Answer next;
      do {
        if (stop.await(interval)) {
          return;
        }
        next = client.get("/pool");
        if (next instanceof Answer.Refused(Refusal why)) {
          remote.refused(why);
        }
      } while (!(next instanceof Answer.Good));
      pool = ((Answer.Good) next).json();
    }
  }

  /// The last page stays, with what is the matter, while the gateway cannot be asked.
  private void pages(Display display, ControlClient first, JsonNode known) {
    ControlClient client = first;
    JsonNode pool = known;
    @Nullable String trouble = null;
    try {
      while (true) {
        display.show(
            new StatusPage(terminal.style(), display.width(), display.height())
                .page(pool, client.url(), trouble));
        if (stop.await(interval)) {
          return;
        }
        switch (client.get("/pool")) {
          case Answer.Good(JsonNode next) -> {
            pool = next;
            trouble = null;
          }
          case Answer.Refused(Refusal why) -> {
            trouble = why.message();
            client = again(client, first);
          }
        }
      }
    } finally {
      if (client != first) {
        client.close();
      }
    }
  }

  /// A gateway that was started again has left another token.
  private ControlClient again(ControlClient last, ControlClient first) {
    Endpoint endpoint = remote.endpoint();
    if (endpoint.token() == null) {
      return last;
    }
    if (last != first) {
      last.close();
    }
    return new ControlClient(endpoint);
  }
}
