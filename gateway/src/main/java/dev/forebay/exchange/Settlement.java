package dev.forebay.exchange;

import dev.forebay.dialect.Usage;
import dev.forebay.pool.Outcome;
import dev.forebay.prices.Cost;

/// Settles an attempt: its lease, its cost, who waits for room, and who holds what it left.
final class Settlement {

  private Settlement() {}

  /// Settles the attempt's lease; it is over afterwards.
  ///
  /// @param used as far as it is known
  static void of(Attempt ended, Outcome outcome, Usage used, Dispatcher dispatcher, Trace trace) {
    Course course = ended.course;
    Usage charged = course.charged(ended, outcome, used);
    boolean told = outcome instanceof Outcome.Served && !charged.estimated() && charged.total() > 0;
    Cost cost = course.cost(charged);
    ended.lease.settle(
        outcome,
        charged.total(),
        cost == null ? 0 : cost.nanoDollars(),
        told ? charged.output() : -1,
        told ? charged.input() : -1,
        told ? charged.inCacheRead() : 0);
    trace.attempted(ended, outcome, charged, cost);
    dispatcher.room().freed(course.target.provider().id());
    left(ended, dispatcher);
  }

  /// Notes who holds what the attempt leaves at the provider, as far as it has named it. Whoever
  /// goes on from a stream may do so before it has ended.
  static void left(Attempt attempt, Dispatcher dispatcher) {
    Outgoing outgoing = attempt.course.outgoing;
    String resource = outgoing.leavesResource() ? attempt.resourceId() : null;
    if (resource != null) {
      dispatcher
          .owners()
          .remember(
              resource, attempt.lease.keyId(), attempt.lease.group(), outgoing.incoming.cachedAs());
    }
  }
}
