package dev.forebay.pool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What keeps one limit group from serving a request, for the trace.
///
/// @param margin the limit that is longest in the way, and what is left of it; null when no limit
///   is, but a cooldown
/// @param needed what that limit counts of the request; 0 when there is none
/// @param reason why it cools; null when a limit is in the way
/// @param until when that is over; null when time alone does not end it
public record Shortfall(
    String provider,
    String model,
    String group,
    @Nullable Margin margin,
    long needed,
    @Nullable String reason,
    @Nullable Instant until) {}
