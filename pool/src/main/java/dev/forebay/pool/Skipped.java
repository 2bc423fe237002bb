package dev.forebay.pool;

import java.util.List;

/// Keys that a draw did not consider, for one reason, as the ready set it was made from knew them.
/// Immutable.
///
/// @param names what some of them are called
public record Skipped(Reason reason, int keys, List<String> names) {

  /// What stood in their way.
  public enum Reason {
    /// Cooling after a refusal.
    THROTTLED,
    /// Nothing is left of today's budget.
    OVER_BUDGET,
    /// Refused by the provider.
    REJECTED,
    /// Switched off.
    PAUSED,
    /// Without an access token for now.
    UNEQUIPPED,
    /// Cooling after failures.
    FAILING,
    /// The provider does not offer them the model.
    MODEL_MISSING,
    /// Their own list of models leaves this one out.
    NOT_ALLOWED,
    /// Ready at a higher priority, but without room for this request.
    BUSY,
    /// Tried before by the same exchange, when the ready set still held them.
    TRIED,
    /// Ready at a lower priority.
    LOWER_PRIORITY
  }
}
