package dev.forebay.pool;

import java.time.Duration;
import java.util.List;

/// How one attempt ended, from the pool's point of view.
///
/// Every attempt ends in exactly one of these. A new case is a compile error in every `switch` that
/// decides on it, which is the point.
public sealed interface Outcome {

  /// The provider answered; `latency` runs from sending the request to the first content.
  record Served(Duration latency) implements Outcome {}

  /// The provider refused for now: everything within `scope` cools.
  ///
  /// @param quotas the limits that were in the way, as far as the refusal named them
  record Throttled(Scope scope, Cooldown cooldown, Cause cause, String reason, List<Quota> quotas)
      implements Outcome {

    /// A refusal that names no limit.
    public Throttled(Scope scope, Cooldown cooldown, Cause cause, String reason) {
      this(scope, cooldown, cause, reason, List.of());
    }
  }

  /// The provider asks this limit group to send less for a while, not to stop.
  record SlowDown(String reason) implements Outcome {}

  /// The provider failed, whichever key was used (5xx, reset, timeout).
  record Failed(String reason) implements Outcome {}

  /// The key itself is no good (401, revoked, suspended); no request should use it.
  record KeyRejected(String reason) implements Outcome {}

  /// The key has nothing to be sent with now: its access token has ended, or was refused. That says
  /// nothing of the key; it is out until it is released ([Pools#release]).
  record Unequipped(String reason) implements Outcome {}

  /// The request itself is no good (400, 413); no other key would do better, and this one is alive.
  record RequestRejected(int status) implements Outcome {}

  /// The request takes more at once than the limits of this account ever hold: nothing is wrong
  /// with the key, and those of another may hold it.
  record OverLimit(String reason) implements Outcome {}

  /// The client left before the end; `waited` is still a lower bound of this key's latency.
  record Abandoned(Duration waited) implements Outcome {}
}
