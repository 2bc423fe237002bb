package dev.forebay.telemetry.live;

/// What the whole pool did today and does now. Immutable.
///
/// @param shiftedToday requests that met a refusal and were answered all the same
public record PoolFigures(
    long requestsToday,
    long tokensToday,
    long nanoUsdToday,
    long shiftedToday,
    double requestsPerMinute) {}
