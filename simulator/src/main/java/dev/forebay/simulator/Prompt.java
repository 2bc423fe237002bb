package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// A request to generate, without its dialect.
///
/// @param blocks everything the model reads, in order
/// @param lastText text of the last user turn
/// @param answersTool whether the last turn is a tool's result
/// @param maxTokens of the answer, reasoning included; [Long#MAX_VALUE] if not limited
/// @param reasoning whether the model was asked to think first
record Prompt(
    List<PromptBlock> blocks,
    String lastText,
    boolean answersTool,
    List<Tool> tools,
    Choice choice,
    Form form,
    long maxTokens,
    List<String> stops,
    boolean reasoning) {

  /// A function the model may call.
  ///
  /// @param schema of its arguments; a missing node if it takes none
  record Tool(String name, JsonNode schema) {}

  /// Whether tools must, may or must not be called.
  sealed interface Choice {
    record Auto() implements Choice {}

    record Never() implements Choice {}

    record Some() implements Choice {}

    record Named(String name) implements Choice {}
  }

  /// What the answer must look like.
  sealed interface Form {
    record Text() implements Form {}

    record AnyJson() implements Form {}

    record Schema(JsonNode schema) implements Form {}
  }

  long inputTokens() {
    long sum = 0;
    for (PromptBlock block : blocks) {
      sum += block.tokens();
    }
    return sum;
  }
}
