package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What OpenAI refuses in a Responses request. Each check returns the first fault found, or null.
///
/// @param items the conversation at hand: stored turns, then the request's own
record ResponsesRules(JsonNode body, JsonNode items, Models.Model model) {

  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "input",
          "instructions",
          "stream",
          "stream_options",
          "max_output_tokens",
          "max_tool_calls",
          "temperature",
          "top_p",
          "top_logprobs",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "text",
          "reasoning",
          "include",
          "store",
          "previous_response_id",
          "conversation",
          "background",
          "metadata",
          "client_metadata",
          "user",
          "safety_identifier",
          "prompt",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "service_tier",
          "truncation",
          "context_management",
          "moderation");

  private static final Set<String> ROLES = Set.of("user", "assistant", "system", "developer");

  @Nullable ApiError check() {
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        return OpenAiErrors.invalid(
            "Unknown parameter: '" + field.getKey() + "'.", field.getKey(), "unknown_parameter");
      }
    }
    ApiError problem = options();
    if (problem == null) {
      problem = input();
    }
    if (problem == null) {
      problem = tools();
    }
    return problem == null ? format() : problem;
  }

  private @Nullable ApiError options() {
    JsonNode max = body.path("max_output_tokens");
    if (max.isNumber() && max.longValue() < 16) {
      return OpenAiErrors.invalid(
          "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got "
              + max
              + " instead.",
          "max_output_tokens",
          "integer_below_min_value");
    }
    if (max.isNumber() && max.longValue() > model.outputTokens()) {
      return OpenAiErrors.invalid(
          "Invalid 'max_output_tokens': integer above maximum value. Expected a value <= "
              + model.outputTokens()
              + ", but got "
              + max
              + " instead.",
          "max_output_tokens",
          "integer_above_max_value");
    }
    for (String name : new String[] {"temperature", "top_p"}) {
      if (body.path(name).isNumber() && model.recent() && body.path(name).doubleValue() != 1) {
        return OpenAiErrors.unsupported(name, "is not supported with this model.");
      }
    }
    JsonNode effort = body.path("reasoning").path("effort");
    if (body.path("reasoning").isObject() && !body.path("reasoning").isEmpty() && !model.recent()) {
      return OpenAiErrors.unsupported(
          effort.isTextual() ? "reasoning.effort" : "reasoning.summary",
          "is not supported with this model.");
    }
    return effort.isTextual() ? ToolRules.effort(effort.textValue(), "reasoning.effort") : null;
  }

  private @Nullable ApiError input() {
    JsonNode input = body.path("input");
    if (input.isMissingNode() || input.isNull()) {
      return OpenAiErrors.missing("input");
    }
    if (!input.isTextual() && !input.isArray()) {
      return OpenAiErrors.wrongType("input", "one of a string or an array of input items");
    }
    Set<String> open = new HashSet<>();
    int at = 0;
    for (JsonNode item : items) {
      ApiError problem = item(item, open, "input[" + at++ + "]");
      if (problem != null) {
        return problem;
      }
    }
    return open.isEmpty()
        ? null
        : OpenAiErrors.invalid(
            "No tool output found for function call " + open.iterator().next() + ".", "input");
  }

  private static @Nullable ApiError item(JsonNode item, Set<String> open, String at) {
    String type = JsonText.string(item, "type");
    return switch (type) {
      case "", "message" -> {
        String role = JsonText.string(item, "role");
        yield ROLES.contains(role)
            ? null
            : OpenAiErrors.invalid(
                "Invalid value: '"
                    + role
                    + "'. Supported values are: 'assistant', 'system',"
                    + " 'developer', and 'user'.",
                at + ".role",
                "invalid_value");
      }
      case "function_call", "custom_tool_call" -> {
        String id = JsonText.string(item, "call_id");
        open.add(id);
        yield id.isEmpty() ? OpenAiErrors.missing(at + ".call_id") : null;
      }
      case "function_call_output", "custom_tool_call_output" -> {
        String id = JsonText.string(item, "call_id");
        yield open.remove(id)
            ? null
            : OpenAiErrors.invalid(
                "No tool call found for function call output with call_id " + id + ".", "input");
      }
      default -> null;
    };
  }

  private @Nullable ApiError tools() {
    Set<String> names = new HashSet<>();
    int at = 0;
    for (JsonNode tool : body.path("tools")) {
      String type = JsonText.string(tool, "type");
      String param = "tools[" + at++ + "]";
      if (type.isEmpty()) {
        return OpenAiErrors.missing(param + ".type");
      }
      if (type.equals("function")) {
        ApiError problem =
            ToolRules.function(
                JsonText.string(tool, "name"),
                tool.path("parameters"),
                tool.path("strict").asBoolean(),
                param);
        if (problem != null) {
          return problem;
        }
      }
      names.add(JsonText.string(tool, "name"));
    }
    JsonNode choice = body.path("tool_choice");
    String named = JsonText.string(choice, "name");
    return "function".equals(JsonText.string(choice, "type")) && !names.contains(named)
        ? ToolRules.unknownChoice(named)
        : null;
  }

  private @Nullable ApiError format() {
    JsonNode format = body.path("text").path("format");
    if (!format.isObject()) {
      return null;
    }
    String type = JsonText.string(format, "type");
    return switch (type) {
      case "text", "json_object" -> null;
      case "json_schema" ->
          JsonText.string(format, "name").isEmpty()
              ? OpenAiErrors.missing("text.format.name")
              : ToolRules.strictSchema(
                  format.path("schema"),
                  format.path("strict").asBoolean(),
                  "response_format '" + JsonText.string(format, "name") + "'",
                  "text.format.schema");
      default ->
          OpenAiErrors.invalid(
              "Invalid value: '"
                  + type
                  + "'. Supported values are: 'json_object', 'json_schema',"
                  + " and 'text'.",
              "text.format.type",
              "invalid_value");
    };
  }
}
