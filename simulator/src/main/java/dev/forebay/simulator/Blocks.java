package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the parts of a request into [PromptBlock]s: about four characters make a token, a picture
/// or a document costs a fixed price. Confined to one call.
final class Blocks {

  private static final int CHARS_PER_TOKEN = 4;
  private static final int MEDIA_TOKENS = 1_000;

  private final List<PromptBlock> blocks = new ArrayList<>();

  /// Adds a part by its text.
  void text(String text, @Nullable Duration breakpoint) {
    blocks.add(new PromptBlock(hash(text), tokens(text.length()), breakpoint));
  }

  /// Adds a part by its JSON.
  void json(JsonNode node, @Nullable Duration breakpoint) {
    text(node.toString(), breakpoint);
  }

  /// Adds a picture, a sound or a document.
  void media(JsonNode node, @Nullable Duration breakpoint) {
    blocks.add(new PromptBlock(hash(node.toString()), MEDIA_TOKENS, breakpoint));
  }

  List<PromptBlock> list() {
    return blocks;
  }

  static int tokens(int chars) {
    return Math.max(1, (chars + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN);
  }

  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
