package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What OpenAI refuses in tools, schemas and efforts, on both of its chat endpoints. Each check
/// returns the first fault found, or null.
final class ToolRules {

  private static final Set<String> EFFORTS =
      Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

  private ToolRules() {}

  static @Nullable ApiError effort(String effort, String param) {
    return EFFORTS.contains(effort)
        ? null
        : OpenAiErrors.invalid(
            "Invalid value: '"
                + effort
                + "'. Supported values are: 'none', 'minimal', 'low',"
                + " 'medium', 'high', 'xhigh', and 'max'.",
            param,
            "invalid_value");
  }

  /// Tools of a chat completion: the function is nested.
  static @Nullable ApiError chat(JsonNode body) {
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonNode tool : body.path("tools")) {
      String type = JsonText.string(tool, "type");
      String at = "tools[" + index++ + "]";
      if (!type.equals("function") && !type.equals("custom")) {
        return OpenAiErrors.invalid(
            "Invalid value: '" + type + "'. Supported values are: 'function' and 'custom'.",
            at + ".type",
            "invalid_value");
      }
      JsonNode definition = tool.path(type);
      ApiError problem =
          function(
              JsonText.string(definition, "name"),
              definition.path("parameters"),
              definition.path("strict").asBoolean(),
              at + "." + type);
      if (problem != null) {
        return problem;
      }
      names.add(JsonText.string(definition, "name"));
    }
    JsonNode choice = body.path("tool_choice");
    if (names.isEmpty() && !choice.isMissingNode() && !choice.isNull()) {
      return OpenAiErrors.invalid(
          "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are"
              + " specified.",
          "tool_choice");
    }
    String named = JsonText.string(choice.path("function"), "name");
    return choice.isObject()
            && "function".equals(JsonText.string(choice, "type"))
            && !names.contains(named)
        ? unknownChoice(named)
        : null;
  }

  static ApiError unknownChoice(String name) {
    return OpenAiErrors.invalid(
        "Tool choice '" + name + "' not found in 'tools' parameter.", "tool_choice");
  }

  static @Nullable ApiError function(String name, JsonNode parameters, boolean strict, String at) {
    if (name.isEmpty()) {
      return OpenAiErrors.missing(at + ".name");
    }
    if (!validName(name)) {
      return OpenAiErrors.invalid(
          "Invalid '"
              + at
              + ".name': string does not match pattern. Expected a string that matches"
              + " the pattern '^[a-zA-Z0-9_-]+$'.",
          at + ".name",
          "invalid_value");
    }
    if (parameters.isObject() && !"object".equals(JsonText.string(parameters, "type"))) {
      return OpenAiErrors.invalid(
          "Invalid schema for function '"
              + name
              + "': schema must be a JSON Schema of 'type:"
              + " \"object\"', got 'type: \""
              + JsonText.string(parameters, "type")
              + "\"'.",
          at + ".parameters",
          "invalid_function_parameters");
    }
    return strictSchema(parameters, strict, "function '" + name + "'", at + ".parameters");
  }

  private static boolean validName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean fine =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      if (!fine) {
        return false;
      }
    }
    return name.length() <= 64;
  }

  /// Strict schemas must close every object and require all of its properties.
  static @Nullable ApiError strictSchema(
      JsonNode schema, boolean strict, String what, String param) {
    return strict && schema.isObject() ? strictObject(schema, what, param, "()") : null;
  }

  private static @Nullable ApiError strictObject(
      JsonNode schema, String what, String param, String context) {
    if ("object".equals(JsonText.string(schema, "type"))) {
      JsonNode additional = schema.path("additionalProperties");
      if (!additional.isBoolean() || additional.booleanValue()) {
        return OpenAiErrors.invalid(
            "Invalid schema for "
                + what
                + ": In context="
                + context
                + ", 'additionalProperties' is"
                + " required to be supplied and to be false.",
            param);
      }
      Set<String> required = new HashSet<>();
      schema.path("required").forEach(name -> required.add(name.asText()));
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        String name = property.getKey();
        if (!required.contains(name)) {
          return OpenAiErrors.invalid(
              "Invalid schema for "
                  + what
                  + ": In context="
                  + context
                  + ", 'required' is required"
                  + " to be supplied and to be an array including every key in properties. Missing"
                  + " '"
                  + name
                  + "'.",
              param);
        }
        ApiError problem =
            strictObject(property.getValue(), what, param, "('properties', '" + name + "')");
        if (problem != null) {
          return problem;
        }
      }
    }
    JsonNode items = schema.path("items");
    return items.isObject() ? strictObject(items, what, param, context + "[items]") : null;
  }
}
