package dev.forebay.dialect.chat;

import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import org.jspecify.annotations.Nullable;

/// What the `content` of an answer, or of a piece of one, says where it is a list of parts. OpenAI
/// answers with a string; servers of others put what a model thought before what it said.
///
/// @param text null for none
/// @param thought null for none
record ChatContent(@Nullable String text, @Nullable String thought) {

  /// Reads the list that is current and has been begun; parts of other kinds are passed over.
  static ChatContent read(JsonReader json) throws Fault {
    StringBuilder text = new StringBuilder();
    StringBuilder thought = new StringBuilder();
    while (json.nextElement()) {
      if (json.isObject()) {
        part(json, text, thought);
      } else {
        text.append(json.textOr(""));
      }
    }
    return new ChatContent(
        text.isEmpty() ? null : text.toString(), thought.isEmpty() ? null : thought.toString());
  }

  private static void part(JsonReader json, StringBuilder text, StringBuilder thought)
      throws Fault {
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "text" -> text.append(json.textOr(""));
        case "thinking" -> {
          String thinking = json.isArray() ? read(json).text : json.textOrSkip();
          thought.append(thinking == null ? "" : thinking);
        }
        default -> json.skip();
      }
    }
  }
}
