package dev.forebay.telemetry.live;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one key did lately. Immutable.
///
/// @param requestsPerMinute attempts of about the last minute
/// @param errorRate failures among the attempts of the last five minutes that were not throttled
/// @param lastError the last refusal or failure, since the start
public record KeyFigures(
    double requestsPerMinute,
    double errorRate,
    @Nullable String lastError,
    @Nullable Instant lastErrorAt) {

  /// A key that nobody has used.
  public static final KeyFigures NONE = new KeyFigures(0, 0, null, null);
}
