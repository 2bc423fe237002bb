package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model wrote, without its dialect.
///
/// @param thoughts tokens of reasoning, empty if none
/// @param words tokens of the visible text, empty if none
/// @param stopString the stop sequence that ended it, if one did
record Generation(
    List<String> thoughts,
    List<String> words,
    @Nullable ToolCall call,
    Finish finish,
    @Nullable String stopString) {

  enum Finish {
    END,
    LENGTH,
    TOOL,
    STOP_STRING
  }

  /// @param pieces the arguments as JSON text, token by token
  record ToolCall(String name, ObjectNode arguments, List<String> pieces) {}

  String text() {
    return String.join("", words);
  }

  String thoughtText() {
    return String.join("", thoughts);
  }

  /// All output tokens, reasoning included.
  int tokens() {
    return thoughts.size() + words.size() + callTokens();
  }

  int callTokens() {
    return call == null ? 0 : call.pieces().size();
  }
}
