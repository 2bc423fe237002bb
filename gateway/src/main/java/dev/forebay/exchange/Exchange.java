package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.HeadScan;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client request from its last byte in to its last byte out.
///
/// It takes the steps that its [Courses] decide on and settles every lease exactly once. Confined
/// to the event loop of its client's connection.
public final class Exchange {

  private static final String STREAM_ERROR = "the provider sent an error inside its stream";

  private final Dispatcher dispatcher;
  private final ClientRequest request;
  private final Caller caller;
  private final Operation operation;
  private final Trace trace;
  private final Reply reply;

  private @Nullable Incoming incoming;
  private @Nullable Courses courses;
  private @Nullable Attempt attempt;
  private @Nullable Presented presented;
  private @Nullable Declined declined;
  private @Nullable Stay stay;
  private @Nullable Listing listing;
  private Allowances.Admission.@Nullable Granted granted;
  private boolean errorInStream;
  private boolean crowded;
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
    switch (Incoming.scan(request)) {
      case HeadScan.Malformed malformed ->
          refuse(
              GatewayError.of(malformed.kind(), malformed.message()), ExchangeReport.End.REFUSED);
      case HeadScan.Scanned scanned -> {
        Incoming read = new Incoming(request, scanned.head(), dispatcher.owners());
        incoming = read;
        byte[] local = Listed.local(dispatcher, read);
        if (local != null) {
          reply.answer(local);
          finish(ExchangeReport.End.COMPLETED, null);
          return;
        }
        Route route;
        try {
          route = read.route();
        } catch (IllegalArgumentException unreadable) {
          refuse(
              GatewayError.of(
                  GatewayError.Kind.INVALID_REQUEST,
                  "The header x-forebay-fallback cannot be read: " + unreadable.getMessage()),
              ExchangeReport.End.REFUSED);
          return;
        }
        if (exceeds(read)) {
          return;
        }
        if (operation.listsStored()) {
          listing = new Listing(dispatcher, request, reply, this::finish);
          listing.begin();
          return;
        }
        Courses all = new Courses(dispatcher, read, trace, route);
        courses = all;
        step(all);
      }
    }
  }

  /// Counts the request against its caller's limits, and refuses it when it is over one of them.
  private boolean exceeds(Incoming wanted) {
    Directory.Client client = request.client();
    ClientLimits limits = client.limits();
    if (limits == null) {
      return false;
    }
    return switch (dispatcher
        .allowances()
        .admit(client.id(), limits, wanted.likelyTokens(), request.directory().zone())) {
      case Allowances.Admission.Granted admitted -> {
        granted = admitted;
        yield false;
      }
      case Allowances.Admission.Exceeded over -> {
        refuse(GiveUps.limited(client.name(), over), ExchangeReport.End.REFUSED);
        yield true;
      }
    };
  }

  private void step(Courses all) {
    while (!over) {
      switch (all.next(stay)) {
        case Courses.Step.Try(Course course, Lease lease) -> {
          if (stay != null) {
            stay.served();
          }
          if (attempt(all, course, lease)) {
            return;
          }
        }
        case Courses.Step.Wait(WaitingRoom.Wish wish, Duration delay) -> {
          if (declined == null) {
            await(all, wish, delay);
          } else {
            giveUp(all);
          }
          return;
        }
        case Courses.Step.End() -> {
          giveUp(all);
          return;
        }
      }
    }
  }

  private void await(Courses all, WaitingRoom.Wish wish, Duration delay) {
    Stay known = stay;
    if (known == null) {
      boolean stream = incoming != null && incoming.stream();
      // When its patience is at its end any key will do, wherever the conversation's cache is,
      // unless that takes what others wait for.
      Runnable again = () -> step(all);
      known = new Stay(dispatcher, request, reply, trace, stream, again, again);
      stay = known;
    }
    if (!known.goOn(wish, all.begunToTry(), delay, all.patience()) && !over) {
      crowded = true;
      all.expire();
      giveUp(all);
    }
  }

  /// Sends an attempt; false when the target cannot take the request, and when the key was removed
  /// between its draw and now or has no access token.
  private boolean attempt(Courses all, Course course, Lease lease) {
    UpstreamKey key = Presented.key(dispatcher, request, lease.keyId());
    Obstacle obstacle = key == null ? null : course.outgoing.prepare(lease.group());
    Presented shown = key == null ? null : Presented.of(key, nanos());
    if (key == null || shown == null || obstacle != null) {
      Presented.unsent(dispatcher.pools(), lease, obstacle == null ? key : null, nanos());
      if (obstacle != null) {
        all.blocked(course, obstacle);
      }
      return false;
    }
    Attempt next =
        new Attempt(this, course, lease, all.attempts(), nanos(), all.leavesRefusals(course));
    attempt = next;
    presented = shown;
    next.sent(dispatcher.upstream().send(course.outgoing.to(key, shown.secret()), next));
    return true;
  }

  Instant now() {
    return dispatcher.ticker().now();
  }

  long nanos() {
    return dispatcher.ticker().nanos();
  }

  /// The refusal without the secret that the attempt under way was sent with.
  Refusal hidden(Refusal refusal) {
    return presented == null ? refusal : presented.hidden(refusal);
  }

  void refused(Attempt ended, Verdict verdict, Refusal refusal) {
    Courses all = courses;
    Course course = ended.course;
    if (over || all == null) {
      return;
    }
    AnswerForm.tellIdentity(ended.lease, verdict);
    Outcome outcome = Presented.outcome(presented, verdict, ended);
    settle(ended, outcome, ended.usage());
    course.refused(refusal, outcome);
    if (verdict instanceof Verdict.StripThinking && course.outgoing.strip()) {
      step(all);
    } else if (outcome instanceof Outcome.OverLimit && course.outgrew(ended.lease, refusal)) {
      step(all);
    } else if (course.mayBeElsewhere(verdict, outcome)) {
      course.notHeldBy(ended.lease);
      step(all);
    } else if (!Outcomes.blamesTheRequest(outcome)) {
      course.plan.refused(ended.lease.keyId(), outcome);
      step(all);
    } else if (course.isTooLong()) {
      all.tooLong(course);
      step(all);
    } else {
      handOn(course, course.told(refusal), ExchangeReport.End.CALLER_FAULT);
    }
  }

  /// The attempt has shown content: the client's answer starts.
  void start(Attempt started) {
    Settlement.left(started, dispatcher);
    reply.start(started);
  }

  void relay(byte[] array, int offset, int length) {
    reply.relay(array, offset, length, attempt);
  }

  /// A unary answer is whole.
  void answer(Attempt ended, List<Slice> answer, long bytes) {
    if (over) {
      return;
    }
    trace.content();
    List<Slice> told = answer;
    if (operation.aboutStored()) {
      told =
          StoredResources.read(dispatcher.owners(), request, ended.lease, ended.headers(), answer);
    }
    settle(ended, new Outcome.Served(Duration.ofNanos(ended.latencyNanos())), ended.usage());
    reply.answer(ended, told, Outgoing.length(told));
    finish(ExchangeReport.End.COMPLETED, null);
  }

  /// A model's own refusal, whole, kept for when nobody else answers.
  private record Declined(Attempt attempt, List<Slice> answer, long bytes) {}

  /// The model has declined before its first content, and somebody else may answer.
  void declined(Attempt ended, List<Slice> answer, long bytes) {
    Courses all = courses;
    if (over || all == null) {
      return;
    }
    if (declined == null) {
      declined = new Declined(ended, answer, bytes);
    }
    settle(ended, new Outcome.Served(Duration.ofNanos(ended.latencyNanos())), ended.usage());
    all.declined(ended.course);
    step(all);
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
    Duration latency = Duration.ofNanos(ended.latencyNanos());
    settle(
        ended,
        errorInStream ? new Outcome.Failed(STREAM_ERROR) : new Outcome.Served(latency),
        ended.usage());
    caller.end();
    finish(
        errorInStream ? ExchangeReport.End.BROKEN : ExchangeReport.End.COMPLETED,
        errorInStream ? STREAM_ERROR : null);
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
    if (listing != null) {
      listing.cancel();
    }
    Attempt running = attempt;
    if (running != null) {
      running.cancel();
      Usage used = running.usage().orInput(inputTokens());
      settle(running, new Outcome.Abandoned(Duration.ofNanos(nanos() - running.sentNanos)), used);
    }
  }

  // Ends.

  private void giveUp(Courses all) {
    Declined kept = declined;
    if (kept != null) {
      trace.answeredBy(kept.attempt());
      reply.answer(kept.attempt(), kept.answer(), kept.bytes());
      finish(ExchangeReport.End.COMPLETED, null);
      return;
    }
    if (stay != null) {
      // It is not one of those whom the next one finds waiting.
      stay.end();
    }
    trace.fellShort(all.shortfalls());
    switch (LastWord.of(all, request, incoming, trace, crowded)) {
      case LastWord.Ours(GatewayError error, ExchangeReport.End end) -> refuse(error, end);
      case LastWord.Theirs(Course course, Refusal refusal, ExchangeReport.End end) ->
          handOn(course, refusal, end);
    }
  }

  /// Gives the client what the provider said.
  private void handOn(Course course, Refusal refusal, ExchangeReport.End end) {
    reply.handOn(refusal, course.outgoing, whenBack(end));
    finish(end, "the provider answered " + refusal.status());
  }

  /// When asking again can help after the provider's own failure; null when nobody knows.
  private @Nullable Duration whenBack(ExchangeReport.End end) {
    return courses == null || end != ExchangeReport.End.PROVIDER_ERROR ? null : courses.back();
  }

  private void refuse(GatewayError error, ExchangeReport.End end) {
    reply.refuse(error);
    finish(end, error.message());
  }

  private void settle(Attempt ended, Outcome outcome, Usage used) {
    attempt = null;
    Settlement.of(ended, outcome, used, dispatcher, trace);
    if (presented != null) {
      presented.settled(dispatcher.pools(), ended.lease.keyId(), outcome, nanos());
    }
  }

  private long inputTokens() {
    return incoming == null || !operation.billsTokens() ? 0 : incoming.head.inputTokens();
  }

  /// The model that was to be asked.
  private String model() {
    return courses != null ? courses.model() : incoming == null ? "" : incoming.model();
  }

  private void finish(ExchangeReport.End end, @Nullable String reason) {
    over = true;
    if (stay != null) {
      stay.end();
    }
    if (granted != null) {
      dispatcher.allowances().settle(granted, trace.tokens());
    }
    trace.finished(incoming, model(), end, reason);
    dispatcher.over(this);
    caller.over();
  }
}
