package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.KeepAlive;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StreamTap;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the client of one exchange is answered, in its own dialect. Confined to the exchange.
final class Reply {

  private final ClientRequest request;
  private final Operation operation;
  private final Caller caller;
  private final Trace trace;
  private boolean opened;

  Reply(ClientRequest request, Caller caller, Trace trace) {
    this.request = request;
    this.operation = request.endpoint().operation();
    this.caller = caller;
    this.trace = trace;
  }

  /// Begins the answer of an attempt that has shown content.
  void start(Attempt served) {
    trace.content();
    trace.answered(served.status());
    if (opened) {
      return;
    }
    List<String> headers = headers(served, true);
    String length = served.announcedLength();
    if (length != null) {
      headers.add("content-length");
      headers.add(length);
    }
    caller.start(served.status(), headers);
  }

  /// Gives a piece of a started answer, and slows `live` down to what the client takes.
  void relay(byte[] array, int offset, int length, @Nullable Attempt live) {
    trace.sent(length);
    caller.write(array, offset, length);
    if (live != null && caller.congested()) {
      live.pause();
      caller.whenWritable(live::resume);
    }
  }

  /// Gives the whole answer of an attempt, which may be a stream that was held to its end.
  void answer(Attempt served, List<Slice> answer, long bytes) {
    if (!opened) {
      trace.answered(served.status());
      trace.sent(bytes);
      caller.answer(served.status(), headers(served, served.streams()), answer, bytes);
    } else if (served.streams()) {
      trace.sent(bytes);
      answer.forEach(slice -> caller.write(slice.array(), slice.offset(), slice.length()));
      caller.end();
    } else {
      fail(GiveUps.noStream());
    }
  }

  private List<String> headers(Attempt served, boolean stream) {
    List<String> headers =
        AnswerHeaders.of(
            served.course.outgoing,
            served.lease.keyName(),
            served.number,
            served.headers(),
            stream);
    Waited waited = trace.waited();
    if (waited != null) {
      AnswerHeaders.addWaited(headers, waited);
    }
    return headers;
  }

  /// Gives what all accounts have, as one; `missing` of them did not answer.
  void list(byte[] page, int missing) {
    trace.content();
    trace.answered(200);
    trace.sent(page.length);
    caller.answer(
        200,
        AnswerHeaders.ofList(operation, request.id(), missing),
        List.of(Slice.of(page)),
        page.length);
  }

  /// Gives the client what the provider said.
  ///
  /// @param back when asking again can help, told where the provider does not say so itself
  void handOn(Refusal refusal, Outgoing outgoing, @Nullable Duration back) {
    Outgoing.Told told = outgoing.refusal(refusal);
    if (opened) {
      fail(GiveUps.refused(told));
      return;
    }
    trace.answered(told.status());
    trace.sent(told.length());
    List<String> headers =
        AnswerHeaders.of(outgoing, trace.keyName(), trace.attempts(), refusal.headers(), false);
    if (back != null) {
      AnswerHeaders.addRetry(headers, back);
    }
    caller.answer(told.status(), headers, told.body(), told.length());
  }

  /// Answers with what nobody had to be asked for.
  void answer(byte[] json) {
    trace.answered(200);
    trace.sent(json.length);
    caller.answer(200, AnswerHeaders.ofOurs(request), List.of(Slice.of(json)), json.length);
  }

  /// Tells the reader of a stream, which is opened for it, that it still waits.
  void keepAlive() {
    byte[] bytes = KeepAlive.of(operation.dialect());
    if (bytes == null) {
      return;
    }
    if (!opened) {
      opened = true;
      trace.answered(200);
      caller.start(200, AnswerHeaders.ofWaiting(operation.dialect(), request.id()));
    }
    trace.sent(bytes.length);
    caller.write(bytes, 0, bytes.length);
  }

  /// Ends an opened stream that has no answer.
  private void fail(GatewayError error) {
    byte[] event = StreamTap.of(operation, true, false).errorEvent(error);
    trace.sent(event.length);
    caller.write(event, 0, event.length);
    caller.end();
  }

  /// Answers with an error of ours.
  void refuse(GatewayError error) {
    if (opened) {
      fail(error);
      return;
    }
    byte[] bytes =
        AnswerHeaders.errorBody(
            operation.dialect(), AnswerHeaders.asArray(request.endpoint()), error, request.id());
    trace.answered(error.status());
    trace.sent(bytes.length);
    caller.answer(
        error.status(),
        AnswerHeaders.ofError(operation.dialect(), error, request.id(), trace.attempts()),
        List.of(new Slice(bytes, 0, bytes.length)),
        bytes.length);
  }

  /// Tells that a started answer broke, or cuts it off where its form has no way to say so.
  void broken(Attempt ended, GatewayError error) {
    byte[] event = ended.errorEvent(error);
    if (event == null) {
      caller.abort();
    } else {
      trace.sent(event.length);
      caller.write(event, 0, event.length);
      caller.end();
    }
  }
}
