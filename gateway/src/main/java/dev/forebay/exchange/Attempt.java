package dev.forebay.exchange;

import dev.forebay.dialect.AnswerStream;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StreamTap;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.UsageTap;
import dev.forebay.dialect.translate.DeclineWatch;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Lease;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt: holds the provider's answer back until it has shown content, then relays it.
///
/// ```
/// sent ──head 2xx──▶ held ──first content──▶ live ──end──▶ over
///  │                  │                       │
///  │ head not 2xx     │ error inside the 200  │ break: an error event in the client's dialect
///  ▼                  ▼                       ▼
/// refused ──────▶ over (the plan decides)    over
/// ```
///
/// Confined to the exchange.
final class Attempt implements Upstream.Answer {

  /// A preamble that lasts longer is shown to the client, so that it need not think us dead: a
  /// model may reason for minutes and send nothing but pings.
  private static final long LONGEST_HELD_NANOS = Duration.ofSeconds(15).toNanos();

  private enum Phase {
    SENT,
    REFUSED,
    HELD,
    LIVE,
    OVER
  }

  private final Exchange exchange;
  private final Operation operation;
  private final Held held = new Held();

  final Course course;
  final Lease lease;
  final int number;
  final long sentNanos;
  private final boolean watched;

  /// Whether the model served, but would not answer.
  boolean declined;

  private Upstream.@Nullable Call call;
  private Phase phase = Phase.SENT;
  private int status;
  private @Nullable Headers headers;
  private Reading reading = Reading.NOTHING;
  private long latencyNanos = -1;
  private boolean begun;
  private boolean finished;
  private boolean timedOut;

  /// @param watched whether somebody else is to be asked should the model decline to answer
  Attempt(
      Exchange exchange, Course course, Lease lease, int number, long sentNanos, boolean watched) {
    this.exchange = exchange;
    this.course = course;
    this.watched = watched;
    this.operation = course.outgoing.operation();
    this.lease = lease;
    this.number = number;
    this.sentNanos = sentNanos;
  }

  void sent(Upstream.Call sentCall) {
    this.call = sentCall;
  }

  int status() {
    return status;
  }

  /// From sending to the first content or the refusal; -1 if neither has come.
  long latencyNanos() {
    return latencyNanos;
  }

  boolean live() {
    return phase == Phase.LIVE;
  }

  /// Whether the client has seen anything of it, even if it is over by now.
  boolean begun() {
    return begun;
  }

  /// The provider's headers; only after its head has come.
  Headers headers() {
    Headers known = headers;
    if (known == null) {
      throw new IllegalStateException("no head has come (expected: status " + status + " > 0)");
    }
    return known;
  }

  /// The size of the body that goes to the client, or null when it is not known beforehand.
  @Nullable String announcedLength() {
    return reading.announcedLength(headers());
  }

  /// Whether the answer is a stream of events.
  boolean streams() {
    return reading.stream() != null;
  }

  /// What has been used so far, estimated where the provider has not said.
  Usage usage() {
    return reading.usage();
  }

  /// The id under which the provider stored what it answered, if it names one.
  @Nullable String resourceId() {
    return reading.resourceId();
  }

  /// Stops the provider at once; no callback follows.
  void cancel() {
    phase = Phase.OVER;
    if (call != null) {
      call.cancel();
    }
    reading.close();
  }

  void pause() {
    if (call != null) {
      call.pause();
    }
  }

  void resume() {
    if (call != null && phase != Phase.OVER) {
      call.resume();
    }
  }

  @Override
  public void head(int answerStatus, Headers answerHeaders) {
    if (phase == Phase.OVER) {
      return;
    }
    status = answerStatus;
    headers = answerHeaders;
    AnswerForm.tellLimits(lease, operation, answerHeaders, exchange.now());
    if (answerStatus < 200 || answerStatus > 299) {
      phase = Phase.REFUSED;
      reading = Reading.ofRefusal(answerHeaders);
      return;
    }
    phase = Phase.HELD;
    if (AnswerForm.fits(course.outgoing, answerHeaders)) {
      reading = Reading.of(course.outgoing, answerHeaders, watched);
    } else {
      broke("the provider's answer is not in the form that was asked for");
    }
  }

  @Override
  public void chunk(byte[] array, int offset, int length) {
    if (phase == Phase.OVER || length == 0) {
      return;
    }
    Decoder decoder = reading.decoder();
    if (decoder == null) {
      digest(array, offset, length);
    } else if (!decoder.decode(array, offset, length, this::digest)) {
      broke("the provider's answer could not be decompressed");
    }
  }

  private void digest(byte[] array, int offset, int length) {
    switch (phase) {
      case REFUSED -> {
        if (held.bytes() < Refusal.LARGEST) {
          held.add(array, offset, length);
        }
      }
      case HELD, LIVE -> relay(array, offset, length);
      case SENT, OVER -> {}
    }
  }

  private void relay(byte[] array, int offset, int length) {
    AnswerStream follows = reading.stream();
    if (follows == null) {
      UsageTap tap = reading.tap();
      if (tap != null) {
        tap.feed(array, offset, length);
      }
      emit(array, offset, length);
      if (phase == Phase.HELD && held.large()) {
        if (course.outgoing.passes()) {
          goLive();
        } else if (held.bytes() > Translated.LARGEST) {
          broke("the provider's answer is too large to be translated");
        }
      }
      return;
    }
    reading.watch(array, offset, length);
    decide(follows, follows.feed(array, offset, length, this::emit));
  }

