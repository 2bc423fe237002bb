package dev.forebay.dialect.messages;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Turn;

/// Counts the marks of the prompt cache, of which Anthropic refuses more than four.
final class Marks {

  private static final int MOST = 4;

  private Marks() {}

  /// How many are too many; none, or fewer than none, when all may stay. Who speaks Anthropic's
  /// dialect hears it from Anthropic.
  static int surplus(Conversation conversation, Dialect client) {
    if (client == Dialect.ANTHROPIC_MESSAGES) {
      return 0;
    }
    int marks = conversation.labels().caching().wanted() ? 1 : 0;
    for (Turn turn : conversation.turns()) {
      for (Part part : turn.parts()) {
        marks += of(part);
        if (part instanceof Part.ToolResult result) {
          for (Part inner : result.content()) {
            marks += of(inner);
          }
        }
      }
    }
    return marks - MOST;
  }

  private static int of(Part part) {
    Part.Cache cache =
        switch (part) {
          case Part.Text text -> text.cache();
          case Part.Media media -> media.cache();
          case Part.ToolCall call -> call.cache();
          case Part.ToolResult result -> result.cache();
          case Part.Reasoning _, Part.Refusal _, Part.Foreign _ -> null;
        };
    return cache == null ? 0 : 1;
  }
}
