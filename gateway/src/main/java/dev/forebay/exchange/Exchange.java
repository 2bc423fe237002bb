package dev.forebay.exchange;

import dev.forebay.dialect.BodyEdits;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.HeadScan;
import dev.forebay.dialect.HeadScanner;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.RequestHead;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.SliceInputStream;
import dev.forebay.dialect.ThinkingStripper;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Pool;
import dev.forebay.pool.Scope;
import dev.forebay.pool.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client request from its last byte in to its last byte out.
///
/// It drives the [AttemptPlan]'s decisions and settles every lease exactly once. Confined to the
/// event loop of its client's connection.
public final class Exchange {

  /// Accounts that are asked for a resource whose owner is unknown.
  private static final int MOST_OWNERS_ASKED = 8;

  private final Dispatcher dispatcher;
  private final ClientRequest request;
  private final Caller caller;
  private final Operation operation;
  private final Instant startedAt;
  private final List<AttemptReport> attempts = new ArrayList<>(2);

  private String model = "";
  private String requestedModel = "";
  private boolean stream;
  private boolean hideUsage;
  private long inputTokens;
  private RequestHead.@Nullable Owned owned;
  private @Nullable String alias;
  private @Nullable List<String> forwarded;
  private List<Slice> body;
  private long bodyBytes;
  private boolean stripped;
  private @Nullable AttemptPlan plan;
  private @Nullable Attempt attempt;
  private Timers.@Nullable Timer timer;
  private @Nullable Refusal lastRefusal;
  private boolean lastWasFailure;
  private boolean searching;
  private @Nullable String lastReason;
  private boolean over;
  private boolean brokeInStream;

  private int status;
  private long responseBytes;
  private long firstContentNanos = -1;
  private Usage usage = Usage.NONE;

  Exchange(Dispatcher dispatcher, ClientRequest request, Caller caller) {
    this.dispatcher = dispatcher;
    this.request = request;
    this.caller = caller;
    this.operation = request.endpoint().operation();
    this.body = request.body();
    this.bodyBytes = request.bodyBytes();
    this.startedAt = dispatcher.ticker().now();
  }

  void begin() {
    dispatcher.listener().started(operation);
    switch (scan()) {
      case HeadScan.Malformed malformed ->
          refuse(GatewayError.of(malformed.kind(), malformed.message()), null);
      case HeadScan.Scanned(RequestHead scanned) -> plan(scanned);
    }
  }

  private HeadScan scan() {
    return HeadScanner.scan(
        operation,
        request.headers().get("content-type"),
        body,
        request.endpoint().model(),
        operation == Operation.STREAM_GENERATE_CONTENT);
  }

  private void plan(RequestHead scanned) {
    stream = scanned.stream();
    inputTokens = operation.billsTokens() ? scanned.inputTokens() : 0;
    requestedModel = scanned.model();
    owned = scanned.owned();
    hideUsage = stream && operation.asksForUsage() && !scanned.usageAsked();
    model = request.directory().resolve(scanned.model());
    alias = model.equals(scanned.model()) ? null : model;
    List<BodyEdits.Edit> edits =
        BodyEdits.forUpstream(scanned, alias, stream && operation.asksForUsage());
    if (!edits.isEmpty()) {
      body = BodyEdits.apply(body, edits);
      bodyBytes = length(body);
    }
    Pool pool = dispatcher.pools().pool(operation.provider().id(), model);
    String resource = scanned.ownedResource();
    plan =
        new AttemptPlan(
            pool,
            dispatcher.pools().retryBudget(operation.provider().id()),
            request.directory().limits(),
            inputTokens,
            operation.billsTokens() ? scanned.outputCap() : 0,
            resource == null ? null : dispatcher.owners().groupOf(resource),
            dispatcher.ticker(),
            dispatcher.random());
    step(plan);
  }

