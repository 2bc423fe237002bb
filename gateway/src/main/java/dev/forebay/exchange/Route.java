package dev.forebay.exchange;

import java.util.List;

/// The ordered targets for one requested model. Immutable.
///
/// @param targets the one that was asked for, then what stands in for it; never empty
/// @param strict whether a request that would lose something in a translation is refused
/// @param refusals whether the next one is asked too when a model declines to answer
public record Route(List<Target> targets, boolean strict, boolean refusals) {

  public Route {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("a route has no target (expected: at least one)");
    }
  }

  /// The first target alone.
  Route first() {
    return new Route(targets.subList(0, 1), strict, refusals);
  }
}
