package dev.forebay.dialect.verdict;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider's refusal means for the key, its neighbours and the request.
///
/// Every refusal ends in exactly one of these; what the pool makes of it (cooldown, breaker,
/// pacing) is the pool's business. *Immutable.*
public sealed interface Verdict {

  /// The request itself is at fault, or names something only its caller can put right: the
  /// provider's answer goes to the caller unchanged, and the key has proved to be alive.
  record CallerFault() implements Verdict {}

  /// Not now: `reach` tells who has to pause, `pause` for how long.
  ///
  /// @param exhausted the limits in the way, as far as the refusal names them
  /// @param consumer who is billed, as the refusal names it; null when it does not
  record Throttled(
      Reach reach,
      Wait pause,
      Kind kind,
      String reason,
      List<Exhausted> exhausted,
      @Nullable String consumer)
      implements Verdict {

    /// A refusal that names no limit.
    public Throttled(Reach reach, Wait pause, Kind kind, String reason) {
      this(reach, pause, kind, reason, List.of(), null);
    }
  }

  /// The key is no good until somebody acts.
  record KeyRejected(String reason) implements Verdict {}

  /// The account has ramped up too fast and must go back to its former rate for a while.
  record SlowDown(String reason) implements Verdict {}

  /// The provider failed, whatever the key; another attempt may do.
  record Failed(String reason) implements Verdict {}

  /// The conversation carries reasoning that this account did not sign: send it once more without
  /// (see `ForeignReasoning`), else treat as [CallerFault].
  record StripThinking() implements Verdict {}

  /// The request takes more at once than the limits of this account ever hold; those of another may
  /// be higher. Nobody has to pause.
  record OverLimit(String reason) implements Verdict {}

  /// How far a refusal reaches.
  enum Reach {
    KEY,
    /// Every key of the limit group, with every model.
    GROUP,
    /// Every key of the limit group, with this model.
    GROUP_MODEL,
    /// Every key of the provider, with this model.
    PROVIDER_MODEL
  }

  /// Why a refusal pauses keys; the names are those of the pool's causes.
  enum Kind {
    RATE_LIMIT,
    QUOTA,
    SPEND_LIMIT,
    CREDIT,
    OVERLOADED,
    FAILING,
    MODEL_UNAVAILABLE,
    FORBIDDEN
  }

  /// How long a pause lasts.
  ///
  /// @param floor not shorter than this
  /// @param cap the longest that repeated refusals may stretch it to; never below `floor`
  /// @param fromProvider the floor is the provider's own hint, and not our guess
  record Wait(Duration floor, Duration cap, boolean fromProvider) {

    public Wait {
      if (floor.isNegative() || cap.compareTo(floor) < 0) {
        throw new IllegalArgumentException(
            "a wait needs 0 <= floor <= cap, but has floor " + floor + " and cap " + cap);
      }
    }
  }
}