  private void step(AttemptPlan steps) {
    while (!over) {
      switch (steps.next()) {
        case AttemptPlan.Decision.Try(Lease lease) -> {
          if (attempt(steps, lease)) {
            return;
          }
        }
        case AttemptPlan.Decision.Wait(Duration delay) -> {
          Refusal notFound = lastRefusal;
          if (searching && notFound != null) {
            handOn(notFound, ExchangeReport.End.CALLER_FAULT);
            return;
          }
          timer = dispatcher.timers().after(delay, () -> step(steps));
          return;
        }
        case AttemptPlan.Decision.GiveUp(Tally tally) -> {
          giveUp(tally);
          return;
        }
      }
    }
  }

  /// False when the key was removed between its draw and now.
  private boolean attempt(AttemptPlan steps, Lease lease) {
    UpstreamKey key = request.directory().reach(lease.keyId());
    if (key == null) {
      // The key is newer than this exchange.
      key = dispatcher.directory().reach(lease.keyId());
    }
    if (key == null) {
      lease.settle(new Outcome.Abandoned(Duration.ZERO), 0, -1, -1);
      return false;
    }
    Attempt next =
        new Attempt(
            this,
            operation,
            stream,
            request.endpoint().sse(),
            hideUsage,
            lease,
            steps.attempts(),
            dispatcher.ticker().nanos());
    attempt = next;
    List<String> headers = forwarded;
    if (headers == null) {
      headers = UpstreamRequests.headers(request, operation);
      forwarded = headers;
    }
    next.sent(
        dispatcher
            .upstream()
            .send(
                UpstreamRequests.of(request, operation, headers, alias, key, body, bodyBytes),
                next));
    return true;
  }

  // The attempt's reports.

  Instant now() {
    return dispatcher.ticker().now();
  }

  long nanos() {
    return dispatcher.ticker().nanos();
  }

  void refused(Attempt ended, Verdict verdict, Refusal refusal) {
    AttemptPlan steps = plan;
    if (over || steps == null) {
      return;
    }
    Outcome outcome = Outcomes.of(verdict, ended.status(), steps.failures());
    settle(ended, outcome, ended.usage());
    attempt = null;
    lastRefusal = refusal;
    lastReason = reason(outcome);
    lastWasFailure =
        outcome instanceof Outcome.Failed
            || outcome instanceof Outcome.Throttled throttled
                && throttled.scope() == Scope.PROVIDER_MODEL;
    if (verdict instanceof Verdict.StripThinking && strip()) {
      step(steps);
      return;
    }
    if (outcome instanceof Outcome.RequestRejected) {
      if (mayBeElsewhere(ended.status()) && steps.attempts() < MOST_OWNERS_ASKED) {
        searching = true;
        steps.doesNotOwn(ended.lease.keyId());
        step(steps);
        return;
      }
      handOn(refusal, ExchangeReport.End.CALLER_FAULT);
      return;
    }
    steps.refused(ended.lease.keyId(), outcome);
    step(steps);
  }

  /// Whether the provider may have missed a resource that another limit group holds.
  private boolean mayBeElsewhere(int refusedWith) {
    return owned != null && (refusedWith == 400 || refusedWith == 404);
  }

  private boolean strip() {
    if (stripped) {
      return false;
    }
    stripped = true;
    List<BodyEdits.Edit> edits = ThinkingStripper.edits(new SliceInputStream(body));
    if (edits == null) {
      return false;
    }
    body = BodyEdits.apply(body, edits);
    bodyBytes = length(body);
    return true;
  }

  /// The attempt has shown content: the client's answer starts.
  void start(Attempt started) {
    firstContentNanos = nanos() - request.arrivedNanos();
    status = started.status();
    List<String> headers =
        AnswerHeaders.of(
            request, operation, model, started.lease, started.number, started.headers());
    String length = started.announcedLength();
    if (length != null) {
      headers.add("content-length");
      headers.add(length);
    }
    caller.start(status, headers);
  }

  void relay(byte[] array, int offset, int length) {
    responseBytes += length;
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
    firstContentNanos = nanos() - request.arrivedNanos();
    status = ended.status();
    responseBytes = bytes;
    remember(ended);
    settle(ended, new Outcome.Served(Duration.ofNanos(ended.latencyNanos())), ended.usage());
    attempt = null;
    caller.answer(
        status,
        AnswerHeaders.of(request, operation, model, ended.lease, ended.number, ended.headers()),
        answer,
        bytes);
    finish(ended.lease, ExchangeReport.End.COMPLETED, null);
  }

