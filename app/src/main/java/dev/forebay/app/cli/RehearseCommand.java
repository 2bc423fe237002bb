package dev.forebay.app.cli;

import dev.forebay.app.demo.Demo;
import dev.forebay.app.demo.DemoEnd;
import dev.forebay.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `forebay rehearse`: a start, some traffic and a stop, for the JVM to learn from.
///
/// The launcher runs it once after a build and keeps what the JVM saw as its ahead-of-time cache,
/// so that every later start is quicker. It takes free ports, leaves nothing behind and is of no
/// use to people, hence hidden.
@Command(name = "rehearse", hidden = true, description = "Start, serve and stop once.")
final class RehearseCommand implements Callable<Integer> {
  /// Long enough for every kind of request that the demo sends.
  private static final Duration TRAFFIC = Duration.ofSeconds(2);

  private static final String SETTINGS =
      """
      keys: [{ provider: openai, name: nobody, secret: sk-nobody, baseUrl: "http://127.0.0.1:9" }]
      clientKeys: [{ name: nobody, key: fb-nobody-asks-with-this }]
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

  /// A whole start with a database, and a stop at once.
  private int serve(Path folder) throws IOException {
    Path settings = Files.writeString(folder.resolve("forebay.yaml"), SETTINGS);
    Stop atOnce = new Stop();
    atOnce.request();
    return new ForebayCommand(terminal, atOnce)
        .run(
            "serve",
            "--config",
            settings.toString(),
            "--listen",
            "127.0.0.1:0",
            "--data",
            folder.resolve("data").toString());
  }

  private int demo() {
    return switch (Demo.run(terminal, Version.current(), 0, TRAFFIC, stop::await)) {
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
