package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/// The conversation an Anthropic message thread holds, up to and including one assistant message.
///
/// @param system the system prompt the thread was created with; missing node if none
record StoredThread(JsonNode system, ArrayNode messages) {}
