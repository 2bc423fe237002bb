package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import java.util.List;

/// What the client of one exchange is answered, in its own dialect. Confined to the exchange.
final class Reply {

  private final ClientRequest request;
  private final Operation operation;
  private final Caller caller;
  private final Trace trace;

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
    List<String> headers = headers(served, true);
    String length = served.announcedLength();
    if (length != null) {
      headers.add("content-length");
      headers.add(length);
    }
    caller.start(served.status(), headers);
  }

  /// Gives the whole answer of an attempt, which may be a stream that was held to its end.
  void answer(Attempt served, List<Slice> answer, long bytes) {
    trace.answered(served.status());
    trace.sent(bytes);
    caller.answer(served.status(), headers(served, served.streams()), answer, bytes);
  }

  private static List<String> headers(Attempt served, boolean stream) {
    return AnswerHeaders.of(
        served.course.outgoing, served.lease.keyName(), served.number, served.headers(), stream);
  }

  /// Gives the client what the provider said.
  void handOn(Refusal refusal, Outgoing outgoing) {
    Outgoing.Told told = outgoing.refusal(refusal);
    trace.answered(told.status());
    trace.sent(told.length());
    caller.answer(
        told.status(),
        AnswerHeaders.of(outgoing, trace.keyName(), trace.attempts(), refusal.headers(), false),
        told.body(),
        told.length());
  }

  /// Answers with what nobody had to be asked for.
  void answer(byte[] json) {
    trace.answered(200);
    trace.sent(json.length);
    caller.answer(200, AnswerHeaders.ofOurs(request), List.of(Slice.of(json)), json.length);
  }

  /// Answers with an error of ours.
  void refuse(GatewayError error) {
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
