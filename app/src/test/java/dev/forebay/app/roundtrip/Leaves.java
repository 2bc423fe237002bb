package dev.forebay.app.roundtrip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/// Finds every leaf of an SDK's type. *Confined to one call.*
///
/// A type inside itself is entered once: a schema's schema has the same fields.
final class Leaves {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// Deeper minimal documents end in empty objects.
  private static final int DEEPEST = 12;

  private final Values values;
  private final Deque<Class<?>> inside = new ArrayDeque<>();
  private final List<Leaf> found = new ArrayList<>();

  private Leaves(Values values) {
    this.values = values;
  }

  /// @param wrap the whole document around a value of the type
  static List<Leaf> of(Type type, String path, Values values, UnaryOperator<JsonNode> wrap) {
    Leaves leaves = new Leaves(values);
    leaves.walk(type, path, path, wrap);
    return List.copyOf(leaves.found);
  }

  private void walk(Type generic, String path, String name, UnaryOperator<JsonNode> wrap) {
    switch (SdkType.of(generic)) {
      case SdkType.Plain(Class<?> type) -> {
        List<JsonNode> both = values.of(name, type);
        found.add(new Leaf(path, wrap.apply(both.get(0)), wrap.apply(both.get(1))));
      }
      case SdkType.Words(List<String> words) -> {
        // Models have more names than an SDK can know.
        int most = name.equals("model") ? 0 : words.size();
        for (int i = 0; i < most; i++) {
          JsonNode one = JSON.textNode(words.get(i));
          JsonNode other =
              JSON.textNode(words.size() == 1 ? "another" : words.get((i + 1) % words.size()));
          found.add(new Leaf(path + "=" + words.get(i), wrap.apply(one), wrap.apply(other)));
        }
      }
      case SdkType.Elements(Type element) ->
          walk(element, path + "[]", name, value -> wrap.apply(array(value)));
      case SdkType.Variants(Class<?> type, List<Type> types) -> {
        if (enter(type)) {
          for (Type variant : types) {
            walk(variant, path + label(variant), name, wrap);
          }
          inside.pop();
        }
      }
      case SdkType.Fields(Class<?> type, List<Field> fields) -> {
        if (fields.isEmpty()) {
          List<JsonNode> both = values.map(name);
          found.add(new Leaf(path, wrap.apply(both.get(0)), wrap.apply(both.get(1))));
        } else if (enter(type)) {
          ObjectNode least = least(type, fields, 0);
          for (Field field : fields) {
            if (field.constant() == null) {
              String joined = path.isEmpty() ? field.name() : path + "." + field.name();
              ObjectNode around = least.deepCopy();
              String full = type.getSimpleName() + "." + field.name();
              if (path.isEmpty() && values.beside().get(field.name()) instanceof ObjectNode more) {
                around.setAll(more);
              }
              if (values.beside().get(full) instanceof ObjectNode more) {
                around.setAll(more);
              }
              walk(
                  field.type(),
                  joined,
                  values.texts().containsKey(full) ? full : field.name(),
                  value -> wrap.apply(with(around, field, value)));
            }
          }
          inside.pop();
        }
      }
    }
  }

  private boolean enter(Class<?> type) {
    if (inside.contains(type)) {
      return false;
    }
    inside.push(type);
    return true;
  }

  private static ObjectNode with(ObjectNode least, Field field, JsonNode value) {
    ObjectNode copy = least.deepCopy();
    if (field.name().equals("file_id") || field.name().equals("file_url")) {
      copy.remove(List.of("file_data", "image_url"));
    }
    copy.set(field.name(), value);
    return copy;
  }

  private static ArrayNode array(JsonNode element) {
    return JSON.arrayNode().add(element);
  }

  /// How a variant is told apart: by a constant of its own, else by its type.
  private static String label(Type variant) {
    return switch (SdkType.of(variant)) {
      case SdkType.Fields(Class<?> type, List<Field> fields) -> {
        for (Field field : fields) {
          if (field.constant() != null
              && (field.name().equals("type") || field.name().equals("role"))) {
            yield "(" + field.constant() + ")";
          }
        }
        yield "(" + type.getSimpleName() + ")";
      }
      case SdkType.Elements _, SdkType.Variants _, SdkType.Words _, SdkType.Plain _ -> "";
    };
  }

  private ObjectNode least(Class<?> type, List<Field> fields, int depth) {
    ObjectNode object = values.least(type).deepCopy();
    for (Field field : fields) {
      Object constant = field.constant();
      if (constant != null) {
        object.set(field.name(), constant(constant.toString()));
      } else if (field.required() && !object.has(field.name())) {
        object.set(field.name(), least(field.type(), field.name(), depth + 1));
      }
    }
    return object;
  }

  private static JsonNode constant(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException word) {
      return JSON.textNode(text);
    }
  }

  /// The smallest value of a type.
  private JsonNode least(Type generic, String name, int depth) {
    if (depth > DEEPEST) {
      return JSON.objectNode();
    }
    return switch (SdkType.of(generic)) {
      case SdkType.Plain(Class<?> type) -> values.of(name, type).getFirst();
      case SdkType.Words(List<String> words) -> JSON.textNode(words.getFirst());
      case SdkType.Elements(Type element) -> array(least(element, name, depth + 1));
      case SdkType.Variants(Class<?> _, List<Type> types) ->
          least(types.getFirst(), name, depth + 1);
      case SdkType.Fields(Class<?> type, List<Field> fields) ->
          fields.isEmpty() ? values.map(name).getFirst() : least(type, fields, depth + 1);
    };
  }
}
