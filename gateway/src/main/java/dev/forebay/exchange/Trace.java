package dev.forebay.exchange;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Shortfall;
import dev.forebay.prices.Cost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has happened in one exchange so far, for its reports. Confined to the exchange.
final class Trace {

  private final Dispatcher dispatcher;
  private final ClientRequest request;
  private final Operation operation;
  private final Instant startedAt;
  private final List<AttemptReport> attempts = new ArrayList<>(2);
  private final List<Detour> detours = new ArrayList<>(0);
  private List<Loss> losses = List.of();
  private @Nullable Target served;
  private @Nullable String keyId;
  private @Nullable String keyName;
  private int status;
  private long responseBytes;
  private long firstContentNanos = -1;
  private Usage usage = Usage.NONE;
  private @Nullable Cost cost = Cost.ZERO;
  private @Nullable Waited waited;
  private List<Shortfall> shortfalls = List.of();

  // Of those whose models declined: they are paid for all the same.
  private Usage before = Usage.NONE;
  private @Nullable Cost costBefore = Cost.ZERO;

  Trace(Dispatcher dispatcher, ClientRequest request) {
    this.dispatcher = dispatcher;
    this.request = request;
    this.operation = request.endpoint().operation();
    this.startedAt = dispatcher.ticker().now();
    dispatcher.listener().started(operation);
  }

  /// The client gets an answer with this status.
  void answered(int answerStatus) {
    status = answerStatus;
  }

  /// The client gets the answer of this attempt, which was not the last one.
  void answeredBy(Attempt attempt) {
    content();
    served = attempt.course.target;
    losses = attempt.course.outgoing.lost();
    keyId = attempt.lease.keyId();
    keyName = attempt.lease.keyName();
  }

  /// The first byte of content goes to the client.
  void content() {
    firstContentNanos = dispatcher.ticker().nanos() - request.arrivedNanos();
  }

  void sent(long bytes) {
    responseBytes += bytes;
  }

  /// An attempt has been settled.
  void attempted(Attempt ended, Outcome outcome, Usage used, @Nullable Cost owed) {
    Target target = ended.course.target;
    served = target;
    losses = ended.course.outgoing.lost();
    usage = before.total() == 0 ? used : before.plus(used);
    cost = costBefore == null || owed == null ? null : costBefore.plus(owed);
    if (ended.declined) {
      before = usage;
      costBefore = cost;
    }
    keyId = ended.lease.keyId();
    keyName = ended.lease.keyName();
    AttemptReport report =
        new AttemptReport(
            request.id(),
            ended.number,
            target.provider().id(),
            target.model(),
            ended.lease.keyId(),
            ended.lease.keyName(),
            ended.lease.draw(askedBefore(ended)),
            ended.lease.homing(),
            ended.lease.trial(),
            ended.sentNanos,
            ended.latencyNanos(),
            dispatcher.ticker().nanos() - ended.sentNanos,
            ended.status(),
            outcome,
            ended.declined);
    attempts.add(report);
    dispatcher.listener().attempted(report);
  }

  /// The other keys that were asked before it.
  private List<String> askedBefore(Attempt ended) {
    if (attempts.isEmpty()) {
      return List.of();
    }
    return attempts.stream()
        .map(AttemptReport::keyId)
        .filter(id -> !id.equals(ended.lease.keyId()))
        .toList();
  }

  /// The exchange has waited for a key, with so many in the line before it.
  void waited(long nanos, int ahead) {
    Waited before = waited;
    waited = new Waited(before == null ? nanos : before.nanos() + nanos, ahead);
  }

  /// How long it has waited; null when it has not.
  @Nullable Waited waited() {
    return waited;
  }

  /// Nobody serves, because of this.
  void fellShort(List<Shortfall> found) {
    shortfalls = found;
  }

  /// A target of the route does not serve.
  void detour(Target target, String reason) {
    detours.add(new Detour(target, reason));
  }

  /// The targets that did not serve, in order.
  List<Detour> detours() {
    return detours;
  }

  /// Tokens that have been used.
  long tokens() {
    return usage.total();
  }

  /// Attempts that have been settled.
  int attempts() {
    return attempts.size();
  }

  /// The name of the key that was used last, or null when none was.
  @Nullable String keyName() {
    return keyName;
  }

  /// The exchange is over.
  ///
  /// @param model who would have been asked, where nobody was
  void finished(
      @Nullable Incoming incoming, String model, ExchangeReport.End end, @Nullable String reason) {
    Target last = served;
    dispatcher
        .listener()
        .finished(
            new ExchangeReport(
                request.id(),
                request.directory().workspace(),
                request.client().id(),
                request.client().name(),
                operation,
                incoming == null ? "" : incoming.model(),
                last == null ? model : last.model(),
                last == null ? null : last.provider().id(),
                keyId,
                keyName,
                status,
                incoming != null && incoming.stream(),
                startedAt,
                dispatcher.ticker().nanos() - request.arrivedNanos(),
                firstContentNanos,
                request.bodyBytes(),
                responseBytes,
                usage,
                cost,
                request.directory().priceVersion(),
                List.copyOf(attempts),
                List.copyOf(detours),
                losses,
                waited,
                shortfalls,
                end,
                reason));
  }
}
