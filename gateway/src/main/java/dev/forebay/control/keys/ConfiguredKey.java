package dev.forebay.control.keys;

import dev.forebay.control.KeyKind;
import dev.forebay.control.Source;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A provider key as it is configured, for people. Immutable.
///
/// @param id the pool's id of the key
/// @param provider the provider's id
/// @param dailyTokens null for no budget
/// @param dailyNanoDollars billionths of a US dollar; null for no budget
/// @param limitGroup the name of the limit group: given by somebody, or a connected account's
///   project; null when the key is alone
/// @param poolGroup the limit group's id in the pool
/// @param paused by the file, in the database or by a person
/// @param kind what credential it is
/// @param secretReadable false when the stored secret was sealed with another keyset: the key
///   cannot serve until its secret is entered again
/// @param createdAt null for keys of the file
public record ConfiguredKey(
    String id,
    String provider,
    String name,
    String suffix,
    int priority,
    @Nullable Long dailyTokens,
    @Nullable Long dailyNanoDollars,
    Set<String> models,
    @Nullable String baseUrl,
    @Nullable String limitGroup,
    String poolGroup,
    boolean paused,
    String note,
    Source source,
    KeyKind kind,
    boolean secretReadable,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt) {}
