package dev.forebay.exchange;

import dev.forebay.dialect.AnswerStream;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StreamTap;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.UsageTap;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.dialect.verdict.Verdicts;
import dev.forebay.pool.Lease;
import java.time.Duration;
import java.util.ArrayList;
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

  /// Unary answers up to this size are held to their end, so that a break costs the client nothing.
  private static final int LARGEST_HELD = 256 << 10;

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
  private final List<Slice> held = new ArrayList<>(4);

  final Course course;
  final Lease lease;
  final int number;
  final long sentNanos;

  private Upstream.@Nullable Call call;
  private Phase phase = Phase.SENT;
  private int status;
  private @Nullable Headers headers;
  private @Nullable AnswerStream stream;
  private @Nullable UsageTap usageTap;
  private @Nullable Decoder decoder;
  private long heldBytes;
  private long latencyNanos = -1;
  private boolean begun;
  private boolean finished;
  private Upstream.@Nullable Failure lastFailure;

  Attempt(Exchange exchange, Course course, Lease lease, int number, long sentNanos) {
    this.exchange = exchange;
    this.course = course;
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
    return stream == null && decoder == null ? headers().get("content-length") : null;
  }

  /// What has been used so far, estimated where the provider has not said.
  Usage usage() {
    if (stream != null) {
      return stream.usage();
    }
    return usageTap != null && status < 300 ? usageTap.end() : Usage.NONE;
  }

  /// The id under which the provider stored what it answered, if it names one.
  @Nullable String resourceId() {
    if (stream != null) {
      return stream.resourceId();
    }
    return usageTap == null ? null : usageTap.resourceId();
  }

  /// Stops the provider at once; no callback follows.
  void cancel() {
    phase = Phase.OVER;
    if (call != null) {
      call.cancel();
    }
    close();
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
    decoder = Decoder.of(answerHeaders.get("content-encoding"));
    if (answerStatus < 200 || answerStatus > 299) {
      phase = Phase.REFUSED;
      return;
    }
    phase = Phase.HELD;
    Outgoing outgoing = course.outgoing;
    boolean asked = outgoing.incoming.stream();
    boolean readable = AnswerForm.readable(answerHeaders);
    boolean streams = AnswerForm.streams(operation, asked, answerHeaders);
    if (!outgoing.passes() && (!readable || streams != asked)) {
      broke("the provider's answer is not in the form that was asked for");
    } else if (readable && streams) {
      stream = outgoing.stream();
    } else if (readable) {
      usageTap = UsageTap.of(operation);
    }
    // An encoding that nobody asked for and we cannot read passes as it is, usage unknown.
  }

  @Override
  public void chunk(byte[] array, int offset, int length) {
    if (phase == Phase.OVER || length == 0) {
      return;
    }
    if (decoder == null) {
      digest(array, offset, length);
    } else if (!decoder.decode(array, offset, length, this::digest)) {
      broke("the provider's answer could not be decompressed");
    }
  }

  private void digest(byte[] array, int offset, int length) {
    switch (phase) {
      case REFUSED -> {
        if (heldBytes < Refusal.LARGEST) {
          hold(array, offset, length);
        }
      }
      case HELD, LIVE -> relay(array, offset, length);
      case SENT, OVER -> {}
    }
  }

  private void relay(byte[] array, int offset, int length) {
    AnswerStream follows = stream;
    if (follows == null) {
      if (usageTap != null) {
        usageTap.feed(array, offset, length);
      }
      emit(array, offset, length);
      if (phase == Phase.HELD && heldBytes > LARGEST_HELD) {
        passOn();
      }
      return;
    }
    decide(follows, follows.feed(array, offset, length, this::emit));
  }

  private void passOn() {
    if (course.outgoing.passes()) {
      goLive();
    } else if (heldBytes > Translated.LARGEST) {
      broke("the provider's answer is too large to be translated");
    }
  }

  private void decide(AnswerStream follows, StreamTap.Signal signal) {
    switch (signal) {
      case PREAMBLE -> {
        if (heldBytes > LARGEST_HELD || exchange.nanos() - sentNanos > LONGEST_HELD_NANOS) {
          follows.commit();
          goLive();
        }
      }
      case CONTENT -> goLive();
      case FINISHED -> {
        goLive();
        finished = true;
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

  private void emit(byte[] array, int offset, int length) {
    if (phase == Phase.LIVE) {
      exchange.relay(array, offset, length);
    } else {
      hold(array, offset, length);
    }
  }

  private void hold(byte[] array, int offset, int length) {
    held.add(new Slice(array, offset, length));
    heldBytes += length;
  }

  /// From here on there is no second try.
  private void goLive() {
    if (phase != Phase.HELD) {
      return;
    }
    latencyNanos = exchange.nanos() - sentNanos;
    lease.answered(Duration.ofNanos(latencyNanos));
    phase = Phase.LIVE;
    begun = true;
    exchange.start(this);
    for (int i = 0; i < held.size() && phase == Phase.LIVE; i++) {
      Slice slice = held.get(i);
      exchange.relay(slice.array(), slice.offset(), slice.length());
    }
    held.clear();
  }

  /// An error came under a status that says success.
  private void refusedInside(@Nullable Slice payload) {
    Verdict verdict =
        payload == null
            ? new Verdict.Failed("the stream failed before its first content")
            : Verdicts.ofStreamError(operation.provider(), operation, payload, exchange.now());
    latencyNanos = exchange.nanos() - sentNanos;
    Refusal refusal = new Refusal(status, headers(), List.copyOf(held), heldBytes, payload);
    cancel();
    exchange.refused(this, verdict, refusal);
  }

  @Override
  public void end() {
    switch (phase) {
      case SENT -> broke(Upstream.Failure.PROTOCOL.message());
      case REFUSED -> {
        phase = Phase.OVER;
        latencyNanos = exchange.nanos() - sentNanos;
        Refusal refusal = new Refusal(status, headers(), List.copyOf(held), heldBytes, null);
        close();
        exchange.refused(
            this,
            Verdicts.ofAnswer(
                operation.provider(),
                operation,
                status,
                headers(),
                refusal.bodyBytes(),
                exchange.now()),
            refusal);
      }
      case HELD, LIVE -> {
        AnswerStream follows = stream;
        if (follows == null) {
          endUnary();
        } else if (finished) {
          over();
        } else {
          decide(follows, follows.end(this::emit));
          if (phase == Phase.LIVE) {
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
    UsageTap read = usageTap;
    if (read != null && AnswerForm.json(headers())) {
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
    List<Slice> answer = course.outgoing.answer(held);
    if (answer == null) {
      broke("the provider's answer is not what its dialect has");
      return;
    }
    latencyNanos = exchange.nanos() - sentNanos;
    lease.answered(Duration.ofNanos(latencyNanos));
    phase = Phase.OVER;
    close();
    exchange.answer(this, answer, Outgoing.length(answer));
  }

  private void over() {
    phase = Phase.OVER;
    close();
    exchange.ended(this);
  }

  @Override
  public void failed(Upstream.Failure failure) {
    if (phase == Phase.LIVE && finished) {
      over();
    } else if (phase == Phase.REFUSED && heldBytes > 0) {
      // The head and a part of the body say enough.
      end();
    } else if (phase != Phase.OVER) {
      lastFailure = failure;
      broke(failure.message());
    }
  }

  private void broke(String reason) {
    boolean live = phase == Phase.LIVE;
    boolean timeout = lastFailure != null && lastFailure.timeout();
    cancel();
    if (live) {
      exchange.brokenInStream(this, reason);
    } else {
      exchange.refused(
          this, new Verdict.Failed(reason), timeout ? Refusal.TIMEOUT : Refusal.NO_ANSWER);
    }
  }

  /// The error event that tells the client that its stream broke, or null when the answer is not a
  /// stream and can only be broken off.
  byte @Nullable [] errorEvent(GatewayError error) {
    return stream == null ? null : stream.errorEvent(error);
  }

  private void close() {
    if (decoder != null) {
      decoder.close();
    }
  }
}
