package dev.forebay.exchange;

import java.time.Instant;

/// Which account holds a resource that a provider stored. Immutable.
///
/// @param resource the provider's id of it
/// @param keyId the key that made it, or used it last
/// @param group that key's limit group at the time
/// @param at when that was
public record Ownership(String resource, String keyId, String group, Instant at) {}
