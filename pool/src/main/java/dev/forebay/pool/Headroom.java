package dev.forebay.pool;

import java.time.Instant;

/// What is left of one of a limit group's limits for one model, carried forward to now, without
/// what is in flight from here.
///
/// @param limit units per period
/// @param remaining units left; never negative
/// @param fullAt when nothing will be missing
/// @param saidBy [Provenance#PROVIDER] for its headers and error bodies, [Provenance#ESTIMATED] for
///   what refusals taught
public record Headroom(
    String model,
    Axis axis,
    Period period,
    long limit,
    long remaining,
    Instant fullAt,
    Provenance saidBy) {}
