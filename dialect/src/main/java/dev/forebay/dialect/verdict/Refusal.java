package dev.forebay.dialect.verdict;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.verdict.Verdict.CallerFault;
import dev.forebay.dialect.verdict.Verdict.Failed;
import dev.forebay.dialect.verdict.Verdict.KeyRejected;
import dev.forebay.dialect.verdict.Verdict.Kind;
import dev.forebay.dialect.verdict.Verdict.Reach;
import dev.forebay.dialect.verdict.Verdict.SlowDown;
import dev.forebay.dialect.verdict.Verdict.Throttled;
import dev.forebay.dialect.verdict.Verdict.Wait;
import java.time.Instant;
import java.util.List;

/// One refusal, as the decision tables look at it. *Immutable.*
///
/// @param status of the answer; 200 for an error inside a stream
record Refusal(
    Operation operation, int status, HeaderLookup headers, ErrorFacts facts, Instant now) {

  static final int IN_STREAM = 200;

  boolean inStream() {
    return status == IN_STREAM;
  }

  String reason() {
    return facts.describe(status);
  }

  Verdict throttled(Reach reach, Kind kind, Wait pause) {
    return new Throttled(reach, pause, kind, reason(), List.of(), facts.consumer());
  }

  /// The same where the refusal names the limits in the way.
  Verdict throttled(Reach reach, Kind kind, Wait pause, List<Exhausted> exhausted) {
    return new Throttled(reach, pause, kind, reason(), exhausted, facts.consumer());
  }

  Verdict rejected() {
    return new KeyRejected(reason());
  }

  Verdict slowDown() {
    return new SlowDown(reason());
  }

  Verdict callerFault() {
    return new CallerFault();
  }

  /// Whether a 404 is about the model, and not about a file, a response or the like.
  boolean modelMissing() {
    return switch (operation) {
      case OPENAI_MODEL, ANTHROPIC_MODEL, GEMINI_MODEL, GEMINI_OPENAI_MODEL -> facts.readable();
      default -> ModelMessages.aboutModel(facts.message());
    };
  }

  /// The rows that hold for every provider, by status alone; 429 and what a table has decided
  /// before do not come here.
  ///
  /// `x-should-retry` decides only where the status leaves it open, a conflict or a status nobody
  /// documents: it speaks of repeating the request with the same key, and says nothing of others.
  Verdict byStatus(int effectiveStatus) {
    return switch (effectiveStatus) {
      case 409 -> "false".equals(headers.get("x-should-retry")) ? callerFault() : failed();
      // 407 and 421 come from what lies between, 408 and 425 are about the connection, 499 is a
      // cancellation on the provider's side: none of them is the caller's doing.
      case 407, 408, 421, 425, 499 -> failed();
      // An API answers with an error object; a bare 404 is that of a proxy or a wrong base URL.
      case 404 -> facts.readable() ? callerFault() : failed();
      default -> {
        if (effectiveStatus >= 400 && effectiveStatus < 500) {
          yield "true".equals(headers.get("x-should-retry")) ? failed() : callerFault();
        }
        yield failed();
      }
    };
  }

  /// A failure of the provider; when it says itself when to come back, that is kept.
  Verdict failed() {
    long hint = Hints.retryAfter(headers, now);
    return hint > 0
        ? throttled(Reach.KEY, Kind.FAILING, Pauses.hinted(hint))
        : new Failed(reason());
  }
}
