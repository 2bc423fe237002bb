package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.HeadScan;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Tally;
import dev.forebay.prices.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client request from its last byte in to its last byte out.
///
/// It drives the [AttemptPlan]'s decisions and settles every lease exactly once. Confined to the
/// event loop of its client's connection.
public final class Exchange {

  /// Accounts that are asked for a resource whose owner is unknown.
  private static final int MOST_OWNERS_ASKED = 8;

  private static final String STREAM_ERROR = "the provider sent an error inside its stream";

  private final Dispatcher dispatcher;
  private final ClientRequest request;
  private final Caller caller;
  private final Operation operation;
  private final Trace trace;
  private final Reply reply;

  private @Nullable Outgoing outgoing;
  private @Nullable AttemptPlan plan;
  private @Nullable Attempt attempt;
  private Timers.@Nullable Timer timer;
  private @Nullable Refusal lastRefusal;
  private @Nullable String lastReason;
  private boolean lastWasFailure;
  private Allowances.Admission.@Nullable Granted granted;
  private boolean searching;
  private boolean errorInStream;
  private boolean over;

  Exchange(Dispatcher dispatcher, ClientRequest request, Caller caller) {
    this.dispatcher = dispatcher;
    this.request = request;
    this.caller = caller;
    this.operation = request.endpoint().operation();
    this.trace = new Trace(dispatcher, request);
    this.reply = new Reply(request, caller, trace);
  }

  void begin() {
    switch (Outgoing.scan(request)) {
      case HeadScan.Malformed malformed ->
          refuse(
              GatewayError.of(malformed.kind(), malformed.message()), ExchangeReport.End.REFUSED);
      case HeadScan.Scanned scanned -> {
        Outgoing request = Outgoing.of(this.request, scanned.head());
        outgoing = request;
        ClientLimits limits = this.request.client().limits();
        GatewayError exceeded = limits == null ? null : exceeded(limits, request);
        if (exceeded != null) {
          refuse(exceeded, ExchangeReport.End.REFUSED);
          return;
        }
        AttemptPlan steps = plan(request);
        plan = steps;
        step(steps, request);
      }
    }
  }

  /// Counts the request against its caller's limits; the refusal when it is over one of them.
  private @Nullable GatewayError exceeded(ClientLimits limits, Outgoing wanted) {
    Directory directory = request.directory();
    return switch (dispatcher
        .allowances()
        .admit(request.client().id(), limits, wanted.likelyTokens(), directory.zone())) {
      case Allowances.Admission.Granted admitted -> {
        granted = admitted;
        yield null;
      }
      case Allowances.Admission.Exceeded over -> GiveUps.limited(request.client().name(), over);
    };
  }

  private AttemptPlan plan(Outgoing wanted) {
    String provider = operation.provider().id();
    String resource = wanted.ownedResource();
    return new AttemptPlan(
        dispatcher.pools().pool(provider, wanted.pooledModel()),
        dispatcher.pools().retryBudget(provider),
        request.directory().limits(),
        wanted.inputTokens(),
        wanted.outputCap(),
        wanted.tokenPrice(),
        resource == null ? null : dispatcher.owners().groupOf(resource),
        dispatcher.ticker(),
        dispatcher.random());
  }

  private void step(AttemptPlan steps, Outgoing wanted) {
    while (!over) {
      switch (steps.next()) {
        case AttemptPlan.Decision.Try(Lease lease) -> {
          if (attempt(steps, wanted, lease)) {
            return;
          }
        }
        case AttemptPlan.Decision.Wait(Duration delay) -> {
          if (searching && lastRefusal != null) {
            handOn(wanted, lastRefusal, ExchangeReport.End.CALLER_FAULT);
            return;
          }
          timer = dispatcher.timers().after(delay, () -> step(steps, wanted));
          return;
        }
        case AttemptPlan.Decision.GiveUp(Tally tally) -> {
          giveUp(wanted, tally);
          return;
        }
      }
    }
  }

