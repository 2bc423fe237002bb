package dev.forebay.dialect.chat;

import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import org.jspecify.annotations.Nullable;

/// What a message of an answer, or a piece of one, says, and what was thought before. *Confined to
/// one call.*
///
/// OpenAI's `content` is a string. Servers of others give a list of parts with the thoughts among
/// them, or these in a field of their own.
final class ChatContent {

  @Nullable String text;
  @Nullable String thought;

  /// Reads the `content` that is current; parts of unknown kinds are passed over.
  void content(JsonReader json) throws Fault {
    if (!json.isArray()) {
      text = json.textOrNull();
      return;
    }
    StringBuilder said = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    parts(json, said, thoughts);
    text = said.toString();
    thought = thoughts.isEmpty() ? thought : thoughts.toString();
  }

  /// Reads the field of thoughts that is current.
  void thought(JsonReader json) throws Fault {
    String more = json.textOrSkip();
    thought = more == null ? thought : more;
  }

  private static void parts(JsonReader json, StringBuilder said, StringBuilder thoughts)
      throws Fault {
    while (json.nextElement()) {
      if (!json.isObject()) {
        said.append(json.textOr(""));
        continue;
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "text" -> said.append(json.textOr(""));
          case "thinking" -> {
            if (json.isArray()) {
              parts(json, thoughts, thoughts);
            } else {
              thoughts.append(json.textOr(""));
            }
          }
          default -> json.skip();
        }
      }
    }
  }
}
