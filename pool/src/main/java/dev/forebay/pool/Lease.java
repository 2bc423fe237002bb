package dev.forebay.pool;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt's hold on a node: an in-flight slot and reserved tokens, settled exactly once.
/// Confined to the exchange.
///
/// In order: [#headroom] with the head of the answer, [#answered] with its first content, [#settle]
/// when it ended, however it ended. Only the last is owed.
public final class Lease {

  private final Pool pool;
  private final Seat seat;
  private final Ask ask;
  private final Need need;
  private final long weight;
  private final Taken taken;
  private final Trial trial;
  private final long startedAt;

  private boolean answered;
  private boolean settled;

  private Ready.@Nullable Tier tier;
  private double load;
  private @Nullable Seat other;
  private double otherLoad;
  private Draw.@Nullable PassedOver passedOver;

  // What the conversation it belongs to was sent by; null when it belongs to none.
  private @Nullable Affinity affinity;
  private long conversation;
  private int home;
  private Homing.@Nullable End homing;
  private double work = -1;
  private double mean = -1;
  private @Nullable Seat nextChoice;
  private double nextWork;

  Lease(
      Pool pool,
      Seat seat,
      Ask ask,
      Need need,
      long weight,
      Taken taken,
      Trial trial,
      long startedAt) {
    this.pool = pool;
    this.seat = seat;
    this.ask = ask;
    this.need = need;
    this.weight = weight;
    this.taken = taken;
    this.trial = trial;
    this.startedAt = startedAt;
  }

  /// @param ahead whether the other one was passed over for its pace
  Lease drawn(
      Ready.Tier from, double own, @Nullable Seat comparedWith, double compared, boolean ahead) {
    tier = from;
    load = own;
    other = comparedWith;
    otherLoad = compared;
    passedOver = Draw.PassedOver.of(comparedWith, ahead, compared < own, need, startedAt);
    return this;
  }

  /// It was the better one of two.
  Lease comparedWith(Seat seatOfOther, double loadOfOther) {
    other = seatOfOther;
    otherLoad = loadOfOther;
    return this;
  }

  /// What home, or where the conversation was placed, did before it; `tierMean` is -1 when it was
  /// not compared with that.
  void weighed(double groupWork, double tierMean) {
    work = groupWork;
    mean = tierMean;
  }

  /// Which seat was the other choice for the conversation.
  void nextChoice(Seat seat, double groupWork) {
    nextChoice = seat;
    nextWork = groupWork;
  }

  /// The conversation did not go home, because its home did more than its share.
  void overloadedHome() {
    homing = Homing.End.OVERLOADED;
  }

  /// Notes whose conversation is served, and the hash of the group it was at home in.
  void homed(Affinity by, long key, int group, Homing.End end) {
    affinity = by;
    conversation = key;
    home = group;
    homing = homing == null ? end : homing;
  }

  Ready.@Nullable Tier tier() {
    return tier;
  }

  /// How it came to this group, for the trace; null when it belongs to no conversation.
  public @Nullable Homing homing() {
    Homing.End end = homing;
    if (end == null) {
      return null;
    }
    return new Homing(
        switch (end) {
          case PLACED -> null;
          case KEPT -> group();
          case NOT_READY, OVERLOADED -> pool.house().groupOf(home);
        },
        end,
        work,
        mean,
        nextChoice == null ? null : nextChoice.node.id,
        nextWork);
  }

  public String keyId() {
    return seat.node.id;
  }

  public String keyName() {
    return seat.node.spec().name();
  }

  /// The limit group it draws on.
  public String group() {
    return seat.groupModel.group.id();
  }

  /// Whether this attempt is the one that tries a half-open scope.
  public boolean trial() {
    return !trial.isNone();
  }

  /// Whether both attempts try one and the same scope.
  boolean triesSameAs(Lease other) {
    boolean sameGroup = seat.groupModel.group == other.seat.groupModel.group;
    return (pool == other.pool && trial.provider() > 0 && other.trial.provider() > 0)
        || (seat.groupModel == other.seat.groupModel
            && trial.groupModel() > 0
            && other.trial.groupModel() > 0)
        || (sameGroup && trial.group() > 0 && other.trial.group() > 0)
        || (seat.node == other.seat.node && trial.key() > 0 && other.trial.key() > 0);
  }