  private void decide(AnswerStream follows, StreamTap.Signal signal) {
    switch (signal) {
      case PREAMBLE -> {
        if (held.large() || exchange.nanos() - sentNanos > LONGEST_HELD_NANOS) {
          follows.commit();
          goLive();
        }
      }
      case CONTENT -> {
        if (!declines()) {
          goLive();
        }
      }
      case FINISHED -> {
        finished = true;
        if (!declines()) {
          goLive();
        }
      }
      case FAILED_AFTER_CONTENT -> {
        goLive();
        finished = true;
        exchange.failedInStream();
      }
      case FAILED_BEFORE_CONTENT -> refusedInside(follows.errorPayload());
      case BROKEN -> broke(Upstream.Failure.RESET.message());
    }
  }

  /// Whether the model has declined and said nothing else, so that the answer is held to its end.
  private boolean declines() {
    return reading.declines() && !held.large();
  }

  private void emit(byte[] array, int offset, int length) {
    if (phase == Phase.LIVE) {
      exchange.relay(array, offset, length);
    } else {
      held.add(array, offset, length);
    }
  }

  /// From here on there is no second try.
  private void goLive() {
    if (phase != Phase.HELD) {
      return;
    }
    answered(Phase.LIVE);
    reading.unwatch();
    begun = true;
    exchange.start(this);
    List<Slice> slices = held.slices();
    for (int i = 0; i < slices.size() && phase == Phase.LIVE; i++) {
      Slice slice = slices.get(i);
      exchange.relay(slice.array(), slice.offset(), slice.length());
    }
    slices.clear();
  }

  private void answered(Phase next) {
    latencyNanos = exchange.nanos() - sentNanos;
    lease.answered(Duration.ofNanos(latencyNanos));
    phase = next;
  }

  private Refusal refusal(@Nullable Slice streamError) {
    latencyNanos = exchange.nanos() - sentNanos;
    return exchange.hidden(Refusal.of(status, headers(), held, streamError));
  }

  /// An error came under a status that says success.
  private void refusedInside(@Nullable Slice payload) {
    Refusal refusal = refusal(payload);
    Verdict verdict =
        payload == null
            ? new Verdict.Failed("the stream failed before its first content")
            : refusal.verdict(operation, exchange.now());
    cancel();
    exchange.refused(this, verdict, refusal);
  }

  @Override
  public void end() {
    switch (phase) {
      case SENT -> broke(Upstream.Failure.PROTOCOL.message());
      case REFUSED -> {
        phase = Phase.OVER;
        Refusal refusal = refusal(null);
        reading.close();
        exchange.refused(this, refusal.verdict(operation, exchange.now()), refusal);
      }
      case HELD, LIVE -> {
        AnswerStream follows = reading.stream();
        if (follows == null) {
          endUnary();
        } else if (finished) {
          over();
        } else {
          decide(follows, follows.end(this::emit));
          if (phase == Phase.LIVE || phase == Phase.HELD) {
            over();
          }
        }
      }
      case OVER -> {}
    }
  }

  private void endUnary() {
    if (phase == Phase.LIVE) {
      over();
      return;
    }
    UsageTap read = reading.tap();
    if (read != null && AnswerForm.needsJson(operation, headers(), held.bytes())) {
      if (!read.whole()) {
        broke("the provider's answer was cut short");
        return;
      }
      Slice error = read.errorPayload();
      if (error != null) {
        refusedInside(error);
        return;
      }
    }
    List<Slice> answer = course.outgoing.answer(held.slices());
    if (answer == null) {
      broke("the provider's answer is not what its dialect has");
      return;
    }
    if (watched && read != null && DeclineWatch.inAnswer(operation, Slice.joined(held.slices()))) {
      declined(answer);
      return;
    }
    answered(Phase.OVER);
    reading.close();
    exchange.answer(this, answer, Outgoing.length(answer));
  }

  private void over() {
    if (phase == Phase.HELD) {
      declined(List.copyOf(held.slices()));
      return;
    }
    phase = Phase.OVER;
    reading.close();
    exchange.ended(this);
  }

  private void declined(List<Slice> answer) {
    declined = true;
    answered(Phase.OVER);
    reading.close();
    exchange.declined(this, answer, Outgoing.length(answer));
  }

  @Override
  public void failed(Upstream.Failure failure) {
    if ((phase == Phase.LIVE || phase == Phase.HELD) && finished) {
      over();
    } else if (phase == Phase.REFUSED && held.bytes() > 0) {
      // The head and a part of the body say enough.
      end();
    } else if (phase != Phase.OVER) {
      timedOut = failure.timeout();
      broke(failure.message());
    }
  }

  private void broke(String reason) {
    boolean live = phase == Phase.LIVE;
    cancel();
    if (live) {
      exchange.brokenInStream(this, reason);
    } else {
      Refusal refusal = timedOut ? Refusal.TIMEOUT : Refusal.NO_ANSWER;
      exchange.refused(this, new Verdict.Failed(reason), refusal);
    }
  }

  /// See [Reading#errorEvent].
  byte @Nullable [] errorEvent(GatewayError error) {
    return reading.errorEvent(error);
  }
}
