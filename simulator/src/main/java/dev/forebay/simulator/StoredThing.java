package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What an account stored under an id: a file, an upload, a batch, a conversation, a cache.
///
/// @param kind which of these
/// @param section the workspace or project whose keys see it
/// @param content of a file; empty for everything else
record StoredThing(String kind, String section, ObjectNode json, byte[] content) {}
