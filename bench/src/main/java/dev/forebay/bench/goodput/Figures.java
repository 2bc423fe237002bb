package dev.forebay.bench.goodput;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// The results of trials, each run once when it is first asked for. Not thread-safe.
final class Figures {

  static final String FOREBAY = "Forebay";
  static final String CEILING = "all-knowing";

  /// Ours, the ceiling, and the others.
  static final List<String> CONTENDERS = contenders();

  private final long seed;
  private final Consumer<Result> progress;
  private final Map<String, Result> known = new HashMap<>();

  Figures(long seed, Consumer<Result> progress) {
    this.seed = seed;
    this.progress = progress;
  }

  private static List<String> contenders() {
    List<String> all = new ArrayList<>(List.of(FOREBAY, CEILING));
    for (Policy policy : Policy.values()) {
      all.add(policy.title);
    }
    return List.copyOf(all);
  }

  long seed() {
    return seed;
  }

  Result of(Workload workload, double load, String contender) {
    String id = workload.name() + '/' + workload.flavour() + '/' + load + '/' + contender;
    Result found = known.get(id);
    if (found == null) {
      found = trial(workload, Schedule.of(workload, load, seed), load, contender).run(contender);
      known.put(id, found);
      progress.accept(found);
    }
    return found;
  }

  /// The twenty conversations of the reference's worked example.
  Result conversations(Workload workload, String contender) {
    String id = workload.name() + '/' + workload.flavour() + '/' + contender;
    Result found = known.get(id);
    if (found == null) {
      Schedule schedule = Schedule.ofConversations(workload, 20, 3 * Timeline.SECOND, seed);
      found = trial(workload, schedule, 0, contender).run(contender);
      known.put(id, found);
      progress.accept(found);
    }
    return found;
  }

  Trial trial(Workload workload, Schedule schedule, double load, String contender) {
    return new Trial(workload, schedule, load, contender(contender));
  }

  private Function<World, Contender> contender(String name) {
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
    throw new IllegalArgumentException(
        "contender: " + title + " (expected: one of " + CONTENDERS + ")");
  }

  /// How many answers it takes until all keys of the workload stand in one limit group; -1 when
  /// that does not happen within a hundred.
  int answersUntilOneGroup(Workload workload) {
    Trial trial = trial(workload, Schedule.of(workload, 0.5, seed), 0.5, FOREBAY);
    Gateway gateway = (Gateway) trial.contender();
    trial.begin();
    for (long at = 0; at < workload.end() && trial.answers() < 100; at += Timeline.SECOND / 20) {
      trial.time().run(at);
      if (gateway.groups().stream().distinct().count() == 1) {
        return trial.answers();
      }
    }
    return -1;
  }
}
