package dev.forebay.control.yaml;

/// One declared key of a settings file: what the reader accepts and the reference documents.
/// *Immutable.*
///
/// @param name the key
/// @param type the accepted form, for people
/// @param fallback what holds when it is left out, as it would be written; empty when nothing does
/// @param about one sentence or more for the reference
public record Field(String name, String type, String fallback, String about) {}
