package dev.forebay.pool;

/// One attempt that the provider refused for now: what it teaches and what cools. Confined to the
/// exchange.
///
/// @param group the group as it is now for the model
record Refused(Pool pool, Node node, GroupModel group, Need need, Taken taken, long startedAt) {

  void takeIn(Outcome.Throttled refusal) {
    switch (refusal.scope()) {
      case KEY -> {
        if (closes(node.gate, refusal)) {
          pool.house().changed(node);
        }
      }
      case GROUP -> {
        if (closes(group.group.gate, refusal)) {
          pool.house().changed(group.group);
        }
      }
      case GROUP_MODEL -> {
        boolean limited = refusal.cause() == Cause.RATE_LIMIT || !refusal.quotas().isEmpty();
        if (!limited || !isLearnedFrom(refusal)) {
          if (limited || refusal.cause() == Cause.QUOTA) {
            pool.modelGroup().refused(pool, group, gate -> closes(gate, refusal));
          } else {
            ModelGroup.close(pool, group, gate -> closes(gate, refusal));
          }
        }
      }
      case PROVIDER_MODEL -> {
        if (closes(pool.gate, refusal)) {
          pool.cooled(Scope.PROVIDER_MODEL, null, pool.gate);
        }
      }
    }
  }

  /// Learns limits from a refusal. Returns whether what it learned holds requests back well enough,
  /// so that nothing need cool.
  private boolean isLearnedFrom(Outcome.Throttled refusal) {
    Context context = pool.context();
    Limits limits = group.allotment.limitsOrNew();
    boolean hinted = refusal.cooldown().provenance() == Provenance.PROVIDER;
    if (!refusal.quotas().isEmpty()) {
      long after = hinted ? refusal.cooldown().floor().toNanos() : -1;
      if (limits.refused(refusal.quotas(), need, startedAt, after, context)) {
        pool.limitsChanged();
      }
      return false;
    }
    long now = context.nanos();
    boolean paced =
        limits.refused(
            need,
            taken,
            startedAt,
            hinted ? refusal.cooldown().floor().toNanos() : 0,
            group.group.guessedPerSecond(now),
            pool.lessons.meanTokens(),
            now);
    return paced && !hinted;
  }

  private boolean closes(Gate gate, Outcome.Throttled refusal) {
    return gate.refused(
        startedAt, refusal.cooldown(), refusal.cause(), refusal.reason(), pool.context());
  }
}
