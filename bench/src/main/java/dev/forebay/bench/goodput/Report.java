package dev.forebay.bench.goodput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// The page about all trials and its pictures, as text.
final class Report {

  private static final double BELOW = 0.9;
  private static final double ABOVE = 1.5;
  private static final double TROUBLED = 0.7;

  private static final String INTRODUCTION =
      """
      # Goodput

      How much of the limits of many keys gets through, and what it costs: Forebay against other ways
      to balance, in virtual time. This page and its pictures are made by `bench/goodput`; the same
      seed makes the same bytes.

      Forebay is not modelled here: its dispatcher and pool run as they ship, behind ports that a
      simulation serves. Clients come whatever the answers do. Providers keep their limits as they
      document them: Anthropic's buckets of requests, input and output, where what is read from the
      cache does not count; OpenAI's of requests and admission tokens, where a refusal costs a
      request; Gemini's minutes of the wall clock, with no headers but a reason in each refusal; and
      *silent* ones that speak OpenAI's dialect, have buckets and say nothing of them; *terse* ones, which
      are silent but for the seconds in their refusals. Heads tell the limits as of admission and come with
      the first token, or with the whole answer.

      | contender | chooses |
      |---|---|
      | Forebay | as it ships, with its defaults |
      | all-knowing | sees every limit, cache and outage itself: what can be reached at all |
      | random, round robin | among the keys that are not cooling |
      | least used | the key with the fewest tokens in the last minute |
      | fill first | the first key that is not cooling |

      The last four react as gateways commonly do: a 429 cools its key for as long as the provider
      asked, or else for a second and then twice as long each time; another key is tried; when
      none is left the first to come back is waited for, ten seconds at most, as in Forebay; five
      attempts are the most.

      **Load** is what clients offer, in sums of the limits: as much as was really drawn, to a hundredth.
      **Goodput** is what was served, in the
      same unit, on the limit that runs out first; a request counts as much as one account with a
      cache of its own would be charged, so that a lost cache does not count as work. **Of what could
      be served** sets it against the lesser of what was offered and the limits, and with conversations
      of what the all-knowing serves, because who is placed anew pays for a whole prompt. All figures begin
      after a warm-up, when buckets are as full as the load leaves them; for silent and terse providers it
      lasts twenty minutes, in which their limits are learned. A restart has none: nothing is left of
      the limits then, and nothing is known of them. **Once limits are learned**: where a provider
      names a limit in refusals only, the first refusal of each of an organisation's limits, and what was
      under way before it came back, does not count. A key's **fair share** of a second is its
      organisation's share of the limits that are open, of everything that was sent in that second, but
      no more than its limit grants per second, where that can be known: providers tell it, or a
      refusal has spoken of it. A window of the wall clock that is used up is not open, and after an
      outage, and after it refused, an organisation is once it has been asked more than three times,
      because before its first trials are answered nobody can know.
      """;

  private final Figures figures;
  private final Workloads workloads;

  Report(Figures figures, Workloads workloads) {
    this.figures = figures;
    this.workloads = workloads;
  }

