package dev.forebay.exchange;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which account holds a resource that a provider stored. Immutable.
///
/// @param resource the provider's id of it
/// @param keyId the key that made it, or used it last
/// @param group that key's limit group at the time
/// @param conversation what the prompt cache of the conversation it belongs to goes by; 0 when
///   there is none, when the caller names it, and when nobody knows
/// @param clientId the client that began it, where its id alone lets in whoever goes on with it: of
///   uploads; null for everything else
/// @param at when that was
public record Ownership(
    String resource,
    String keyId,
    String group,
    long conversation,
    @Nullable String clientId,
    Instant at) {}
