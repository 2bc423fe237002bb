package dev.forebay.dialect.verdict;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Provider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The room left on a limit group for one model, as the provider counts it down; -1 is unknown.
///
/// Resets are nanoseconds from the moment of reading.
public record RateLimits(
    long requestsLimit,
    long requestsRemaining,
    long requestsResetNanos,
    long tokensLimit,
    long tokensRemaining,
    long tokensResetNanos) {

  /// The limits in the headers of an answer, or null when they state none.
  public static @Nullable RateLimits read(Provider provider, HeaderLookup headers, Instant now) {
    throw new UnsupportedOperationException();
  }
}