  /// Every file by its path in `docs`.
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "images/goodput-steady.svg",
        byLoad(
            workloads.steady(Flavour.ANTHROPIC),
            "Goodput of equal keys, steady load",
            Result::goodput));
    files.put(
        "images/goodput-agentic.svg",
        byLoad(
            workloads.agentic(Flavour.ANTHROPIC),
            "Goodput of growing conversations with prompt caches",
            Result::goodput));
    files.put("images/goodput-refusals.svg", refusals());
    files.put("images/goodput-outage.svg", recovery());
    files.put("goodput.md", page());
    return files;
  }

  private String page() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append("\n## What must hold\n\n");
    page.append("| what | bound | worst figure | where | |\n|---|---|---|---|---|\n");
    for (Bounds.Finding finding : Bounds.check(figures, workloads)) {
      page.append(row(finding)).append('\n');
    }
    page.append(
        """

        ![Goodput over load, equal keys](images/goodput-steady.svg)

        ![Goodput over load, conversations](images/goodput-agentic.svg)

        ![Provider 429s over load](images/goodput-refusals.svg)

        ![Attempts by second around an outage](images/goodput-outage.svg)
        """);
    page.append("\n## By workload\n");
    section(page, "Equal keys, steady load", workloads.steady(Flavour.ANTHROPIC));
    section(page, "Equal keys, nothing told of limits", workloads.steady(Flavour.SILENT));
    section(page, "Keys with ten times the quota of others", workloads.uneven(Flavour.ANTHROPIC));
    section(
        page,
        "Three undeclared keys of one organisation beside others",
        workloads.shared(Flavour.ANTHROPIC, 3));
    agents(page, workloads.agentic(Flavour.ANTHROPIC));
    twenty(page);
    trouble(page);
    return page.toString();
  }

  private void section(StringBuilder page, String title, Workload workload) {
    heading(page, title, workload);
    page.append("| contender |");
    for (double load : workloads.loads()) {
      page.append(" goodput at ").append(load).append(" |");
    }
    page.append(
        " clients with 429 at 0.9 | provider 429s per 1,000 at 0.9 | at 1.5 | highest/mean load at 0.9 |\n");
    page.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (String contender : Figures.CONTENDERS) {
      Result below = figures.of(workload, BELOW, contender);
      Result above = figures.of(workload, ABOVE, contender);
      goodputs(page, workload, contender);
      page.append(
          text(
              " %s | %.1f | %.1f | %.2f |%n",
              percent(below.refusedShare()),
              below.refusalsPerThousand(),
              above.refusalsPerThousand(),
              below.unevenness()));
    }
  }

  private void goodputs(StringBuilder page, Workload workload, String contender) {
    page.append("| ").append(contender).append(" |");
    for (double load : workloads.loads()) {
      page.append(text(" %.3f |", figures.of(workload, load, contender).goodput()));
    }
  }

  private static void heading(StringBuilder page, String title, Workload workload) {
    page.append(
        text(
            "%n### %s%n%n%s, %d keys; %s run out first.%n%n",
            title,
            workload.flavour().title,
            workload.keys(),
            switch (workload.binding()) {
              case REQUESTS, REQUESTS_PER_DAY -> "requests";
              case TOKENS -> "admission tokens";
              case INPUT -> "input tokens";
              case OUTPUT -> "output tokens";
            }));
  }

  private void agents(StringBuilder page, Workload workload) {
    heading(page, "Conversations that grow from 100 to 350 kB", workload);
    page.append("| contender |");
    for (double load : workloads.loads()) {
      page.append(" goodput at ").append(load).append(" |");
    }
    page.append(
        " clients with 429 at 0.9 | cached of one account's at 0.9 | cost over one account's | highest/mean load at 0.9 |\n");
    page.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (String contender : Figures.CONTENDERS) {
      Result below = figures.of(workload, BELOW, contender);
      goodputs(page, workload, contender);
      page.append(
          text(
              " %s | %s | %.2f | %.2f |%n",
              percent(below.refusedShare()),
              percent(below.cacheShare()),
              below.costShare(),
              below.unevenness()));
    }
  }

  private void twenty(StringBuilder page) {
    page.append(
        "\n### Twenty conversations on four organisations\n\n"
            + "Twenty turns each, with room for all of them.\n\n"
            + "| contender | provider | cached of one account's | cost over one account's | highest/mean load |\n"
            + "|---|---|---|---|---|\n");
    for (Flavour flavour : List.of(Flavour.ANTHROPIC, Flavour.OPENAI)) {
      for (String contender : Figures.CONTENDERS) {
        Result result = figures.conversations(workloads.twentyConversations(flavour), contender);
        page.append(
            text(
                "| %s | %s | %s | %.3f | %.2f |%n",
                contender,
                flavour.title,
                percent(result.cacheShare()),
                result.costShare(),
                result.unevenness()));
      }
    }
  }

  private void trouble(StringBuilder page) {
    page.append(
        text(
            "%n### Outages and a quota cliff%n%nEight keys at a load of %s. An outage lasts a minute;"
                + " the cliff takes two projects' quota of the day away until midnight. The herd"
                + " factor is the most that a key got of its fair share in any second, among the"
                + " organisations that were up.%n%n",
            TROUBLED));
    page.append(
        "| workload | provider | contender | goodput of what could be served | clients with 429 | with other errors | provider 429s per 1,000 | herd factor |\n"
            + "|---|---|---|---|---|---|---|---|\n");
    for (Workload workload :
        List.of(
            workloads.outage(Flavour.ANTHROPIC, 2, 503),
            workloads.outage(Flavour.ANTHROPIC, 8, 529),
            workloads.cliff(Flavour.GEMINI))) {
      for (String contender : Figures.CONTENDERS) {
        Result result = figures.of(workload, TROUBLED, contender);
        page.append(
            text(
                "| %s | %s | %s | %.3f | %s | %s | %.1f | %.2f |%n",
                workload.name(),
                workload.flavour().title,
                contender,
                result.yield(),
                percent(result.refusedShare()),
                percent((double) result.failedClients() / Math.max(1, result.asked())),
                result.refusalsPerThousand(),
                result.herd().factor()));
      }
    }
    herds(page);
  }

  private void herds(StringBuilder page) {
    page.append(
        "\nForebay's herd factor for every provider, below, at and above saturation. In the last of"
            + " them all projects have used up their quotas of the day some minutes before"
            + " midnight.\n\n| workload | provider |");
    List<Double> loads = workloads.troubledLoads(Flavour.ANTHROPIC);
    for (double load : loads) {
      page.append(" at ").append(load).append(" |");
    }
    page.append("\n|---|---|").append("---|".repeat(loads.size())).append('\n');
    for (Workload workload : workloads.troubled()) {
      page.append(text("| %s | %s |", workload.name(), workload.flavour().title));
      for (double load : loads) {
        boolean offered = workloads.troubledLoads(workload.flavour()).contains(load);
        page.append(
            offered
                ? text(" %.2f |", figures.of(workload, load, Figures.FOREBAY).herd().factor())
                : " |");
      }
      page.append('\n');
    }
  }

  private String byLoad(Workload workload, String title, Function<Result, Double> figure) {
    return Plot.linear(title, "offered load, in sums of the limits", "goodput, same unit", 3, 1.1)
        .svg(
            series(workload, figure),
            List.of(0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0),
            List.of(0.0, 0.25, 0.5, 0.75, 1.0),
            List.of());
  }

  private String refusals() {
    return Plot.logarithmic(
            "Provider 429s, steady load",
            "offered load, in sums of the limits",
            "per 1,000 attempts",
            3,
            0.1,
            1_000)
        .svg(
            series(workloads.steady(Flavour.ANTHROPIC), Result::refusalsPerThousand),
            List.of(0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0),
            List.of(0.1, 1.0, 10.0, 100.0, 1_000.0),
            List.of());
  }

  private List<Plot.Series> series(Workload workload, Function<Result, Double> figure) {
    List<Plot.Series> all = new ArrayList<>();
    for (String contender : Figures.CONTENDERS) {
      List<double[]> points = new ArrayList<>();
      for (double load : workloads.loads()) {
        points.add(new double[] {load, figure.apply(figures.of(workload, load, contender))});
      }
      all.add(new Plot.Series(contender, points));
    }
    return all;
  }

  /// What keys were sent in each second around an outage.
  private String recovery() {
    Workload workload = workloads.outage(Flavour.ANTHROPIC, 2, 503);
    Outage outage = workload.outages().getFirst();
    int from = (int) (workload.warmUp() / Timeline.SECOND);
    int seconds = (int) (workload.measured() / Timeline.SECOND);
    List<Plot.Series> series = new ArrayList<>();
    for (String contender : List.of(Figures.FOREBAY, "round robin")) {
      Trial trial =
          figures.trial(
              workload, Schedule.of(workload, TROUBLED, figures.seed()), TROUBLED, contender);
      trial.run(contender);
      int[][] attempts = trial.books().attemptsBySecond();
      series.add(mean(contender + ": struck", attempts, 0, 2, from, seconds));
      series.add(mean(contender + ": others", attempts, 2, 8, from, seconds));
    }
    double begin = (double) outage.from() / Timeline.SECOND - from;
    double end = (double) outage.to() / Timeline.SECOND - from;
    return Plot.linear(
            "Two of eight keys fail for a minute",
            "seconds",
            "attempts per key and second, mean of five seconds",
            seconds,
            30)
        .svg(
            series,
            List.of(0.0, 60.0, 120.0, 180.0, 240.0, 300.0, 360.0, 420.0),
            List.of(0.0, 10.0, 20.0, 30.0),
            List.of(new Plot.Band(begin, end, "outage")));
  }

  private static Plot.Series mean(
      String name, int[][] attempts, int first, int last, int from, int seconds) {
    List<double[]> points = new ArrayList<>();
    for (int second = 0; second < seconds; second += 5) {
      double sum = 0;
      for (int key = first; key < last; key++) {
        for (int i = 0; i < 5; i++) {
          sum += attempts[key][from + second + i];
        }
      }
      points.add(new double[] {second + 2.5, sum / 5 / (last - first)});
    }
    return new Plot.Series(name, points);
  }

  static String line(Bounds.Finding finding) {
    return text(
        "%-6s %-75s %-7s %8.3f  %s",
        finding.holds() ? "ok" : "MISSED",
        finding.what(),
        finding.bound(),
        finding.worst(),
        finding.where());
  }

  private static String row(Bounds.Finding finding) {
    return text(
        "| %s | %s | %.3f | %s | %s |",
        finding.what(),
        finding.bound(),
        finding.worst(),
        finding.where(),
        finding.holds() ? "holds" : "**missed**");
  }

  private static String percent(double share) {
    return text("%.1f %%", 100 * share);
  }

  private static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
