package dev.forebay.control;

import dev.forebay.exchange.Directory;

/// A key Forebay issues to its own callers, without its secret. *Immutable.*
///
/// @param id stable identity, the one usage rows carry
/// @param name what people call it
/// @param suffix the last characters of the secret, enough to recognise it
/// @param source who may change it
public record ClientKey(String id, String name, String suffix, Source source)
    implements Directory.Client {}
