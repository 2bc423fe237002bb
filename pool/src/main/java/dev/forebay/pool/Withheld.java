package dev.forebay.pool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why a key is kept out although nothing is wrong with it: it has nothing to be sent with.
/// Immutable.
///
/// Nothing but [Pools#release] ends it; until then the key counts as busy while that is expected at
/// any moment, and as failing when it is known to take longer.
///
/// @param until when it may be over; only a guess, by which others wait
record Withheld(String reason, long until, Instant untilAt, Provenance provenance) {

  // Those who wait for it look again this often.
  private static final long RECHECK = 1_000_000_000L;

  /// Whether `known` says just that.
  static boolean says(@Nullable Withheld known, String reason, Instant until) {
    return known != null && known.reason.equals(reason) && known.untilAt.equals(until);
  }

  /// When the key is to be looked at again.
  long freeAt(long now) {
    return Math.max(until, now + RECHECK);
  }

  /// Whether it is known to last longer than a request likes to wait.
  boolean lasts(long now) {
    return until > now + RECHECK;
  }
}
