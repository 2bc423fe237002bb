package dev.forebay.dialect.chat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.gemini.Signatures;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Arguments;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `tool_calls` and the older `function_call`, of requests and of answers.
///
/// Google's extension holds the signature of a call: `extra_content.google.thought_signature`. It
/// becomes a seal in front of its call.
final class ChatCalls {

  private ChatCalls() {}

  static List<Part> calls(JsonReader json, Where owner) throws Fault {
    List<Part> calls = new ArrayList<>();
    for (int i = 0; json.nextElement(); i++) {
      call(json, owner.then("tool_calls", i), calls);
    }
    return calls;
  }

  private static void call(JsonReader json, Where where, List<Part> into) throws Fault {
    json.object();
    String id = null;
    Named named = null;
    boolean freeform = false;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "id" -> id = json.textOrNull();
        case "function", "custom" -> {
          if (json.objectOrNull()) {
            freeform = name.equals("custom");
            named = named(json);
          }
        }
        case "extra_content" -> {
          Part seal = seal(json, where);
          if (seal != null) {
            into.add(seal);
          }
        }
        default -> json.skip();
      }
    }
    if (named == null || named.name == null) {
      throw Fault.invalid(
          where.then("function").then("name").toString(), "must be a string, but is absent");
    }
    if (id == null) {
      throw Fault.invalid(where.then("id").toString(), "must be a string, but is absent");
    }
    into.add(
        new Part.ToolCall(id, named.name, arguments(named.text, freeform), freeform, null, where));
  }

  /// Reads the `extra_content` of a call or a message; null when Google signed nothing there.
  static @Nullable Part seal(JsonReader json, Where owner) throws Fault {
    Part seal = null;
    if (!json.isObject()) {
      json.skip();
      return null;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (!name.equals("google") || !json.isObject()) {
        json.skip();
        continue;
      }
      for (String field = json.nextName(); field != null; field = json.nextName()) {
        String text = field.equals("thought_signature") ? json.textOrSkip() : null;
        Seal signed = text == null ? null : Signatures.seal(text);
        if (signed != null) {
          Where where = owner.then("extra_content").then(name).then(field);
          seal = new Part.Reasoning(null, "", signed, false, where);
        } else if (!field.equals("thought_signature")) {
          json.skip();
        }
      }
    }
    return seal;
  }

  /// The older form; it has no id.
  static Part.ToolCall function(JsonReader json, Where where) throws Fault {
    Named named = named(json);
    if (named.name == null) {
      throw Fault.invalid(where.then("name").toString(), "must be a string, but is absent");
    }
    return new Part.ToolCall(
        oldId(named.name), named.name, arguments(named.text, false), false, null, where);
  }

  static String oldId(String name) {
    return "call_" + name;
  }

  private static Named named(JsonReader json) throws Fault {
    String called = null;
    String text = "";
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "name" -> called = json.text();
        case "arguments", "input" -> text = json.isNull() ? "" : json.text();
        default -> json.skip();
      }
    }
    return new Named(called, text);
  }

  private record Named(@Nullable String name, String text) {}

  /// An object; else, when it is freeform or no object, the text as a JSON string.
  private static Slice arguments(String text, boolean freeform) {
    Slice object = freeform ? null : Arguments.object(text);
    if (object != null) {
      return object;
    }
    JsonWriter out = new JsonWriter(text.length() + 16);
    return Slice.of(out.text(text).take());
  }
}