  /// The provider's own error event has gone to the client.
  void failedInStream(Attempt live) {
    brokeInStream = true;
  }

  /// A started answer has come to its end.
  void ended(Attempt ended) {
    if (over) {
      return;
    }
    remember(ended);
    Outcome outcome =
        brokeInStream
            ? new Outcome.Failed("the provider sent an error inside its stream")
            : new Outcome.Served(Duration.ofNanos(ended.latencyNanos()));
    settle(ended, outcome, ended.usage());
    attempt = null;
    caller.end();
    finish(
        ended.lease,
        brokeInStream ? ExchangeReport.End.BROKEN : ExchangeReport.End.COMPLETED,
        brokeInStream ? "the provider sent an error inside its stream" : null);
  }

  /// A started answer broke: the client is told in its own dialect, or cut off.
  void brokenInStream(Attempt ended, String reason) {
    if (over) {
      return;
    }
    remember(ended);
    settle(ended, new Outcome.Failed(reason), ended.usage());
    attempt = null;
    tellBroken(
        ended,
        GatewayError.of(
            GatewayError.Kind.STREAM_BROKEN,
            "The answer broke off after it had begun: "
                + reason
                + ". Send the request again; what came so far is incomplete."));
    finish(ended.lease, ExchangeReport.End.BROKEN, reason);
  }

  private void tellBroken(Attempt ended, GatewayError error) {
    byte[] event = ended.errorEvent(error);
    if (event == null) {
      caller.abort();
    } else {
      responseBytes += event.length;
      caller.write(event, 0, event.length);
      caller.end();
    }
  }

  /// The gateway is going down and this exchange has had its grace.
  void cut() {
    if (over) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    GatewayError error =
        GatewayError.of(
            GatewayError.Kind.SHUTTING_DOWN,
            "The gateway is shutting down. Send the request again in a moment.");
    Attempt running = attempt;
    if (running == null) {
      refuse(error, null);
      return;
    }
    boolean live = running.live();
    running.cancel();
    Usage used = running.usage();
    settle(running, new Outcome.Abandoned(Duration.ofNanos(nanos() - running.sentNanos)), used);
    attempt = null;
    if (live) {
      tellBroken(running, error);
      finish(running.lease, ExchangeReport.End.BROKEN, error.message());
    } else {
      refuse(error, null);
    }
  }

  /// The client has gone: nothing more is sent to it, and the provider is stopped at once.
  public void clientLeft() {
    if (over) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    Attempt running = attempt;
    Lease lease = running == null ? null : running.lease;
    if (running != null) {
      remember(running);
      running.cancel();
      Usage used = running.usage();
      if (used.total() == 0 && operation.billsTokens()) {
        used = Usage.NONE.orInput(inputTokens);
      }
      settle(running, new Outcome.Abandoned(Duration.ofNanos(nanos() - running.sentNanos)), used);
      attempt = null;
    }
    finish(lease, ExchangeReport.End.CLIENT_LEFT, "the client left");
  }

  // Ends.

  private void giveUp(Tally tally) {
    Refusal refusal = lastRefusal;
    if (refusal != null && searching) {
      handOn(refusal, ExchangeReport.End.CALLER_FAULT);
      return;
    }
    if (refusal != null && lastWasFailure) {
      if (refusal.answered() && refusal.streamError() == null) {
        handOn(refusal, ExchangeReport.End.PROVIDER_ERROR);
      } else {
        refuse(
            GiveUps.providerFailed(
                operation, model, attempts.size(), refusal == Refusal.TIMEOUT, lastReason),
            ExchangeReport.End.PROVIDER_ERROR);
      }
      return;
    }
    if (refusal != null && GiveUps.modelMissing(tally) && refusal.answered()) {
      handOn(refusal, ExchangeReport.End.CALLER_FAULT);
      return;
    }
    refuse(
        GiveUps.nothingEligible(operation, model, tally, now(), request.directory().zone()), null);
  }

