package dev.forebay.pool;

import java.time.Instant;

/// What the provider's rate-limit headers left of one limit group's limits for one model, carried
/// forward to now. -1 stands for unknown.
///
/// @param fullAt when both limits will have refilled
public record Headroom(
    String model,
    long requestsLimit,
    long requestsRemaining,
    long tokensLimit,
    long tokensRemaining,
    Instant fullAt) {}