  /// What was compared when this was taken, for the trace.
  ///
  /// @param asked the keys that the exchange had asked before, also those that are out since
  public Draw draw(List<String> asked) {
    Ready.Tier from = tier;
    List<String> tried = ask.tried(asked);
    return new Draw(
        from == null ? seat.node.spec().priority() : from.priority,
        from == null ? 1 : from.ready(tried),
        group(),
        seat.node.id,
        load,
        other == null ? null : other.node.id,
        otherLoad,
        passedOver,
        from == null ? List.of() : from.skipped(tried),
        taken.margins());
  }

  /// The tokens this attempt is expected to use.
  public long reservedTokens() {
    return need.tokens();
  }

  /// What the provider's limits are expected to count of it.
  long countedTokens() {
    return need.counted();
  }

  /// First content, or the head of a 2xx answer, `latency` after sending: opens what this attempt
  /// tries. Further calls change nothing.
  public void answered(Duration latency) {
    if (!answered && !settled) {
      answered = true;
      seat.node.latency(latency);
      succeeded();
      trial.leave(pool, seat);
    }
  }

  /// Whether [#identity] wants to hear of this answer: whose limits a key draws on seldom changes.
  public boolean asksIdentity() {
    return seat.node.asksIdentity();
  }

  /// Whose limits the key draws on, as the answer names it. Keys of which the same is said share a
  /// limit group from then on, unless the configuration declares another.
  ///
  /// @param section a part of the organization with limits of its own; null when none is named
  public void identity(String organization, @Nullable String section) {
    Node node = seat.node;
    Identity known = node.identity();
    if (known == null || !known.isOf(organization, section)) {
      Identity said = Identity.of(organization, section);
      if (said != null) {
        pool.house().learned(node, said);
      }
    }
  }

  /// What the answer's headers say is left of one limit, of which 0 is none; -1 for what they leave
  /// out.
  ///
  /// @param resetNanos from now until nothing will be missing
  public void headroom(Axis axis, long limit, long remaining, long resetNanos) {
    if (settled || remaining < 0 || limit == 0) {
      return;
    }
    GroupModel group = groupModel();
    RateLimit said = group.allotment.limitsOrNew().ofHeaders(axis, limit, resetNanos);
    // The limit of a group that the key turned out to be in has counted what others sent.
    long mark = taken.read(said, group == seat.groupModel ? 0 : said.mark());
    if (said.read(startedAt, mark, limit, remaining, resetNanos, pool.context().nanos())) {
      pool.limitsChanged();
    }
  }

  /// The group as it is now: the key may have turned out to be another one's meanwhile.
  GroupModel groupModel() {
    GroupModel drawn = seat.groupModel;
    Group group = seat.node.group();
    GroupModel moved = drawn.group == group ? drawn : pool.groupModel(group);
    return moved == null ? drawn : moved;
  }

  /// Ends the hold and takes in how it went. Exactly once: a second call changes nothing and
  /// returns false.
  ///
  /// @param tokensUsed input and output as the budget bills them; 0 for nothing
  /// @param nanoDollars what they cost; 0 for nothing and for unknown
  /// @param outputTokens output, to learn from; -1 for unknown
  /// @param inputTokens input as the provider counted it, to learn from; -1 for unknown
  public boolean settle(
      Outcome outcome, long tokensUsed, long nanoDollars, long outputTokens, long inputTokens) {
    return settle(outcome, tokensUsed, nanoDollars, outputTokens, inputTokens, 0);
  }

  /// The same, for a provider that tells what of the input it read from its prompt cache.
  ///
  /// @param cachedTokens of `inputTokens`
  public boolean settle(
      Outcome outcome,
      long tokensUsed,
      long nanoDollars,
      long outputTokens,
      long inputTokens,
      long cachedTokens) {
    if (settled) {
      return false;
    }
    settled = true;
    long used = Math.max(tokensUsed, 0);
    release(used, Math.max(nanoDollars, 0), counted(used, inputTokens, cachedTokens));
    taken.settle(
        outcome,
        pool.lessons.counting(),
        used,
        inputTokens,
        cachedTokens,
        outputTokens,
        ask.outputCap());
    try {
      learn(outcome, outputTokens, inputTokens, cachedTokens);
    } finally {
      trial.leave(pool, seat);
    }
    return true;
  }

