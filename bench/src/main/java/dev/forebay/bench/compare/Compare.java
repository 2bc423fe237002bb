package dev.forebay.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command behind `bench/compare`.
@Command(
    name = "bench/compare",
    description =
        "Compares Forebay with nginx on this machine, in turns, and says what each costs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Compare implements Callable<Integer> {

  @Option(
      names = "--quick",
      description = "Fewer and shorter rounds: a few minutes, rougher figures.")
  private boolean quick;

  @Option(names = "--check", description = "Exit with status 1 when a target is missed.")
  private boolean check;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SCENARIO",
      description =
          "Run only these: unary-2k, request-200k, answer-200k, stream, open-loop, resident.")
  private List<String> only = List.of();

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      description = "openai or anthropic. Default: openai.")
  private String dialect = "openai";

  @Option(names = "--rounds", description = "Rounds per scenario. Default: 5, or 2 with --quick.")
  private int rounds;

  @Option(names = "--seconds", description = "Seconds per round. Default: 6, or 3 with --quick.")
  private int seconds;

  @Option(
      names = "--feed",
      paramLabel = "READERS",
      description =
          "Also measure CPU while so many pages follow the console's live feed. Default: 0.")
  private int feed;

  @Option(
      names = "--keys",
      description = "How many provider keys Forebay has. Default: " + Forebay.KEYS + ".")
  private int keys = Forebay.KEYS;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the raw figures there.")
  private @Nullable Path json;

  @Option(names = "--launcher", hidden = true)
  private Path launcher = Path.of("forebay");

  @Option(names = "--work", hidden = true, required = true)
  private Path work = Path.of("");

  private Compare() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Compare()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<Scenario> scenarios = scenarios();
    Shape shape = Shape.valueOf(dialect.toUpperCase(Locale.ROOT));
    Pace pace =
        quick
            ? new Pace(or(rounds, 2), or(seconds, 3), 12, 4)
            : new Pace(or(rounds, 5), or(seconds, 6), 20, 8);
    List<Result> results = new ArrayList<>();
    try (Child mock = Child.printingItsPort("mock", mockCommand(), work);
        Contender nginx = Nginx.start(work, mock.port());
        Contender forebay = Forebay.start(setting(shape, mock), work)) {
      Turns.Starter starter =
          number ->
              Forebay.start(
                  setting(shape, mock), Files.createDirectories(work.resolve("start-" + number)));
      Turns.@Nullable Gallery gallery =
          feed == 0 ? null : () -> new Readers(forebay.port(), Forebay.token(work), feed);
      Turns turns = new Turns(shape, Contender.of(mock), nginx, forebay, starter, gallery, pace);
      for (Scenario scenario : scenarios) {
        System.err.println(scenario.id() + ": " + scenario.title() + " …");
        results.add(turns.run(scenario));
      }
    } finally {
      // What was measured before something broke is worth showing too.
      System.out.print(Report.table(results));
      if (json != null) {
        Files.writeString(json, Report.json(results));
      }
    }
    return check && results.stream().anyMatch(Result::missed) ? 1 : 0;
  }

  private Forebay.Setting setting(Shape shape, Child mock) {
    return new Forebay.Setting(
        launcher.toAbsolutePath(), shape, Turns.CREDENTIAL, mock.port(), keys);
  }

  private List<Scenario> scenarios() {
    for (String id : only) {
      if (Scenario.ALL.stream().noneMatch(scenario -> scenario.id().equals(id))) {
        List<String> known = Scenario.ALL.stream().map(Scenario::id).toList();
        throw new IllegalArgumentException(
            "--only: " + id + " (expected: some of " + String.join(", ", known) + ")");
      }
    }
    return Scenario.ALL.stream()
        .filter(scenario -> only.isEmpty() || only.contains(scenario.id()))
        .toList();
  }

  private static int or(int given, int otherwise) {
    return given > 0 ? given : otherwise;
  }

  private static List<String> mockCommand() {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:+UseSerialGC",
        "-Xmx512m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        Mock.class.getName());
  }

  /// How long and how often.
  ///
  /// @param firstWarmUp seconds of load before the first scenario, which include most of the
  ///   compiler's work
  /// @param warmUp seconds of load before each later one
  record Pace(int rounds, int seconds, int firstWarmUp, int warmUp) {}

  /// Waits for something outside this process; nothing here can tell us sooner.
  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
