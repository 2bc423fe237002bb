package dev.forebay.app.roundtrip;

import com.fasterxml.jackson.databind.JsonNode;

/// One field that holds a value and no further fields, in the smallest documents that have it.
/// *Immutable.*
///
/// @param path as `messages[].content[].text`; where there are variants, with the one that is meant
///   in parentheses
/// @param one a document with one value there
/// @param other the same with another; the same as `one` for a field that can hold one value only
record Leaf(String path, JsonNode one, JsonNode other) {}
