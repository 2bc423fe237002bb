package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.verdict.ContextLimit;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Tally;
import dev.forebay.pool.TokenPrice;
import dev.forebay.prices.Cost;
import dev.forebay.prices.Price;
import org.jspecify.annotations.Nullable;

/// One exchange's dealings with one target: what is sent there, which keys are tried, what came of
/// it. Confined to the exchange.
final class Course {

  final Target target;
  final Outgoing outgoing;
  final AttemptPlan plan;
  private final @Nullable Price price;
  private @Nullable Refusal lastRefusal;
  private @Nullable String lastReason;
  private boolean lastWasFailure;
  private boolean searching;
  private boolean tooLong;
  private @Nullable GatewayError obstacle;
  private @Nullable Tally tally;

  private Course(Target target, Outgoing outgoing, AttemptPlan plan, @Nullable Price price) {
    this.target = target;
    this.outgoing = outgoing;
    this.plan = plan;
    this.price = price;
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
    AttemptPlan plan =
        new AttemptPlan(
            dispatcher
                .pools()
                .pool(
                    provider,
                    // Any key can answer questions about models, and store things.
                    operation.namesModel() ? target.model() : ""),
            dispatcher.pools().retryBudget(provider),
            patience,
            bills ? incoming.head.inputTokens() : 0,
            bills ? (most > 0 && cap > most ? most : cap) : 0,
            price == null || !bills
                ? TokenPrice.UNKNOWN
                : price.expected(incoming.head.inputTokens()),
            resource == null ? null : dispatcher.owners().groupOf(resource),
            incoming.conversation(target.provider()),
            dispatcher.ticker(),
            dispatcher.random());
    return new Course(target, outgoing, plan, price);
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

  /// Whether the provider may have missed a resource that another limit group holds, or kept from
  /// this key what it tells another about its models.
  boolean mayBeElsewhere(Verdict verdict, Outcome outcome) {
    if (Outcomes.keepsFromKey(verdict, outgoing.operation())) {
      return true;
    }
    return outcome instanceof Outcome.RequestRejected(int status)
        && outgoing.incoming.ownedResource() != null
        && (status == 400 || status == 403 || status == 404);
  }

  /// An attempt was refused.
  void refused(Refusal refusal, Outcome outcome) {
    lastRefusal = refusal;
    lastReason = Outcomes.reason(outcome);
    lastWasFailure = Outcomes.blamesTheProvider(outcome);
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

  /// The limit group of this key does not hold what is looked for.
  void notHeldBy(String keyId) {
    searching = true;
    plan.doesNotOwn(keyId);
  }

  /// Whether the owner of a resource is being looked for.
  boolean searching() {
    return searching;
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
