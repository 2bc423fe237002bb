package dev.forebay.bench.goodput;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// What must hold of Forebay, and whether it does.
final class Bounds {

  private static final Predicate<Result> BELOW = result -> result.load() < 0.95;

  private final Figures figures;
  private final Workloads workloads;
  private final List<Finding> findings = new ArrayList<>();

  /// One bound.
  ///
  /// @param worst the figure farthest on the wrong side
  /// @param where the trial it comes from
  record Finding(String what, String bound, double worst, String where, boolean holds) {}

  private Bounds(Figures figures, Workloads workloads) {
    this.figures = figures;
    this.workloads = workloads;
  }

  static List<Finding> check(Figures figures, Workloads workloads) {
    Bounds bounds = new Bounds(figures, workloads);
    bounds.goodput();
    bounds.silent();
    bounds.restarts();
    bounds.shared();
    bounds.caches();
    bounds.herds();
    return bounds.findings;
  }

  private List<Result> results(List<Workload> of) {
    List<Result> all = new ArrayList<>();
    for (Workload workload : of) {
      for (double load : workloads.loads()) {
        all.add(figures.of(workload, load, Figures.FOREBAY));
      }
    }
    return all;
  }

  private void goodput() {
    limits("", workloads.told(), 0.99);
  }

  private void silent() {
    limits(", without headers", workloads.untold(), 0.97);
  }

  private void limits(String which, List<Workload> of, double yield) {
    List<Result> all = results(of);
    List<Result> below = all.stream().filter(BELOW).toList();
    List<Result> above = all.stream().filter(BELOW.negate()).toList();
    atLeast("goodput over what could be served" + which, yield, all, this::reached);
    atMost("clients with a 429 below saturation" + which, 0, below, Result::refusedClients);
    atMost(
        "provider 429s per 1,000 attempts below saturation, once limits are learned" + which,
        1,
        below,
        Result::relapsesPerThousand);
    atMost(
        "provider 429s per 1,000 attempts from saturation on" + which,
        20,
        above,
        Result::refusalsPerThousand);
  }

  // A conversation that has to be placed anew pays for its whole prompt once more, whoever sends it
  // there: no more of them can be served than the all-knowing serves.
  private double reached(Result result) {
    Workload agents = workloads.agentic(result.flavour());
    return agents.name().equals(result.workload())
        ? result.yield() / Math.min(1, figures.of(agents, result.load(), Figures.CEILING).yield())
        : result.yield();
  }

  // Nothing is learned yet of who says nothing: the first minutes cost some refusals, and who comes
  // in the first second may use up its attempts on keys of which nobody knows that they are spent.
  private void restarts() {
    List<Result> all = results(workloads.restarts());
    String when = " in ten minutes after a restart with nothing left";
    atLeast("goodput over what could be served" + when, 0.97, all, Result::yield);
    atMost(
        "clients with a 429 per 1,000 below saturation" + when,
        5,
        all.stream().filter(BELOW).toList(),
        result -> 1_000 * result.refusedShare());
    atMost("provider 429s per 1,000 attempts" + when, 20, all, Result::refusalsPerThousand);
  }

  private void shared() {
    for (Flavour flavour : workloads.telling()) {
      String whose = " of three keys of one organisation, " + flavour;
      Workload one = workloads.shared(flavour, 0);
      List<Result> all = results(List.of(one));
      atLeast("goodput" + whose, 0.99, all, Result::yield);
      atMost("provider 429s per 1,000 attempts" + whose, 20, all, Result::refusalsPerThousand);
      int answers = figures.answersUntilOneGroup(one);
      findings.add(
          new Finding(
              "answers until one group" + whose,
              "≤ 10",
              answers,
              one.name(),
              answers >= 0 && answers <= 10));
    }
  }

  private void caches() {
    for (Flavour flavour : workloads.telling()) {
      List<Result> agents = new ArrayList<>();
      for (double load : List.of(0.5, 0.9)) {
        agents.add(figures.of(workloads.agentic(flavour), load, Figures.FOREBAY));
      }
      Result twenty =
          figures.conversations(workloads.twentyConversations(flavour), Figures.FOREBAY);
      List<Result> both = new ArrayList<>(agents);
      both.add(twenty);
      String whose = ", " + flavour;
      atLeast("cached tokens over those of one account" + whose, 0.95, both, Result::cacheShare);
      atMost("highest over mean load of the organisations" + whose, 1.25, both, Result::unevenness);
      atMost(
          "cost of twenty conversations over one account's" + whose,
          1.05,
          List.of(twenty),
          Result::costShare);
    }
  }

  private void herds() {
    Map<Flavour, List<Result>> all = new TreeMap<>();
    for (Workload workload : workloads.troubled()) {
      for (double load : workloads.troubledLoads(workload.flavour())) {
        all.computeIfAbsent(workload.flavour(), _ -> new ArrayList<>())
            .add(figures.of(workload, load, Figures.FOREBAY));
      }
    }
    all.forEach((flavour, results) ->
        atMost(
            "most of a key's fair share of a second, " + flavour,
            2,
            results,
            result -> result.herd().factor()));
  }

  private void atLeast(
      String what, double bound, List<Result> of, ToDoubleFunction<Result> figure) {
    Result worst = of.stream().min(Comparator.comparingDouble(figure)).orElseThrow();
    add(
        what,
        "≥ " + number(bound),
        figure.applyAsDouble(worst),
        worst,
        figure.applyAsDouble(worst) >= bound);
  }

  private void atMost(String what, double bound, List<Result> of, ToDoubleFunction<Result> figure) {
    Result worst = of.stream().max(Comparator.comparingDouble(figure)).orElseThrow();
    add(
        what,
        "≤ " + number(bound),
        figure.applyAsDouble(worst),
        worst,
        figure.applyAsDouble(worst) <= bound);
  }

  private void add(String what, String bound, double figure, Result worst, boolean holds) {
    String where =
        worst.load() == 0
            ? worst.workload() + ", " + worst.flavour()
            : worst.workload() + ", " + worst.flavour() + ", " + number(worst.load());
    findings.add(new Finding(what, bound, figure, where, holds));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
