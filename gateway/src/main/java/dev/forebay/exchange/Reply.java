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
  void start(Attempt served, String model) {
    trace.content();
    trace.answered(served.status());
    List<String> headers = headers(served, model);
    String length = served.announcedLength();
    if (length != null) {
      headers.add("content-length");
      headers.add(length);
    }
    caller.start(served.status(), headers);
  }

  /// Gives the whole answer of an attempt.
  void answer(Attempt served, String model, List<Slice> answer, long bytes) {
    caller.answer(served.status(), headers(served, model), answer, bytes);
  }

  private List<String> headers(Attempt served, String model) {
    return AnswerHeaders.of(
        request, operation, model, served.lease.keyName(), served.number, served.headers());
  }

  /// Gives the client what the provider said.
  void handOn(Refusal refusal, String model) {
    trace.answered(refusal.status());
    trace.sent(refusal.length());
    caller.answer(
        refusal.status(),
        AnswerHeaders.of(
            request, operation, model, trace.keyName(), trace.attempts(), refusal.headers()),
        refusal.body(),
        refusal.length());
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
