package dev.forebay.control.settings;

import dev.forebay.control.Snapshot;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Target;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Suggests which served models may stand in for one another: those of other providers whose price
/// is nearest, which is the best the catalogue knows of what a model is good for.
final class Suggestions {

  private static final int MOST = 6;

  /// How many times dearer one may be than the other.
  private static final double FARTHEST = 2.6;

  /// Of every four tokens, this many are taken to be input.
  private static final int INPUT = 3;

  private final List<Candidate> candidates = new ArrayList<>();
  private final Set<Candidate> used = new HashSet<>();

  private Suggestions(Snapshot snapshot, List<List<Target>> groups) {
    Set<Target> grouped = new HashSet<>();
    groups.forEach(grouped::addAll);
    // Of a provider's models that cost the same, the older ones add nothing; names grow with age.
    Map<Candidate, Candidate> newest = new LinkedHashMap<>();
    for (ModelEntry entry : snapshot.models().entries()) {
      Price price = entry.price();
      Target target = new Target(entry.provider(), entry.model());
      if (price == null || entry.model().endsWith("*") || !snapshot.serves(target)) {
        continue;
      }
      double cost = cost(price.rates(0));
      newest.merge(
          new Candidate(new Target(entry.provider(), ""), cost),
          new Candidate(target, cost),
          (one, other) -> one.target().model().compareTo(other.target().model()) > 0 ? one : other);
    }
    newest.values().stream()
        .filter(candidate -> candidate.cost() > 0 && !grouped.contains(candidate.target()))
        .forEach(candidates::add);
  }

  private record Candidate(Target target, double cost) {
    Provider provider() {
      return target.provider();
    }
  }

  static List<List<Target>> of(Snapshot snapshot, List<List<Target>> groups) {
    return new Suggestions(snapshot, groups).groups();
  }

  private static double cost(Rates rates) {
    return INPUT * (double) rates.input() + rates.output();
  }

  private List<List<Target>> groups() {
    List<List<Target>> groups = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (groups.size() == MOST) {
        break;
      }
      List<Target> group = used.contains(candidate) ? List.of() : around(candidate);
      if (group.size() > 1) {
        groups.add(group);
      }
    }
    return List.copyOf(groups);
  }

  private List<Target> around(Candidate candidate) {
    List<Target> group = new ArrayList<>();
    for (Provider provider : Provider.values()) {
      Candidate member =
          provider == candidate.provider() ? candidate : nearest(candidate, provider);
      if (member != null) {
        group.add(member.target());
        used.add(member);
      }
    }
    return List.copyOf(group);
  }

  private @Nullable Candidate nearest(Candidate to, Provider provider) {
    Candidate nearest = null;
    double least = Math.log(FARTHEST);
    for (Candidate other : candidates) {
      double far = Math.abs(Math.log(other.cost() / to.cost()));
      if (other.provider() == provider && !used.contains(other) && far < least) {
        nearest = other;
        least = far;
      }
    }
    return nearest;
  }
}
