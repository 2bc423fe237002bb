package dev.forebay.bench.goodput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares the pool with other policies, in virtual time, and writes what came of it.
///
/// The command line is explained by `bench/goodput --help`.
public final class Goodput {

  static final long SEED = 6;

  private static final String USAGE =
      """
      bench/goodput                     all trials; writes docs/goodput.md and its pictures
      bench/goodput --brief             the same with fewer loads and shorter trials
      bench/goodput --check             the trials of Forebay alone; exits with 1 when a bound is missed
      bench/goodput --live              a real gateway and simulator for a minute and a half
      bench/goodput --only=TEXT [NAME]  prints the trials of workloads whose name holds TEXT, of the
                                        contenders named (Forebay when none is)
      options: --seed=N  --load=X
      """;

  private Goodput() {}

  public static void main(String[] arguments) throws IOException {
    List<String> contenders = new ArrayList<>();
    String mode = "";
    @Nullable String only = null;
    long seed = SEED;
    List<Double> loads = Workloads.whole().loads();
    for (String argument : arguments) {
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.startsWith("--only=")) {
        only = value;
      } else if (argument.startsWith("--seed=")) {
        seed = Long.parseLong(value);
      } else if (argument.startsWith("--load=")) {
        loads = List.of(Double.parseDouble(value));
      } else if (argument.startsWith("--")) {
        mode = argument;
      } else {
        contenders.add(argument);
      }
    }
    if (mode.equals("--live")) {
      System.out.print(Live.run());
    } else if (mode.equals("--check")) {
      check(seed);
    } else if (mode.equals("--brief")) {
      write(seed, Workloads.brief());
    } else if (!mode.isEmpty()) {
      System.out.print(USAGE);
    } else if (only != null) {
      print(only, contenders.isEmpty() ? List.of(Figures.FOREBAY) : contenders, loads, seed);
    } else {
      write(seed, Workloads.whole());
    }
  }

  private static void check(long seed) {
    Figures figures = new Figures(seed, _ -> {});
    List<Bounds.Finding> findings = Bounds.check(figures, Workloads.whole());
    findings.forEach(finding -> System.out.println(Report.line(finding)));
    System.exit(findings.stream().allMatch(Bounds.Finding::holds) ? 0 : 1);
  }

  private static void print(String only, List<String> contenders, List<Double> loads, long seed) {
    Figures figures = new Figures(seed, result -> System.out.println(line(result)));
    for (Workload workload : Workloads.whole().all()) {
      if ((workload.name() + "/" + workload.flavour()).contains(only)) {
        for (String contender : contenders) {
          for (double load : loads) {
            figures.of(workload, load, contender);
          }
        }
      }
    }
    for (Flavour flavour : List.of(Flavour.ANTHROPIC, Flavour.OPENAI)) {
      Workload twenty = Workloads.whole().twentyConversations(flavour);
      if ((twenty.name() + "/" + flavour).contains(only)) {
        contenders.forEach(contender -> figures.conversations(twenty, contender));
      }
    }
  }

  private static String line(Result result) {
    return String.format(
        Locale.ROOT,
        "%-20s %-9s %-12s %3.1f good %.4f yield %.4f asked %d 429 %d other %d attempts %d p429/k %.2f (%.2f once learned) max/mean %.3f cache %.3f cost %.3f herd %.2f (key %d, second %d) wait %.2f/%.2f",
        result.workload(),
        result.flavour(),
        result.contender(),
        result.load(),
        result.goodput(),
        result.yield(),
        result.asked(),
        result.refusedClients(),
        result.failedClients(),
        result.attempts(),
        result.refusalsPerThousand(),
        result.relapsesPerThousand(),
        result.unevenness(),
        result.cacheShare(),
        result.costShare(),
        result.herd().factor(),
        result.herd().key(),
        result.herd().second(),
        result.meanWait(),
        result.longestWait());
  }

  private static void write(long seed, Workloads workloads) throws IOException {
    Path docs = Path.of("docs");
    if (!Files.isDirectory(docs)) {
      throw new IllegalStateException(
          docs.toAbsolutePath() + " is not there (expected: to run in the repository's root)");
    }
    Figures figures = new Figures(seed, result -> System.err.println(line(result)));
    Report report = new Report(figures, workloads);
    for (Map.Entry<String, String> file : report.files().entrySet()) {
      Path path = docs.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
