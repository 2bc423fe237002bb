package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.verdict.ContextLimit;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Pool;
import dev.forebay.pool.Tally;
import dev.forebay.pool.TokenPrice;
import dev.forebay.prices.Cost;
import dev.forebay.prices.Price;
import org.jspecify.annotations.Nullable;

/// One exchange's dealings with one target: what is sent there, which keys are tried, what came of
/// it. Confined to the exchange.
final class Course {

  /// Accounts that are asked for a resource whose owner is unknown: nobody else can serve it.
  private static final int MOST_OWNERS_ASKED = 32;

  /// Accounts that are asked what a model is.
  private static final int MOST_ASKED_OF_MODELS = 8;

  final Target target;
  final Outgoing outgoing;
  final AttemptPlan plan;
  private final @Nullable Price price;
  private final @Nullable String resource;
  private final boolean ownerGone;
  private @Nullable Refusal lastRefusal;
  private @Nullable String lastReason;
  private boolean lastWasFailure;
  private boolean unheld;
  private boolean lastUnheld;
  private boolean searching;
  private boolean tooLong;
  private @Nullable Refusal tooLarge;
  private @Nullable GatewayError obstacle;
  private @Nullable Tally tally;

  /// @param ownerGone whether no key is left of the account that held what is asked for
  private Course(
      Target target,
      Outgoing outgoing,
      AttemptPlan plan,
      @Nullable Price price,
      boolean ownerGone) {
    this.target = target;
    this.outgoing = outgoing;
    this.plan = plan;
    this.price = price;
    this.ownerGone = ownerGone;
    this.resource = outgoing.incoming.ownedResource();
  }

  static Course of(
      Dispatcher dispatcher, Incoming incoming, Target target, boolean strict, Patience patience) {
    Operation operation = incoming.operation;
    Directory directory = incoming.directory();
    String provider = target.provider().id();
    Outgoing outgoing =
        target.provider() != operation.provider()
            ? new Translated(incoming, target, strict, dispatcher.ticker().now().getEpochSecond())
            : operation.listsModels()
                ? new Listed(incoming, target)
                : new Verbatim(incoming, target);
    boolean bills = operation.billsTokens();
    Price price = directory.price(provider, target.model());
    String resource = incoming.ownedResource();
    long most = directory.capacity(target).maxOutput();
    long cap = incoming.head.outputCap();
    // Any key can answer questions about models, and store things.
    Pool pool = dispatcher.pools().pool(provider, operation.namesModel() ? target.model() : "");
    String owner = resource == null ? null : dispatcher.owners().groupOf(resource);
    boolean gone = owner != null && !pool.hasGroup(owner);
    AttemptPlan plan =
        new AttemptPlan(
            pool,
            dispatcher.pools().retryBudget(provider),
            patience,
            bills ? incoming.head.inputTokens() : 0,
            bills ? (most > 0 && cap > most ? most : cap) : 0,
            price == null || !bills
                ? TokenPrice.UNKNOWN
                : price.expected(incoming.head.inputTokens()),
            gone ? null : owner,
            incoming.conversation(target.provider()),
            dispatcher.ticker(),
            dispatcher.random());
    return new Course(target, outgoing, plan, price, gone);
  }

  /// What that usage of it costs; null when there is some and nobody knows the price.
  @Nullable Cost cost(Usage used) {
    if (used.total() == 0) {
      return Cost.ZERO;
    }
    return price == null ? null : price.of(used);
  }

  /// What an attempt is charged for.
  Usage charged(Attempt ended, Outcome outcome, Usage used) {
    if (!outgoing.incoming.operation.billsTokens()) {
      return Usage.NONE;
    }
    return outcome instanceof Outcome.Served || ended.begun()
        ? used.orInput(outgoing.incoming.head.inputTokens())
        : used;
  }

  /// Whether somebody else is to be asked after this refusal: the owner of what is stored is
  /// unknown or has it no more, or another key may be told what this one was not.
  boolean mayBeElsewhere(Verdict verdict, Outcome outcome) {
    int most = resource == null ? MOST_ASKED_OF_MODELS : MOST_OWNERS_ASKED;
    if (plan.accountsAsked() + 1 >= most) {
      return false;
    }
    if (Outcomes.keepsFromKey(verdict, outgoing.operation())) {
      return true;
    }
    if (resource == null || !(outcome instanceof Outcome.RequestRejected(int status))) {
      return false;
    }
    return plan.knowsOwner() ? unheld : status == 400 || status == 403 || status == 404;
  }

