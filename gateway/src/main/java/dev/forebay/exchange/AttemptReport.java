package dev.forebay.exchange;

import dev.forebay.pool.Draw;
import dev.forebay.pool.Homing;
import dev.forebay.pool.Outcome;
import org.jspecify.annotations.Nullable;

/// What one attempt was and how it ended. Immutable.
///
/// @param exchangeId the request id that the client sees in `x-forebay-request-id`
/// @param number 1 for the first attempt of the exchange
/// @param draw the tier, the two nodes drawn and their loads
/// @param homing how its conversation came to this limit group; null when it belongs to none
/// @param trial whether this was the one trial of a half-open node
/// @param startNanos monotonic time at which the attempt was sent
/// @param latencyNanos from sending to the first content, or to the refusal; -1 if neither came
/// @param durationNanos from sending to settlement
/// @param status the provider's HTTP status; 0 when no answer came
/// @param outcome how the attempt ended, from the pool's point of view
/// @param declined whether the model served, but would not answer, so that somebody else was asked
public record AttemptReport(
    String exchangeId,
    int number,
    String provider,
    String model,
    String keyId,
    String keyName,
    Draw draw,
    @Nullable Homing homing,
    boolean trial,
    long startNanos,
    long latencyNanos,
    long durationNanos,
    int status,
    Outcome outcome,
    boolean declined) {

  /// An attempt of no conversation.
  public AttemptReport(
      String exchangeId,
      int number,
      String provider,
      String model,
      String keyId,
      String keyName,
      Draw draw,
      boolean trial,
      long startNanos,
      long latencyNanos,
      long durationNanos,
      int status,
      Outcome outcome,
      boolean declined) {
    this(
        exchangeId,
        number,
        provider,
        model,
        keyId,
        keyName,
        draw,
        null,
        trial,
        startNanos,
        latencyNanos,
        durationNanos,
        status,
        outcome,
        declined);
  }
}
