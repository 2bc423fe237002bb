package dev.forebay.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The faults that are to come: scripts, used up one by one, before standing rules. Thread-safe.
final class FaultBook {

  private record Script(KeyMatcher match, Deque<Fault> faults) {}

  private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
  private final List<Script> scripts = new ArrayList<>();
  private final SplittableRandom chance;
  private volatile boolean scripted;

  FaultBook(List<FaultRule> rules, long seed) {
    this.rules.addAll(rules);
    this.chance = new SplittableRandom(seed);
  }

  /// Adds faults for the next requests that match.
  void script(KeyMatcher match, List<Fault> faults) {
    faults.forEach(fault -> FaultRule.requireApplicable(match, fault));
    synchronized (scripts) {
      for (Script script : scripts) {
        if (script.match().equals(match)) {
          script.faults().addAll(faults);
          return;
        }
      }
      scripts.add(new Script(match, new ArrayDeque<>(faults)));
      scripted = true;
    }
  }

  void add(FaultRule rule) {
    rules.add(rule);
  }

  /// Forgets scripts and rules that were made with this very matcher.
  void clear(KeyMatcher match) {
    rules.removeIf(rule -> rule.match().equals(match));
    synchronized (scripts) {
      scripts.removeIf(script -> script.match().equals(match));
      scripted = !scripts.isEmpty();
    }
  }

  void clear() {
    rules.clear();
    synchronized (scripts) {
      scripts.clear();
      scripted = false;
    }
  }

  /// How many scripted faults are still to come.
  int pending() {
    synchronized (scripts) {
      return scripts.stream().mapToInt(script -> script.faults().size()).sum();
    }
  }

  List<FaultRule> rules() {
    return List.copyOf(rules);
  }

  /// What strikes this request.
  FaultPlan next(KeyAccount key, String model, String path) {
    if (scripted) {
      Fault fault = nextScripted(key, model, path);
      if (fault != null) {
        return FaultPlan.of(fault);
      }
    }
    for (FaultRule rule : rules) {
      if (matches(rule.match(), key, model, path) && strikes(rule)) {
        return FaultPlan.of(rule.fault());
      }
    }
    Fault standing = key.account().organization().standing();
    return standing == null ? FaultPlan.NONE : FaultPlan.of(standing);
  }

  private @Nullable Fault nextScripted(KeyAccount key, String model, String path) {
    synchronized (scripts) {
      for (int i = 0; i < scripts.size(); i++) {
        Script script = scripts.get(i);
        if (matches(script.match(), key, model, path)) {
          Fault fault = script.faults().remove();
          if (script.faults().isEmpty()) {
            scripts.remove(i);
            scripted = !scripts.isEmpty();
          }
          return fault;
        }
      }
      return null;
    }
  }

  private boolean strikes(FaultRule rule) {
    if (rule.probability() >= 1) {
      return true;
    }
    synchronized (chance) {
      return chance.nextDouble() < rule.probability();
    }
  }

  private static boolean matches(KeyMatcher match, KeyAccount key, String model, String path) {
    return match.matches(
        key.key().secret(),
        key.account().provider(),
        key.account().organization().id(),
        model,
        path);
  }
}
