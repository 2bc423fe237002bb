package dev.forebay.exchange;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.verdict.Counted;
import dev.forebay.dialect.verdict.RateLimits;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Lease;
import java.time.Instant;

/// What an answer's head says of its body, and of the limits of the key that was asked.
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

  /// Whether an answer of so many bytes has to be whole JSON. One about what is stored may be
  /// empty, whatever it calls itself.
  static boolean needsJson(Operation operation, Headers headers, long bytes) {
    return json(headers) && (bytes > 0 || !operation.aboutStored());
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

  /// Tells the pool what the answer's headers say of the limits: whose they are and what is left.
  static void tellLimits(Lease lease, Operation operation, Headers headers, Instant now) {
    if (lease.asksIdentity()) {
      tellIdentity(lease, operation.provider(), headers);
    }
    // Free calls have limits of their own, which say nothing about the model's.
    if (operation.billsTokens()) {
      RateLimits.read(operation.provider(), headers, now, lease, AnswerForm::tellHeadroom);
    }
  }

  /// Tells the pool whose limits a refusal speaks of.
  static void tellIdentity(Lease lease, Verdict verdict) {
    if (verdict instanceof Verdict.Throttled throttled && throttled.consumer() != null) {
      lease.identity(throttled.consumer(), null);
    }
  }

  private static void tellIdentity(Lease lease, Provider provider, Headers headers) {
    switch (provider) {
      case ANTHROPIC -> {
        String organization = headers.get("anthropic-organization-id");
        if (organization != null) {
          lease.identity(organization, headers.get("anthropic-workspace-id"));
        }
      }
      case OPENAI -> {
        String organization = headers.get("openai-organization");
        if (organization != null) {
          lease.identity(organization, headers.get("openai-project"));
        }
      }
      // A project is named in refusals alone.
      case GEMINI -> {}
    }
  }

  private static void tellHeadroom(
      Lease lease, Counted counted, long limit, long remaining, long resetNanos) {
    lease.headroom(Outcomes.axis(counted), limit, remaining, resetNanos);
  }
}
