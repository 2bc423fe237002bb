package dev.forebay.storage;

import dev.forebay.pool.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Says in the log that something goes wrong, once a minute and not once a try, and that it is
/// over. Confined to the storage thread, but for [#problem].
final class Trouble {

  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final String what;

  private final Ticker ticker;

  private final Logger log;

  private volatile @Nullable String problem;

  private long since;

  private long saidAt;

  /// @param what cannot be done, as the subject of a sentence
  Trouble(String what, Ticker ticker, Logger log) {
    this.what = what;
    this.ticker = ticker;
    this.log = log;
  }

  /// One more try has failed.
  ///
  /// @param consequence what it means at this moment
  void failed(Exception failure, String consequence) {
    long now = ticker.nanos();
    boolean first = problem == null;
    problem = String.valueOf(failure.getMessage());
    if (first) {
      since = now;
    }
    if (first || now - saidAt >= QUIET_NANOS) {
      saidAt = now;
      log.warn("{} cannot be stored: {}; {}", what, problem, consequence);
    }
  }

  /// A try has succeeded.
  void over() {
    if (problem != null) {
      problem = null;
      log.info(
          "{} is stored again after {} s",
          what,
          Duration.ofNanos(ticker.nanos() - since).toSeconds());
    }
  }

  /// What the last try failed with; null when it succeeded. Any thread may ask.
  @Nullable String problem() {
    return problem;
  }
}