  /// Gives the client what the provider said.
  private void handOn(Refusal refusal, ExchangeReport.End end) {
    status = refusal.status();
    responseBytes = refusal.length();
    caller.answer(
        status,
        AnswerHeaders.ofRefusal(request, operation, model, attempts, refusal.headers()),
        refusal.body(),
        refusal.length());
    finish(null, end, "the provider answered " + refusal.status());
  }

  private void refuse(GatewayError error, ExchangeReport.@Nullable End end) {
    status = error.status();
    byte[] bytes =
        AnswerHeaders.errorBody(
            operation.dialect(), AnswerHeaders.asArray(request.endpoint()), error, request.id());
    responseBytes = bytes.length;
    caller.answer(
        status,
        AnswerHeaders.ofError(operation.dialect(), error, request.id(), attempts.size()),
        List.of(new Slice(bytes, 0, bytes.length)),
        bytes.length);
    finish(null, end == null ? ExchangeReport.End.REFUSED : end, error.message());
  }

  private void settle(Attempt ended, Outcome outcome, Usage used) {
    boolean bills = operation.billsTokens();
    boolean served = outcome instanceof Outcome.Served;
    usage = used;
    if (bills && served && used.total() == 0) {
      usage = Usage.NONE.orInput(inputTokens);
    }
    boolean told = served && !used.estimated() && used.total() > 0;
    ended.lease.settle(
        outcome, bills ? usage.total() : 0, told ? usage.output() : -1, told ? usage.input() : -1);
    long now = nanos();
    AttemptReport report =
        new AttemptReport(
            request.id(),
            ended.number,
            operation.provider().id(),
            model,
            ended.lease.keyId(),
            ended.lease.keyName(),
            ended.lease.draw(),
            ended.lease.trial(),
            ended.sentNanos,
            ended.latencyNanos(),
            now - ended.sentNanos,
            ended.status(),
            outcome);
    attempts.add(report);
    dispatcher.listener().attempted(report);
  }

  private void remember(Attempt ended) {
    if (operation == Operation.RESPONSES || owned != null || threads()) {
      String resource = ended.resourceId();
      if (resource != null) {
        dispatcher.owners().remember(resource, ended.lease.group());
      }
    }
  }

  /// Whether the provider keeps the conversation, so that its continuation belongs to one account.
  private boolean threads() {
    String beta = operation == Operation.MESSAGES ? request.headers().get("anthropic-beta") : null;
    return beta != null && beta.contains("message-threads");
  }

  private static @Nullable String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Served ignored -> null;
      case Outcome.Abandoned ignored -> null;
      case Outcome.RequestRejected ignored -> null;
      case Outcome.Throttled throttled -> throttled.reason();
      case Outcome.SlowDown slow -> slow.reason();
      case Outcome.Failed failed -> failed.reason();
      case Outcome.KeyRejected rejected -> rejected.reason();
    };
  }

  private void finish(@Nullable Lease lease, ExchangeReport.End end, @Nullable String reason) {
    over = true;
    AttemptReport last = attempts.isEmpty() ? null : attempts.getLast();
    dispatcher
        .listener()
        .finished(
            new ExchangeReport(
                request.id(),
                request.directory().workspace(),
                request.client().id(),
                request.client().name(),
                operation,
                requestedModel,
                model,
                last == null ? null : last.provider(),
                lease == null ? last == null ? null : last.keyId() : lease.keyId(),
                lease == null ? last == null ? null : last.keyName() : lease.keyName(),
                status,
                stream,
                startedAt,
                nanos() - request.arrivedNanos(),
                firstContentNanos,
                request.bodyBytes(),
                responseBytes,
                usage,
                List.copyOf(attempts),
                end,
                reason));
    dispatcher.over(this);
  }

  private static long length(List<Slice> slices) {
    long sum = 0;
    for (Slice slice : slices) {
      sum += slice.length();
    }
    return sum;
  }
}
