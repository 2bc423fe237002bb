package dev.forebay.exchange;

import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What callers with limits have used of them. Thread-safe and lock-free.
///
/// Counts belong to a caller's id, so that they go on when the directory is replaced. Callers
/// without limits are not known here.
public final class Allowances {

  private final Ticker ticker;
  private final ConcurrentMap<String, Allowance> byCaller = new ConcurrentHashMap<>();

  public Allowances(Ticker ticker) {
    this.ticker = ticker;
  }

  /// Which limit is meant.
  public enum Limit {
    REQUESTS_PER_MINUTE,
    REQUESTS_PER_DAY,
    TOKENS_PER_MINUTE,
    TOKENS_PER_DAY
  }

  /// Whether a request is let in.
  public sealed interface Admission {

    /// It is, and counts; what it really used is told to [Allowances#settle].
    record Granted(String callerId, long minute, long day, long tokens) implements Admission {}

    /// It is not, and does not count.
    ///
    /// @param most what the limit allows
    /// @param retryAfter when a request of this size fits, if nothing else comes
    record Exceeded(Limit limit, long most, Duration retryAfter) implements Admission {}
  }

  /// Counts a request against the caller's limits, if it fits all of them.
  ///
  /// @param tokens what it is expected to use; 0 when it uses none
  /// @param zone whose midnight begins a day
  public Admission admit(String callerId, ClientLimits limits, long tokens, ZoneId zone) {
    return allowance(callerId).admit(callerId, limits, tokens, ticker.nanos(), ticker.now(), zone);
  }

  /// Replaces what a request was expected to use by what it used.
  public void settle(Admission.Granted granted, long tokensUsed) {
    Allowance allowance = byCaller.get(granted.callerId());
    if (allowance != null) {
      allowance.settle(granted, tokensUsed, ticker.nanos());
    }
  }

  /// Takes up what a caller has used in a day before this process counted: a count is raised to
  /// this and never lowered.
  public void restore(String callerId, LocalDate day, long requests, long tokens) {
    allowance(callerId).restore(day.toEpochDay(), requests, tokens);
  }

  /// Forgets all callers but these.
  public void retain(Set<String> callerIds) {
    byCaller.keySet().retainAll(callerIds);
  }

  private Allowance allowance(String callerId) {
    Allowance known = byCaller.get(callerId);
    return known == null ? byCaller.computeIfAbsent(callerId, _ -> new Allowance()) : known;
  }
}
