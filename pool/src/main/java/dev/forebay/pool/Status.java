package dev.forebay.pool;

import java.time.Instant;

/// What a key can do now, for every model; cooling of single models is in [KeyView#coolings()].
public sealed interface Status {

  /// The one open status.
  Status OPEN = new Open();

  /// Ready to serve, or half-open: ready for one request that tries.
  record Open() implements Status {}

  /// Throttled or failing until a time.
  record Cooling(Instant until, Cause cause, String reason, Provenance provenance, Scope scope)
      implements Status {}

  /// Over its daily budget until the next midnight of the budget's zone.
  record Spent(Instant until) implements Status {}

  /// Refused by the provider; probed again at most hourly.
  record Rejected(String reason, Provenance provenance, Instant since) implements Status {}

  /// Switched off.
  record Paused(Provenance provenance) implements Status {}
}
