package dev.forebay.control.google;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// When one account's next access token is asked for, and how the last asking went. Thread-safe.
final class Turn {

  /// Why there is no new token.
  ///
  /// @param message one clause for people
  record Trouble(Kind kind, String message) {

    enum Kind {
      /// The grant is over.
      ENDED,
      /// The OAuth client is at fault.
      CLIENT,
      /// Google cannot be asked.
      OUTAGE,
      /// Google refuses for another reason.
      REFUSED
    }

    /// What a bad answer means.
    static Trouble of(TokenAnswer answer) {
      return switch (answer) {
        case TokenAnswer.Ended(boolean sessionControl) ->
            new Trouble(
                Kind.ENDED,
                sessionControl
                    ? "needs reconnecting: the organisation wants its person to sign in again"
                    : "needs reconnecting: Google ended it, or its person did");
        case TokenAnswer.ClientRefused(String error) -> new Trouble(Kind.CLIENT, client(error));
        case TokenAnswer.Refused(String error) ->
            new Trouble(Kind.REFUSED, "Google gives no access token: " + error);
        case TokenAnswer.Unreachable(String reason) ->
            new Trouble(Kind.OUTAGE, "Google's token endpoint cannot be used: " + reason);
        case TokenAnswer.Granted _ -> new Trouble(Kind.OUTAGE, "the access token was not kept");
      };
    }

    private static String client(String error) {
      return switch (error) {
        case Grants.NO_CLIENT -> "there is no OAuth client to refresh it with";
        case Grants.OTHER_CLIENT ->
            "it was connected with another OAuth client: reconnect it, or enter that client again";
        default -> "Google refuses the OAuth client: " + error;
      };
    }

    /// Whether the key is rejected for it.
    boolean rejects() {
      return kind == Kind.ENDED || kind == Kind.CLIENT;
    }
  }

  private long nextAt;
  private Instant expected;
  private int failures;
  private @Nullable Trouble trouble;
  private @Nullable CompletableFuture<TokenAnswer> running;

  /// Due at once.
  Turn(long nanos, Instant now) {
    this.nextAt = nanos;
    this.expected = now;
  }

  synchronized boolean due(long now) {
    return running == null && now >= nextAt;
  }

  /// The asking that is under way: `fresh`, unless there is one already.
  synchronized CompletableFuture<TokenAnswer> begin(CompletableFuture<TokenAnswer> fresh) {
    CompletableFuture<TokenAnswer> known = running;
    if (known != null) {
      return known;
    }
    running = fresh;
    return fresh;
  }

  synchronized void over(CompletableFuture<TokenAnswer> ended) {
    if (running == ended) {
      running = null;
    }
  }

  /// The next asking is due then.
  synchronized void at(long nanos) {
    nextAt = nanos;
  }

  /// Forgets what stood in the way.
  synchronized void reset(long next, Instant nextAsking) {
    failures = 0;
    trouble = null;
    nextAt = next;
    expected = nextAsking;
  }

  synchronized long nextAt() {
    return nextAt;
  }

  /// When a token may be here, for those who wait for one.
  synchronized Instant expected() {
    return expected;
  }

  synchronized int failures() {
    return failures;
  }

  synchronized @Nullable Trouble trouble() {
    return trouble;
  }

  /// @param nextAsking when the next asking is due, by the wall clock
  synchronized void failed(Trouble why, long next, Instant nextAsking) {
    failures++;
    trouble = why;
    nextAt = next;
    expected = nextAsking;
  }

  /// What stood in the way before; null when nothing did.
  synchronized @Nullable Trouble succeeded(long next) {
    Trouble before = trouble;
    failures = 0;
    trouble = null;
    nextAt = next;
    return before;
  }
}
