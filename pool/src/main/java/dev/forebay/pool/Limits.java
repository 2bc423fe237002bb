package dev.forebay.pool;

import java.time.Instant;

/// What is left of a limit group's requests and tokens for one model. Thread-safe.
final class Limits {

  private final RateLimit requests = new RateLimit();
  private final RateLimit tokens = new RateLimit();

  boolean take(long count, long now) {
    if (!requests.take(1, now)) {
      return false;
    }
    if (!tokens.take(count, now)) {
      requests.giveBack(1);
      return false;
    }
    return true;
  }

  void giveBack(long count) {
    requests.giveBack(1);
    tokens.giveBack(count);
  }

  void settle(long taken, long spent) {
    requests.settle(1, 1);
    tokens.settle(taken, spent);
  }

  long freeAt(long count, long now) {
    return Math.max(requests.freeAt(1, now), tokens.freeAt(count, now));
  }

  boolean fitsAlone(long count, long now) {
    return requests.fitsAlone(1, now) && tokens.fitsAlone(count, now);
  }

  /// Takes the headers of an answer in; `taken` is 0, with `counted` false, when its request took
  /// nothing here. Returns whether a limit is new.
  boolean read(
      boolean counted,
      long taken,
      long requestsLimit,
      long requestsRemaining,
      long requestsReset,
      long tokensLimit,
      long tokensRemaining,
      long tokensReset,
      long now) {
    boolean newRequests =
        requests.read(counted ? 1 : 0, requestsLimit, requestsRemaining, requestsReset, now);
    return tokens.read(taken, tokensLimit, tokensRemaining, tokensReset, now) | newRequests;
  }

  /// Tokens per minute; 0 when unknown.
  double tokensPerMinute() {
    return tokens.perMinute();
  }

  long fullAt() {
    return Math.max(requests.fullAt(), tokens.fullAt());
  }

  /// Tokens taken by requests whose answers have not been read.
  long unread() {
    return tokens.unread();
  }

  void forget() {
    requests.forget();
    tokens.forget();
  }

  Headroom view(String model, long now, Context context) {
    Instant full = context.at(Math.max(fullAt(), now));
    return new Headroom(
        model,
        requests.known() ? requests.limit() : -1,
        requests.known() ? Math.max(requests.remaining(now), 0) : -1,
        tokens.known() ? tokens.limit() : -1,
        tokens.known() ? Math.max(tokens.remaining(now), 0) : -1,
        full);
  }
}
