package dev.forebay.exchange;

/// How long an exchange waited for a key. Immutable.
///
/// @param nanos in all
/// @param ahead how many were in the line before it, the last time
public record Waited(long nanos, int ahead) {}
