package dev.forebay.exchange;

import java.util.List;

/// The ordered targets for one requested model. Immutable.
///
/// @param targets the one that was asked for, then what stands in for it; never empty
/// @param strict whether a request that would lose something in a translation is refused
public record Route(List<Target> targets, boolean strict) {

  public Route {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("a route has no target (expected: at least one)");
    }
  }
}
