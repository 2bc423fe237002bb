package dev.forebay.exchange;

/// A model under a name by which callers may ask for it. Immutable.
///
/// @param name an alias, the model's own name, or the target in words
public record Offer(String name, Target target) {}
