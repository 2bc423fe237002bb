package dev.forebay.bench.goodput;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs trials from the command line.
public final class Goodput {

  static final long SEED = 6;
  static final double[] LOADS = {0.5, 0.9, 1.0, 1.5, 3};

  private Goodput() {}

  static final String FOREBAY = "Forebay";
  static final String CEILING = "all-knowing";

  static Function<World, Contender> contender(String name, long seed) {
    return switch (name) {
      case FOREBAY -> world -> new Gateway(world, seed);
      case CEILING -> AllKnowing::new;
      default -> world -> new Peer(world, policy(name), seed);
    };
  }

  private static Policy policy(String title) {
    for (Policy policy : Policy.values()) {
      if (policy.title.equals(title)) {
        return policy;
      }
    }
    throw new IllegalArgumentException("contender: " + title + " (expected: a policy's title)");
  }

  static Result run(Workload workload, double load, String contender, long seed) {
    Schedule schedule = Schedule.of(workload, load, seed);
    return new Trial(workload, schedule, load, contender(contender, seed)).run(contender);
  }

  public static void main(String[] arguments) {
    List<String> contenders = new ArrayList<>();
    @Nullable String only = null;
    long seed = SEED;
    double[] loads = LOADS;
    for (String argument : arguments) {
      if (argument.startsWith("--only=")) {
        only = argument.substring(7);
      } else if (argument.startsWith("--seed=")) {
        seed = Long.parseLong(argument.substring(7));
      } else if (argument.startsWith("--load=")) {
        loads = new double[] {Double.parseDouble(argument.substring(7))};
      } else {
        contenders.add(argument);
      }
    }
    Workloads workloads = Workloads.whole();
    List<Workload> all = new ArrayList<>();
    for (Flavour flavour : Flavour.values()) {
      all.add(workloads.steady(flavour));
      if (flavour != Flavour.ANTHROPIC) {
        all.add(workloads.steadyTokens(flavour));
      }
      all.add(workloads.bursty(flavour));
      all.add(workloads.uneven(flavour));
    }
    all.add(workloads.longAnswers());
    all.add(workloads.agentic(Flavour.ANTHROPIC));
    all.add(workloads.agentic(Flavour.OPENAI));
    for (Flavour flavour : List.of(Flavour.ANTHROPIC, Flavour.OPENAI)) {
      all.add(workloads.shared(flavour, 0));
      all.add(workloads.shared(flavour, 3));
      all.add(workloads.outage(flavour, 2, 503));
      all.add(workloads.outage(flavour, 8, flavour == Flavour.ANTHROPIC ? 529 : 503));
    }
    all.add(workloads.cliff(Flavour.GEMINI));
    all.add(workloads.cliff(Flavour.OPENAI));
    System.out.printf(
        Locale.ROOT,
        "%-20s %-9s %-12s %4s %7s %7s %7s %7s %7s %7s %6s %6s %6s %6s %6s %6s %6s%n",
        "workload", "flavour", "contender", "load", "goodput", "yield", "asked", "429", "other",
        "429/1k", "max/m", "cache", "cost", "herd", "wait", "most", "cpu s");
    for (Workload workload : all) {
      String id = workload.name() + "/" + workload.flavour();
      if (only != null && !id.contains(only)) {
        continue;
      }
      for (String contender : contenders) {
        for (double load : loads) {
          long before = System.nanoTime();
          Result r = run(workload, load, contender, seed);
          System.out.printf(
              Locale.ROOT,
              "%-20s %-9s %-12s %4.1f %7.4f %7.4f %7d %7d %7d %7.2f %6.3f %6.3f %6.3f %6.2f %6.2f %6.2f %6.1f%n",
              r.workload(), r.flavour(), r.contender(), load, r.goodput(), r.yield(), r.asked(),
              r.refusedClients(), r.failedClients(), r.refusalsPerThousand(), r.unevenness(),
              r.cacheShare(), r.costShare(), r.herd(), r.meanWait(), r.longestWait(),
              (System.nanoTime() - before) / 1e9);
        }
      }
    }
  }
}