  /// An attempt was refused. What an account says that does not hold the resource tells the client
  /// less than what others said.
  void refused(Refusal refusal, Outcome outcome) {
    boolean rejected = outcome instanceof Outcome.RequestRejected;
    unheld = rejected && refusal.saysNotFound(resource);
    boolean tells = rejected ? !unheld : Outcomes.blamesTheProvider(outcome);
    if (searching && !tells && lastRefusal != null && (unheld || lastUnheld)) {
      return;
    }
    lastRefusal = refusal;
    lastUnheld = unheld;
    lastReason = Outcomes.reason(outcome);
    lastWasFailure = Outcomes.blamesTheProvider(outcome);
  }

  /// The refusal that tells the client most, when `last` was the last one.
  Refusal told(Refusal last) {
    return lastRefusal == null ? last : lastRefusal;
  }

  @Nullable Refusal lastRefusal() {
    return lastRefusal;
  }

  @Nullable String lastReason() {
    return lastReason;
  }

  /// Whether the provider and not its keys kept it from serving.
  boolean failed() {
    return lastRefusal != null && lastWasFailure;
  }

  /// The limit group of this key does not hold what is looked for. Should it be the known owner,
  /// who holds it but keeps it from this key, the others of it are asked.
  void notHeldBy(Lease lease) {
    searching = true;
    if (plan.knowsOwner() && !unheld) {
      plan.mayNot(lease.keyId());
    } else {
      plan.doesNotOwn(lease.keyId(), lease.group());
    }
  }

  /// Whether the owner of a resource is being looked for.
  boolean searching() {
    return searching;
  }

  /// Whether all that was heard so far is that others do not hold the resource: who cannot be asked
  /// yet may be its owner.
  boolean denied() {
    return searching && lastUnheld;
  }

  /// Whether no key is left of the account that held the resource: then whoever has it by another
  /// key is looked for.
  boolean ownerGone() {
    return ownerGone;
  }

  /// The request takes more at once than the limits of this key's account ever hold. Returns
  /// whether somebody else may be asked.
  boolean outgrew(Lease lease, Refusal refusal) {
    if (plan.knowsOwner()) {
      return false;
    }
    tooLarge = refusal;
    plan.outgrew(lease.keyId(), lease.group());
    return true;
  }

  /// What an account said whose limits never hold so much, if there is nobody of whom anything else
  /// can be said; else null.
  @Nullable Refusal tooLarge() {
    if (tooLarge == null || failed()) {
      return null;
    }
    Tally left = tally();
    return left.ready() == 0 && left.busy() == 0 && left.nextAt().isEmpty() ? tooLarge : null;
  }

  /// Whether an account that was not asked can be, later.
  boolean leavesSomebody() {
    Tally left = tally();
    return left.ready() == 0 && left.nextAt().isPresent();
  }

  /// Whether the last refusal says that the request is longer than the model can hold.
  boolean isTooLong() {
    Refusal refusal = lastRefusal;
    Headers headers = refusal == null ? null : refusal.headers();
    if (refusal == null || headers == null) {
      return false;
    }
    return refusal.streamError() == null
        ? ContextLimit.exceeded(headers, refusal.bodyBytes())
        : ContextLimit.exceeded(refusal.streamError());
  }

  /// The request is longer than this model can hold.
  void tooLong() {
    tooLong = true;
    ended(plan.tally());
  }

  boolean wasTooLong() {
    return tooLong;
  }

  /// The request cannot be put in this target's words.
  void blocked(GatewayError error) {
    obstacle = error;
    ended(plan.tally());
  }

  @Nullable GatewayError obstacle() {
    return obstacle;
  }

  /// No key of this target serves any more in this exchange.
  void ended(Tally why) {
    tally = why;
  }

  boolean over() {
    return tally != null;
  }

  /// Why no key served; as of now while the course is not over.
  Tally tally() {
    Tally known = tally;
    return known == null ? plan.tally() : known;
  }
}
