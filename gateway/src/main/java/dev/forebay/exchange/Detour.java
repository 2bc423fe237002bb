package dev.forebay.exchange;

/// A target of the route that did not serve, and why. Immutable.
public record Detour(Target target, String reason) {}
