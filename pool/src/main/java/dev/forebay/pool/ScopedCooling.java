package dev.forebay.pool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One scope that is cooling, or half-open when `until` has passed.
///
/// @param limitGroup the limit group; null when the scope is the provider's model
/// @param model the model; null when the scope is a key or a whole group
/// @param level how many bursts in a row were refused
public record ScopedCooling(
    Scope scope,
    String provider,
    @Nullable String limitGroup,
    @Nullable String model,
    Instant until,
    boolean halfOpen,
    Cause cause,
    String reason,
    Provenance provenance,
    int level) {}
