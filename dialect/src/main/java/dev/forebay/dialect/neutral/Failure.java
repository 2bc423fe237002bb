package dev.forebay.dialect.neutral;

import org.jspecify.annotations.Nullable;

/// An error that a provider reports, in no dialect. *Immutable.*
///
/// @param status the HTTP status it has or would have
/// @param code the provider's own word
/// @param param the field at fault
public record Failure(int status, String message, @Nullable String code, @Nullable String param) {}
