package dev.forebay.app.roundtrip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;

/// Two different values for every field; such as have a form of their own get them by name.
/// *Immutable.*
///
/// @param texts by the field's name on the wire, with the name of its type and a dot in front where
///   only that one is meant
/// @param least what an object needs beyond what the SDK demands, by the name of its type
/// @param beside what must stand beside a field for it to mean anything: of the whole by its name,
///   of a part with the name of its type and a dot in front
record Values(
    Map<String, List<String>> texts, Map<String, JsonNode> least, Map<String, JsonNode> beside) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  List<JsonNode> of(String name, Class<?> type) {
    if (type == Boolean.class || type == boolean.class) {
      return List.of(JSON.booleanNode(true), JSON.booleanNode(false));
    }
    if (name.equals("groundingChunkIndices")) {
      return List.of(JSON.numberNode(0), JSON.numberNode(1));
    }
    if (type == Long.class || type == Integer.class || type == long.class || type == int.class) {
      return List.of(JSON.numberNode(2_001), JSON.numberNode(3_002));
    }
    if (name.equals("topK")) {
      return List.of(JSON.numberNode(3), JSON.numberNode(7));
    }
    if (type == Double.class || type == Float.class || type == double.class) {
      return List.of(JSON.numberNode(0.25), JSON.numberNode(0.75));
    }
    if (type.isArray()) {
      return List.of(JSON.textNode("b25l"), JSON.textNode("dHdv"));
    }
    List<String> own = texts.get(name);
    boolean anything = type == Object.class || type.getPackageName().endsWith(".core");
    if (type != String.class && !anything && own == null) {
      return List.of(JSON.textNode("3s"), JSON.textNode("4s"));
    }
    if (own != null) {
      return List.of(JSON.textNode(own.get(0)), JSON.textNode(own.get(1)));
    }
    if (type != String.class) {
      return map(name);
    }
    return List.of(JSON.textNode("one-" + name), JSON.textNode("two-" + name));
  }

  /// An object whose fields nobody knows.
  List<JsonNode> map(String name) {
    if (name.equals("tools")) {
      return List.of(named("one-name"), named("two-name"));
    }
    return List.of(
        JSON.objectNode().put("key", "one-" + name), JSON.objectNode().put("key", "two-" + name));
  }

  /// A function as both of OpenAI's dialects name it.
  private static JsonNode named(String function) {
    return JSON.objectNode()
        .put("type", "function")
        .put("name", function)
        .set("function", JSON.objectNode().put("name", function));
  }

  /// What an object of that type needs beyond what the SDK demands.
  JsonNode least(Class<?> type) {
    String name = type.getName();
    JsonNode needed = least.get(name.substring(name.lastIndexOf('.') + 1));
    return needed == null ? JSON.objectNode() : needed;
  }
}
