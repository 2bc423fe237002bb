package dev.forebay.control.settings;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Target;
import java.util.List;

/// Who stands in for whom, as people see it. Immutable.
///
/// @param on whether anything stands in for anything
/// @param order the providers that may stand in, the most wanted first; none for all, in the order
///   of the group
/// @param strict whether a request that would lose something in a translation is refused
/// @param refusals whether something stands in too when a model declines to answer
/// @param groups targets that stand in for one another
public record FallbackSettings(
    boolean on, List<Provider> order, boolean strict, boolean refusals, List<List<Target>> groups) {

  public FallbackSettings {
    order = List.copyOf(order);
    groups = groups.stream().map(List::copyOf).toList();
  }
}
