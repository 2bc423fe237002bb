package dev.forebay.exchange;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.verdict.RateLimits;
import dev.forebay.pool.Lease;
import java.time.Instant;

/// What a successful answer's head says of its body.
final class AnswerForm {

  private AnswerForm() {}

  /// Whether the body is a stream of events: by its type where one is given, else by what was
  /// asked.
  static boolean streams(Operation operation, boolean asked, Headers headers) {
    if (operation == Operation.STREAM_GENERATE_CONTENT) {
      return true;
    }
    String type = headers.get("content-type");
    return type != null ? type.startsWith("text/event-stream") : asked && operation.canStream();
  }

  /// Whether the answer can go to the client: as it came always, translated only when it can be
  /// read and is a stream where one was asked for, and none where not.
  static boolean fits(Outgoing outgoing, Headers headers) {
    boolean asked = outgoing.incoming.stream();
    return outgoing.passes()
        || readable(headers) && streams(outgoing.operation(), asked, headers) == asked;
  }

  /// Whether the body is one JSON value.
  static boolean json(Headers headers) {
    String type = headers.get("content-type");
    return type != null && type.startsWith("application/json");
  }

  /// Whether the body can be read: as it is, or after decoding.
  static boolean readable(Headers headers) {
    String encoding = headers.get("content-encoding");
    return encoding == null || "identity".equals(encoding) || Decoder.decodes(encoding);
  }

  /// Tells the pool what the answer's rate-limit headers say.
  static void tellHeadroom(Lease lease, Operation operation, Headers headers, Instant now) {
    // Free calls have limits of their own, which say nothing about the model's.
    RateLimits limits =
        operation.billsTokens() ? RateLimits.read(operation.provider(), headers, now) : null;
    if (limits != null) {
      lease.headroom(
          limits.requestsLimit(),
          limits.requestsRemaining(),
          limits.requestsResetNanos(),
          limits.tokensLimit(),
          limits.tokensRemaining(),
          limits.tokensResetNanos());
    }
  }
}
