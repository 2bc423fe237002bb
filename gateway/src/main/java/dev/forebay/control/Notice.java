package dev.forebay.control;

/// Something the operator should know about the configuration. *Immutable.*
///
/// @param warning whether it wants attention, not only notice
/// @param text one line, or several for several problems
public record Notice(boolean warning, String text) {}
