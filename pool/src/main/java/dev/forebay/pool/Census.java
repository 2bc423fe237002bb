package dev.forebay.pool;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts the keys of a pool by what keeps each away longest, for one request. Confined to the
/// caller.
final class Census {

  private final Ask ask;
  private final Needs needs;
  private final long now;
  private final Gate providerGate;
  private final Context context;
  private final PoolSettings settings;
  private final long crowdedUntil;
  private final Map<Group, long[]> flying = new IdentityHashMap<>();

  private int keys;
  private int tried;
  private int throttled;
  private int overBudget;
  private int rejected;
  private int paused;
  private int failing;
  private int missingModel;
  private int notAllowed;
  private int busy;
  private int ready;
  private long next = Context.NEVER;

  /// @param crowdedUntil until when those who are ahead of their pace are left alone
  Census(Ask ask, Needs needs, long now, Gate providerGate, long crowdedUntil, Context context) {
    this.ask = ask;
    this.needs = needs;
    this.now = now;
    this.providerGate = providerGate;
    this.crowdedUntil = crowdedUntil;
    this.context = context;
    this.settings = context.settings();
  }

  /// Counts `seats`, and those of `members` that may not serve `model`.
  Tally of(Node[] members, Seat[] seats, String model) {
    if (seats.length < members.length) {
      for (Node node : members) {
        if (!Pool.isForeign(ask, node.group()) && !node.spec().allows(model)) {
          keys++;
          notAllowed++;
        }
      }
    }
    for (Seat seat : seats) {
      if (!Pool.isForeign(ask, seat.groupModel.group)) {
        keys++;
        count(seat);
      }
    }
    return new Tally(
        keys,
        tried,
        throttled,
        overBudget,
        rejected,
        paused,
        failing,
        missingModel,
        notAllowed,
        busy,
        ready,
        next == Context.NEVER ? Optional.empty() : Optional.of(context.at(next)),
        context.at(now));
  }

  private void count(Seat seat) {
    Node node = seat.node;
    if (ask.hasTried(node.id)) {
      tried++;
    } else if (node.paused()) {
      paused++;
    } else if (node.rejection() != null) {
      rejected++;
    } else {
      next = Math.min(next, countWaiting(seat));
    }
  }

  /// Counts a seat that only time keeps away, and answers until when.
  private long countWaiting(Seat seat) {
    Node node = seat.node;
    Gate longest = longestGate(seat);
    long gated = longest == null ? now : longest.freeAt(now, settings);
    long budgeted = budgetFreeAt(node);
    long limited = limitsFreeAt(seat);
    long paced = Math.max(seat.groupModel.group.pace.freeAt(now), node.pace.freeAt(now));
    paced = Math.max(paced, Math.min(seat.pace.freeAt(now), crowdedUntil));
    long until = Math.max(Math.max(gated, budgeted), Math.max(limited, paced));
    Withheld lacking = seat.node.withheld();
    if (lacking != null && lacking.freeAt(now) > until) {
      until = lacking.freeAt(now);
      if (lacking.lasts(now)) {
        failing++;
      } else {
        busy++;
      }
    } else if (until <= now) {
      ready++;
    } else if (until == gated && longest != null) {
      countClosed(longest);
    } else if (until == budgeted && budgeted >= context.today(now).endNanos()) {
      overBudget++;
    } else if (until == limited && !fitsAlone(seat)) {
      throttled++;
    } else {
      busy++;
    }
    return until;
  }

  private void countClosed(Gate gate) {
    Gate.Closure closure = gate.closure();
    switch (closure == null ? Cause.RATE_LIMIT : closure.cause()) {
      case RATE_LIMIT, QUOTA, SPEND_LIMIT, CREDIT -> throttled++;
      case OVERLOADED, FAILING -> failing++;
      case MODEL_UNAVAILABLE, FORBIDDEN -> missingModel++;
      case CREDENTIAL -> rejected++;
    }
  }

  private @Nullable Gate longestGate(Seat seat) {
    Gate longest = longer(seat.node.gate, seat.groupModel.group.gate);
    Gate modelGate = seat.groupModel.gate();
    longest = modelGate == null ? longest : longer(longest, modelGate);
    longest = longer(longest, providerGate);
    return longest.freeAt(now, settings) > now ? longest : null;
  }

  private Gate longer(Gate a, Gate b) {
    return b.freeAt(now, settings) > a.freeAt(now, settings) ? b : a;
  }

  private long budgetFreeAt(Node node) {
    KeySpec spec = node.spec();
    Need need = needs.anywhere();
    Budgets budgets = node.budgets;
    budgets.roll(context.today(now).date());
    long tokens = freeAt(budgets.tokens, need.tokens(), spec.dailyTokens());
    if (need.priced()) {
      return Math.max(tokens, freeAt(budgets.money, need.nanoDollars(), spec.dailyNanoDollars()));
    }
    return budgets.money.exhausted(spec.dailyNanoDollars())
        ? Math.max(tokens, afterSpending(spec.dailyNanoDollars()))
        : tokens;
  }

  private long freeAt(Budget budget, long expected, long limit) {
    if (expected > limit) {
      return Context.NEVER;
    }
    if (budget.spent(limit) || !budget.fitsAlone(expected, limit)) {
      return afterSpending(limit);
    }
    return budget.fitsNow(expected, limit) ? now : now + settings.busyRecheck().toNanos();
  }

  private long afterSpending(long limit) {
    return limit == 0 ? Context.NEVER : context.today(now).endNanos();
  }

  private long limitsFreeAt(Seat seat) {
    Limits limits = seat.groupModel.limits();
    return limits == null ? now : limits.freeAt(needs.of(seat.groupModel.group), now);
  }

  private boolean fitsAlone(Seat seat) {
    Limits limits = seat.groupModel.limits();
    if (limits == null) {
      return true;
    }
    long[] inFlight = flying.computeIfAbsent(seat.groupModel.group, Census::inFlight);
    return limits.fitsAlone(needs.of(seat.groupModel.group), inFlight[0], inFlight[1], now);
  }

  /// Attempts in flight of a group, and the tokens reserved for them.
  private static long[] inFlight(Group group) {
    long[] sums = new long[2];
    for (Node node : group.members()) {
      sums[0] += node.load.inFlight();
      sums[1] += node.load.reserved();
    }
    return sums;
  }
}
