package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// Writes JSON that fits a schema: JSON Schema, or Google's subset with its upper-case types.
///
/// All properties are written, whether required or not, down to a bounded depth.
final class SchemaSampler {

  private static final int MAX_DEPTH = 12;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode root;
  private final SplittableRandom random;

  private SchemaSampler(JsonNode root, SplittableRandom random) {
    this.root = root;
    this.random = random;
  }

  static JsonNode sample(JsonNode schema, SplittableRandom random) {
    return new SchemaSampler(schema, random).value(schema, "value", 0);
  }

  private JsonNode value(JsonNode schema, String name, int depth) {
    if (depth > MAX_DEPTH) {
      return NODES.nullNode();
    }
    JsonNode resolved = resolve(schema);
    if (resolved.has("const")) {
      return resolved.get("const");
    }
    JsonNode options = resolved.path("enum");
    if (options.isArray() && !options.isEmpty()) {
      return options.get(random.nextInt(options.size()));
    }
    for (String union : new String[] {"anyOf", "oneOf"}) {
      for (JsonNode option : resolved.path(union)) {
        if (!"null".equals(type(option))) {
          return value(option, name, depth + 1);
        }
      }
    }
    JsonNode all = resolved.path("allOf");
    if (all.isArray() && !all.isEmpty() && !resolved.has("properties")) {
      return merged(all, name, depth);
    }
    return switch (type(resolved)) {
      case "object" -> object(resolved, depth);
      case "array" -> array(resolved, name, depth);
      case "integer" -> NODES.numberNode((long) number(resolved, 42));
      case "number" -> NODES.numberNode(number(resolved, 42.5));
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "null" -> NODES.nullNode();
      default -> NODES.textNode(text(resolved, name));
    };
  }

  private JsonNode merged(JsonNode all, String name, int depth) {
    JsonNode first = value(all.get(0), name, depth + 1);
    if (first instanceof ObjectNode object) {
      for (int i = 1; i < all.size(); i++) {
        if (value(all.get(i), name, depth + 1) instanceof ObjectNode more) {
          object.setAll(more);
        }
      }
    }
    return first;
  }

  private JsonNode resolve(JsonNode schema) {
    JsonNode at = schema;
    for (int hops = 0; hops < MAX_DEPTH && at.path("$ref").isTextual(); hops++) {
      String reference = at.get("$ref").textValue();
      at = reference.startsWith("#") ? root.at(reference.substring(1)) : NODES.missingNode();
    }
    return at;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      for (JsonNode option : type) {
        if (!"null".equals(option.asText())) {
          return option.asText().toLowerCase(Locale.ROOT);
        }
      }
    }
    if (type.isTextual()) {
      return type.textValue().toLowerCase(Locale.ROOT);
    }
    return schema.has("properties") || schema.isMissingNode() || schema.isEmpty()
        ? "object"
        : "string";
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      object.set(property.getKey(), value(property.getValue(), property.getKey(), depth + 1));
    }
    return object;
  }

  private ArrayNode array(JsonNode schema, String name, int depth) {
    ArrayNode array = NODES.arrayNode();
    int count = Math.max(schema.path("minItems").asInt(1), 1);
    if (schema.path("maxItems").isInt()) {
      count = Math.min(count, schema.path("maxItems").intValue());
    }
    for (int i = 0; i < Math.min(count, 100); i++) {
      array.add(value(schema.path("items"), name, depth + 1));
    }
    return array;
  }

  private static double number(JsonNode schema, double usual) {
    double value = usual;
    if (schema.path("minimum").isNumber()) {
      value = Math.max(value, schema.get("minimum").doubleValue());
    }
    if (schema.path("exclusiveMinimum").isNumber()) {
      value = Math.max(value, schema.get("exclusiveMinimum").doubleValue() + 1);
    }
    if (schema.path("maximum").isNumber()) {
      value = Math.min(value, schema.get("maximum").doubleValue());
    }
    if (schema.path("exclusiveMaximum").isNumber()) {
      value = Math.min(value, schema.get("exclusiveMaximum").doubleValue() - 1);
    }
    return value;
  }

  private static String text(JsonNode schema, String name) {
    String text =
        switch (JsonText.string(schema, "format")) {
          case "date" -> "2026-11-23";
          case "date-time" -> "2026-11-23T09:30:00Z";
          case "time" -> "09:30:00Z";
          case "email" -> "sample@example.com";
          case "uri" -> "https://example.com/sample";
          case "uuid" -> "123e4567-e89b-42d3-a456-426614174000";
          case "ipv4" -> "192.0.2.1";
          default -> "sample " + name;
        };
    int least = schema.path("minLength").asInt(0);
    if (text.length() < least) {
      text = text + "x".repeat(least - text.length());
    }
    JsonNode most = schema.path("maxLength");
    return most.isInt() && text.length() > most.intValue()
        ? text.substring(0, most.intValue())
        : text;
  }
}