  /// Sends an attempt; false when the key was removed between its draw and now.
  private boolean attempt(AttemptPlan steps, Outgoing wanted, Lease lease) {
    // The newest secret, whatever was pinned: the pool speaks of the keys as they are now.
    UpstreamKey key = dispatcher.directory().reach(lease.keyId());
    if (key == null) {
      key = request.directory().reach(lease.keyId());
    }
    if (key == null) {
      lease.settle(new Outcome.Abandoned(Duration.ZERO), 0, 0, -1, -1);
      return false;
    }
    Attempt next =
        new Attempt(
            this,
            operation,
            wanted.stream(),
            request.endpoint().sse(),
            wanted.hidesUsage(),
            lease,
            steps.attempts(),
            nanos());
    attempt = next;
    next.sent(dispatcher.upstream().send(wanted.to(key), next));
    return true;
  }

  Instant now() {
    return dispatcher.ticker().now();
  }

  long nanos() {
    return dispatcher.ticker().nanos();
  }

  void refused(Attempt ended, Verdict verdict, Refusal refusal) {
    AttemptPlan steps = plan;
    Outgoing wanted = outgoing;
    if (over || steps == null || wanted == null) {
      return;
    }
    Outcome outcome = Outcomes.of(verdict, operation, ended.status(), steps.lastTry());
    settle(ended, outcome, ended.usage());
    lastRefusal = refusal;
    lastReason = Outcomes.reason(outcome);
    lastWasFailure = Outcomes.blamesTheProvider(outcome);
    if (verdict instanceof Verdict.StripThinking && wanted.strip()) {
      step(steps, wanted);
    } else if (mayBeElsewhere(wanted, verdict, outcome) && steps.attempts() < MOST_OWNERS_ASKED) {
      searching = true;
      steps.doesNotOwn(ended.lease.keyId());
      step(steps, wanted);
    } else if (!(outcome instanceof Outcome.RequestRejected)) {
      steps.refused(ended.lease.keyId(), outcome);
      step(steps, wanted);
    } else {
      handOn(wanted, refusal, ExchangeReport.End.CALLER_FAULT);
    }
  }

  /// Whether the provider may have missed a resource that another limit group holds, or kept from
  /// this key what it tells another about its models.
  private boolean mayBeElsewhere(Outgoing wanted, Verdict verdict, Outcome outcome) {
    if (Outcomes.keepsFromKey(verdict, operation)) {
      return true;
    }
    return outcome instanceof Outcome.RequestRejected(int status)
        && wanted.ownedResource() != null
        && (status == 400 || status == 404);
  }

  /// The attempt has shown content: the client's answer starts.
  void start(Attempt started) {
    reply.start(started, servedModel());
  }

  private String servedModel() {
    return outgoing == null ? "" : outgoing.model();
  }

  void relay(byte[] array, int offset, int length) {
    trace.sent(length);
    caller.write(array, offset, length);
    Attempt live = attempt;
    if (live != null && caller.congested()) {
      live.pause();
      caller.whenWritable(live::resume);
    }
  }

  /// A unary answer is whole.
  void answer(Attempt ended, List<Slice> answer, long bytes) {
    if (over) {
      return;
    }
    trace.content();
    trace.answered(ended.status());
    trace.sent(bytes);
    settle(ended, new Outcome.Served(Duration.ofNanos(ended.latencyNanos())), ended.usage());
    reply.answer(ended, servedModel(), answer, bytes);
    finish(ExchangeReport.End.COMPLETED, null);
  }

  /// The provider's own error event has gone to the client.
  void failedInStream() {
    errorInStream = true;
  }

  /// A started answer has come to its end.
  void ended(Attempt ended) {
    if (over) {
      return;
    }
    if (errorInStream) {
      settle(ended, new Outcome.Failed(STREAM_ERROR), ended.usage());
      caller.end();
      finish(ExchangeReport.End.BROKEN, STREAM_ERROR);
    } else {
      settle(ended, new Outcome.Served(Duration.ofNanos(ended.latencyNanos())), ended.usage());
      caller.end();
      finish(ExchangeReport.End.COMPLETED, null);
    }
  }

  /// A started answer broke: the client is told in its own dialect, or cut off.
  void brokenInStream(Attempt ended, String reason) {
    if (over) {
      return;
    }
    settle(ended, new Outcome.Failed(reason), ended.usage());
    reply.broken(ended, GiveUps.brokeOff(reason));
    finish(ExchangeReport.End.BROKEN, reason);
  }

