package dev.forebay.telemetry;

import dev.forebay.pool.Outcome;

/// Which of the outcomes one was, as a label has it.
enum OutcomeKind {
  SERVED,
  THROTTLED,
  SLOW_DOWN,
  FAILED,
  KEY_REJECTED,
  UNEQUIPPED,
  REQUEST_REJECTED,
  OVER_LIMIT,
  ABANDONED;

  static OutcomeKind of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Served _ -> SERVED;
      case Outcome.Throttled _ -> THROTTLED;
      case Outcome.SlowDown _ -> SLOW_DOWN;
      case Outcome.Failed _ -> FAILED;
      case Outcome.KeyRejected _ -> KEY_REJECTED;
      case Outcome.Unequipped _ -> UNEQUIPPED;
      case Outcome.RequestRejected _ -> REQUEST_REJECTED;
      case Outcome.OverLimit _ -> OVER_LIMIT;
      case Outcome.Abandoned _ -> ABANDONED;
    };
  }
}