  private void learn(Outcome outcome, long outputTokens, long inputTokens, long cachedTokens) {
    Node node = seat.node;
    switch (outcome) {
      case Outcome.Served(Duration latency) -> {
        pool.lessons.learn(
            ask.inputTokens(), ask.outputCap(), inputTokens, cachedTokens, outputTokens);
        if (homing == Homing.End.KEPT && inputTokens > 0) {
          pool.lessons.learnFresh((double) (inputTokens - cachedTokens) / inputTokens);
        }
        node.served.incrementAndGet();
        node.granted.add(pool.context().nanos(), 1, Node.GRANTED_RATE);
        if (!answered) {
          node.latency(latency);
          succeeded();
        }
      }
      case Outcome.RequestRejected _ -> succeeded();
      // It tells nothing of what is left.
      case Outcome.OverLimit(String reason) -> node.lastError(reason);
      case Outcome.Throttled throttled -> {
        node.throttled(throttled.reason());
        new Refused(pool, node, groupModel(), need, taken, startedAt).takeIn(throttled);
      }
      case Outcome.SlowDown(String reason) -> {
        node.throttled(reason);
        Group group = seat.node.group();
        double rate = group.recentPerSecond(pool.context().nanos());
        group.pace.slowDown(startedAt, rate, pool.context());
      }
      case Outcome.Failed(String reason) -> {
        node.failed(reason);
        failed(reason);
      }
      case Outcome.KeyRejected(String reason) -> {
        node.failed(reason);
        pool.house().reject(node, startedAt, reason);
      }
      case Outcome.Unequipped(String reason) -> pool.house().withhold(node, reason);
      case Outcome.Abandoned(Duration waited) -> {
        // A lower bound: it tells something only when it is longer than what is usual.
        if (!answered && waited.compareTo(node.latency(0.5)) > 0) {
          node.latency(waited);
        }
      }
    }
  }

  // What the provider's limits count of what was used.
  private long counted(long used, long inputTokens, long cachedTokens) {
    Counting counting = pool.lessons.counting();
    long free = inputTokens > 0 ? inputTokens - counting.input(inputTokens, cachedTokens) : 0;
    return Math.max(used - free, 0);
  }

  private void release(long used, long nanoDollars, long counted) {
    Node node = seat.node;
    Context context = pool.context();
    long now = context.nanos();
    node.budgets.roll(context.today(now).date());
    node.budgets.settle(need, used, nanoDollars);
    node.load.use(
        now, Math.max(used, context.settings().requestFloorTokens()), context.usageRate());
    node.load.giveBack(weight);
    if (used > 0) {
      node.tokens.add(now, used, context.usageRate());
    }
    if ((used > 0 || nanoDollars > 0) && node.budgets.exhausted(node.spec())) {
      pool.house().changed(node);
    }
    if (affinity != null) {
      affinity.end(conversation, seat.groupModel, counted - (double) need.counted(), now);
    }
  }

  private void succeeded() {
    pool.breaker.succeeded();
    GroupModel groupModel = groupModel();
    Group group = groupModel.group;
    Gate.Closure ended = seat.node.gate.answered(startedAt);
    if (ended != null) {
      pool.house().changed(seat.node);
      pool.comeBack(ended, seat.node);
    }
    ended = group.gate.answered(startedAt);
    if (ended != null) {
      pool.house().changed(group);
      pool.comeBack(ended, group.members());
    }
    pool.modelGroup().answered(pool, groupModel, startedAt);
    ended = pool.gate.answered(startedAt);
    if (ended != null) {
      pool.reopened(Scope.PROVIDER_MODEL, null, ended);
      pool.pardon();
    }
  }

  private void failed(String reason) {
    Context context = pool.context();
    PoolSettings settings = context.settings();
    Cooldown keyCooldown =
        Cooldown.between(settings.firstFailureCooldown(), settings.longestFailureCooldown());
    if (seat.node.gate.refused(startedAt, keyCooldown, Cause.FAILING, reason, context)) {
      pool.house().changed(seat.node);
    }
    boolean rowComplete =
        pool.breaker.failed(seat.node.id, settings.breakerFailures(), pool.hasOnlyKey());
    Cooldown modelCooldown = Cooldown.between(settings.firstCooldown(), settings.longestOutage());
    if ((rowComplete || trial.provider() > 0)
        && pool.gate.refused(startedAt, modelCooldown, Cause.FAILING, reason, context)) {
      pool.breaker.reset();
      pool.cooled(Scope.PROVIDER_MODEL, null, pool.gate);
    }
  }
}