  /// The client has gone: nothing more is sent to it, and the provider is stopped at once.
  public void clientLeft() {
    if (over) {
      return;
    }
    stop();
    finish(ExchangeReport.End.CLIENT_LEFT, "the client left");
  }

  /// The gateway is going down and this exchange has had its grace.
  void cut() {
    if (over) {
      return;
    }
    GatewayError error = GiveUps.shuttingDown();
    Attempt running = attempt;
    boolean live = running != null && running.live();
    stop();
    if (running != null && live) {
      reply.broken(running, error);
      finish(ExchangeReport.End.BROKEN, error.message());
    } else {
      refuse(error, ExchangeReport.End.REFUSED);
    }
  }

  /// Stops whatever is under way and charges it for what was used.
  private void stop() {
    if (timer != null) {
      timer.cancel();
    }
    Attempt running = attempt;
    if (running != null) {
      running.cancel();
      Usage used = running.usage().orInput(outgoing == null ? 0 : outgoing.inputTokens());
      settle(running, new Outcome.Abandoned(Duration.ofNanos(nanos() - running.sentNanos)), used);
    }
  }

  // Ends.

  private void giveUp(Outgoing wanted, Tally tally) {
    Refusal refusal = lastRefusal;
    if (refusal != null && searching) {
      handOn(wanted, refusal, ExchangeReport.End.CALLER_FAULT);
    } else if (refusal != null && lastWasFailure) {
      if (refusal.answered() && refusal.streamError() == null) {
        handOn(wanted, refusal, ExchangeReport.End.PROVIDER_ERROR);
      } else {
        refuse(
            GiveUps.providerFailed(
                operation,
                wanted.model(),
                trace.attempts(),
                refusal == Refusal.TIMEOUT,
                lastReason),
            ExchangeReport.End.PROVIDER_ERROR);
      }
    } else if (refusal != null && refusal.answered() && GiveUps.modelMissing(tally)) {
      handOn(wanted, refusal, ExchangeReport.End.CALLER_FAULT);
    } else {
      GatewayError error =
          GiveUps.nothingEligible(
              operation, wanted.model(), tally, now(), request.directory().zone());
      GatewayError notFound = error.retryable() ? null : wanted.notFound();
      refuse(notFound == null ? error : notFound, ExchangeReport.End.REFUSED);
    }
  }

  /// Gives the client what the provider said.
  private void handOn(Outgoing wanted, Refusal refusal, ExchangeReport.End end) {
    reply.handOn(refusal, wanted.model());
    finish(end, "the provider answered " + refusal.status());
  }

  private void refuse(GatewayError error, ExchangeReport.End end) {
    reply.refuse(error);
    finish(end, error.message());
  }

  private void settle(Attempt ended, Outcome outcome, Usage used) {
    Outgoing wanted = outgoing;
    if (wanted == null) {
      return;
    }
    attempt = null;
    Usage charged = used;
    if (!operation.billsTokens()) {
      charged = Usage.NONE;
    } else if (outcome instanceof Outcome.Served || ended.begun()) {
      charged = used.orInput(wanted.inputTokens());
    }
    boolean told = outcome instanceof Outcome.Served && !charged.estimated() && charged.total() > 0;
    Cost cost = wanted.cost(charged);
    ended.lease.settle(
        outcome,
        charged.total(),
        cost == null ? 0 : cost.nanoDollars(),
        told ? charged.output() : -1,
        told ? charged.input() : -1);
    trace.attempted(ended, wanted.model(), outcome, charged, cost);
    if (wanted.leavesResource()) {
      String resource = ended.resourceId();
      if (resource != null) {
        dispatcher.owners().remember(resource, ended.lease.group());
      }
    }
  }

  private void finish(ExchangeReport.End end, @Nullable String reason) {
    over = true;
    if (granted != null) {
      dispatcher.allowances().settle(granted, trace.tokens());
    }
    trace.finished(outgoing, end, reason);
    dispatcher.over(this);
    caller.over();
  }
}
