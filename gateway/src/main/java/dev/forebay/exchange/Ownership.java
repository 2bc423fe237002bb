package dev.forebay.exchange;

import java.time.Instant;

/// Which account holds a resource that a provider stored. Immutable.
///
/// @param resource the provider's id of it
/// @param keyId the key that made it, or used it last
/// @param group that key's limit group at the time
/// @param conversation what the prompt cache of the conversation it belongs to goes by; 0 when
///   there is none, when the caller names it, and when nobody knows
/// @param at when that was
public record Ownership(
    String resource, String keyId, String group, long conversation, Instant at) {}
