package dev.forebay.control;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which usage rows are looked for. Immutable; null stands for any.
///
/// @param clientKeyIds only these callers' rows; null for everybody's
/// @param model the beginning of the requested or the served model
/// @param id the beginning of a request id
/// @param from only rows at or after this
/// @param to only rows before this
public record RequestFilter(
    @Nullable String keyId,
    @Nullable Set<String> clientKeyIds,
    @Nullable String provider,
    @Nullable String model,
    @Nullable Outcome outcome,
    @Nullable String id,
    @Nullable Instant from,
    @Nullable Instant to) {

  /// Every row.
  public static final RequestFilter ALL =
      new RequestFilter(null, null, null, null, null, null, null, null);

  /// How the requests went that are looked for.
  public enum Outcome {
    /// Their answers reached their end.
    OK,
    /// The same, after more than one attempt.
    RETRIED,
    /// Their answers did not reach their end.
    FAILED
  }

  public RequestFilter {
    clientKeyIds = clientKeyIds == null ? null : Set.copyOf(clientKeyIds);
  }

  /// Whether a row is looked for.
  public boolean matches(UsageRow row) {
    return (keyId == null || keyId.equals(row.keyId()))
        && (clientKeyIds == null
            || (row.clientKeyId() != null && clientKeyIds.contains(row.clientKeyId())))
        && (provider == null || provider.equals(row.provider()))
        && (model == null
            || row.requestedModel().startsWith(model)
            || row.servedModel().startsWith(model))
        && (id == null || row.id().startsWith(id))
        && (from == null || !row.at().isBefore(from))
        && (to == null || row.at().isBefore(to))
        && (outcome == null || outcomeOf(row, outcome));
  }

  private static boolean outcomeOf(UsageRow row, Outcome wanted) {
    return switch (wanted) {
      case OK -> row.completed();
      case RETRIED -> row.completed() && row.attempts() > 1;
      case FAILED -> !row.completed();
    };
  }
}
