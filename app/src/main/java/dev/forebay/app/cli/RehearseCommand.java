package dev.forebay.app.cli;

import dev.forebay.app.SystemTicker;
import dev.forebay.app.demo.Demo;
import dev.forebay.app.demo.DemoEnd;
import dev.forebay.app.terminal.Terminal;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `forebay rehearse`: a start, much traffic and a stop, for the JVM to learn from.
///
/// The launcher runs it once after a build and keeps what the JVM saw as its ahead-of-time cache,
/// so that every later start is quicker. It takes free ports, leaves nothing behind and is of no
/// use to people, hence hidden.
@Command(name = "rehearse", hidden = true, description = "Start, serve and stop once.")
final class RehearseCommand implements Callable<Integer> {
  /// Long enough for the demo's page.
  private static final Duration DEMO = Duration.ofSeconds(2);

  private static final String CLIENT_KEY = "fb-only-the-rehearsal-asks-with-this";

  private static final SimulatorSpec PROVIDERS =
      SimulatorSpec.of(
          SimulatedOrganization.openai("org-rehearsal", "sk-rehearsal"),
          SimulatedOrganization.anthropic("org-rehearsal", "sk-ant-rehearsal"),
          SimulatedOrganization.gemini("100000000001", "AQ.rehearsal"));

  private static final String SETTINGS =
      """
      clientKeys: [{ name: rehearsal, key: %1$s }]
      keys:
        - { provider: openai,    name: rehearsal-1, secret: sk-rehearsal,     dailyTokens: 1000M, baseUrl: %2$s }
        - { provider: anthropic, name: rehearsal-2, secret: sk-ant-rehearsal, dailyTokens: 1000M, baseUrl: %2$s }
        - { provider: gemini,    name: rehearsal-3, secret: AQ.rehearsal,     dailyTokens: 1000M, baseUrl: %2$s }
      """;

  private final Terminal terminal;
  private final Stop stop;

  RehearseCommand(Terminal terminal, Stop stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("forebay-rehearsal");
    try {
      int served = serve(folder);
      return served == ExitCode.OK.number() ? demo() : served;
    } finally {
      delete(folder);
    }
  }

  /// A whole start with a database, a busy time and a stop.
  private int serve(Path folder) throws IOException {
    try (Simulator providers = Simulator.start(PROVIDERS, 0)) {
      Path settings =
          Files.writeString(
              folder.resolve("forebay.yaml"), SETTINGS.formatted(CLIENT_KEY, providers.origin()));
      String address = "127.0.0.1:" + freePort();
      Stop enough = new Stop();
      Thread.ofVirtual()
          .start(() -> {
            new RehearsalTraffic("http://" + address, CLIENT_KEY, SystemTicker.INSTANCE::nanos)
                .run();
            enough.request();
          });
      return ForebayCommand.run(
          terminal,
          enough,
          "serve",
          "--config",
          settings.toString(),
          "--listen",
          address,
          "--data",
          folder.resolve("data").toString());
    }
  }

  /// One that nobody listens on now.
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private int demo() {
    return switch (Demo.run(terminal, Version.current(), 0, DEMO, false, stop::await)) {
      case DemoEnd.Done _ -> ExitCode.OK.number();
      case DemoEnd.Refused(String reason) -> {
        Say.error(terminal, reason);
        yield ExitCode.FAILED.number();
      }
    };
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
