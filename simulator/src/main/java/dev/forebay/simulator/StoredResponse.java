package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A stored OpenAI response: its body, and the conversation up to and including it.
record StoredResponse(ObjectNode body, ArrayNode conversation) {}
