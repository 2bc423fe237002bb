package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What OpenAI refuses in a chat completion request. Each check returns the first fault found, or
/// null.
record ChatRules(JsonNode body, Models.Model model) {

  private static final Set<String> FIELDS =
      Set.of(
          "messages",
          "model",
          "stream",
          "stream_options",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "top_p",
          "n",
          "stop",
          "presence_penalty",
          "frequency_penalty",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "user",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "functions",
          "function_call",
          "response_format",
          "seed",
          "reasoning_effort",
          "verbosity",
          "metadata",
          "store",
          "service_tier",
          "modalities",
          "audio",
          "prediction",
          "web_search_options",
          "moderation");

  private static final Set<String> ROLES =
      Set.of("developer", "system", "user", "assistant", "tool", "function");

  @Nullable ApiError check() {
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        return OpenAiErrors.invalid(
            "Unknown parameter: '" + field.getKey() + "'.", field.getKey(), "unknown_parameter");
      }
    }
    ApiError problem = messages();
    if (problem == null) {
      problem = options();
    }
    if (problem == null) {
      problem = reasoning();
    }
    if (problem == null) {
      problem = ToolRules.chat(body);
    }
    if (problem == null) {
      problem = format();
    }
    return problem;
  }

  private @Nullable ApiError messages() {
    JsonNode messages = body.path("messages");
    if (messages.isMissingNode()) {
      return OpenAiErrors.missing("messages");
    }
    if (!messages.isArray()) {
      return OpenAiErrors.wrongType("messages", "an array of objects");
    }
    if (messages.isEmpty()) {
      return OpenAiErrors.invalid(
          "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an"
              + " empty array instead.",
          "messages",
          "empty_array");
    }
    Set<String> open = new LinkedHashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String at = "messages[" + i + "]";
      String role = JsonText.string(message, "role");
      if (!ROLES.contains(role)) {
        return OpenAiErrors.invalid(
            "Invalid value: '"
                + role
                + "'. Supported values are: 'system', 'assistant', 'user',"
                + " 'function', 'tool', and 'developer'.",
            at + ".role",
            "invalid_value");
      }
      ApiError problem =
          role.equals("tool") ? answer(message, open, at) : turn(message, role, open, i, at);
      if (problem != null) {
        return problem;
      }
    }
    return open.isEmpty() ? null : unanswered(open);
  }

  private static @Nullable ApiError answer(JsonNode message, Set<String> open, String at) {
    String id = JsonText.string(message, "tool_call_id");
    if (id.isEmpty()) {
      return OpenAiErrors.missing(at + ".tool_call_id");
    }
    if (!open.remove(id)) {
      return OpenAiErrors.invalid(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message"
              + " with 'tool_calls'.",
          at + ".role");
    }
    return null;
  }

  private static @Nullable ApiError turn(
      JsonNode message, String role, Set<String> open, int index, String at) {
    if (!open.isEmpty()) {
      return unanswered(open);
    }
    JsonNode content = message.path("content");
    JsonNode calls = message.path("tool_calls");
    if (role.equals("assistant")) {
      for (JsonNode call : calls) {
        String id = JsonText.string(call, "id");
        if (id.isEmpty()) {
          return OpenAiErrors.missing(at + ".tool_calls[0].id");
        }
        open.add(id);
      }
      if (calls.isArray() && calls.isEmpty()) {
        return OpenAiErrors.invalid(
            "Invalid '"
                + at
                + ".tool_calls': empty array. Expected an array with minimum length 1,"
                + " but got an empty array instead.",
            at + ".tool_calls",
            "empty_array");
      }
      return null;
    }
    if (content.isMissingNode() || content.isNull()) {
      return OpenAiErrors.invalid(
          "Invalid value for 'content': expected a string, got null.",
          "messages.[" + index + "].content");
    }
    return null;
  }

  private static ApiError unanswered(Set<String> open) {
    return OpenAiErrors.invalid(
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
            + " 'tool_call_id'. The following tool_call_ids did not have response messages: "
            + String.join(", ", open),
        "messages");
  }

  private @Nullable ApiError options() {
    boolean stream = body.path("stream").asBoolean();
    if (body.path("stream_options").isObject() && !stream) {
      return OpenAiErrors.invalid(
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
          "stream_options");
    }
    ApiError problem = range("temperature", 0, 2);
    if (problem == null) {
      problem = range("top_p", 0, 1);
    }
    if (problem == null) {
      problem = range("presence_penalty", -2, 2);
    }
    if (problem == null) {
      problem = range("frequency_penalty", -2, 2);
    }
    if (problem == null) {
      problem = range("n", 1, 128);
    }
    if (problem == null) {
      problem = range("max_tokens", 1, model.outputTokens());
    }
    if (problem == null) {
      problem = range("max_completion_tokens", 1, model.outputTokens());
    }
    JsonNode stop = body.path("stop");
    if (problem == null && stop.isArray() && stop.size() > 4) {
      problem =
          OpenAiErrors.invalid(
              "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an"
                  + " array with length "
                  + stop.size()
                  + " instead.",
              "stop",
              "array_above_max_length");
    }
    return problem;
  }

  private @Nullable ApiError range(String name, double least, double most) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      return OpenAiErrors.wrongType(name, "a number");
    }
    if (value.doubleValue() < least) {
      return OpenAiErrors.invalid(
          "Invalid '%s': value below minimum value. Expected a value >= %s, but got %s instead."
              .formatted(name, plain(least), value),
          name,
          "integer_below_min_value");
    }
    if (value.doubleValue() > most) {
      return OpenAiErrors.invalid(
          "Invalid '%s': value above maximum value. Expected a value <= %s, but got %s instead."
              .formatted(name, plain(most), value),
          name,
          "integer_above_max_value");
    }
    return null;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private @Nullable ApiError reasoning() {
    if (!model.recent()) {
      return body.path("reasoning_effort").isTextual()
          ? OpenAiErrors.invalid(
              "Unrecognized request argument supplied: reasoning_effort", "reasoning_effort")
          : null;
    }
    if (body.path("max_tokens").isNumber()) {
      return OpenAiErrors.unsupported(
          "max_tokens", "is not supported with this model. Use 'max_completion_tokens' instead.");
    }
    for (String name : new String[] {"temperature", "top_p"}) {
      JsonNode value = body.path(name);
      if (value.isNumber() && value.doubleValue() != 1) {
        return OpenAiErrors.invalid(
            "Unsupported value: '%s' does not support %s with this model. Only the default (1) value is supported."
                .formatted(name, value),
            name,
            "unsupported_value");
      }
    }
    if (!body.path("stop").isMissingNode() && !body.path("stop").isNull()) {
      return OpenAiErrors.unsupported("stop", "is not supported with this model.");
    }
    JsonNode effort = body.path("reasoning_effort");
    return effort.isTextual() ? ToolRules.effort(effort.textValue(), "reasoning_effort") : null;
  }

  private @Nullable ApiError format() {
    JsonNode format = body.path("response_format");
    if (!format.isObject()) {
      return null;
    }
    String type = JsonText.string(format, "type");
    return switch (type) {
      case "text" -> null;
      case "json_object" ->
          body.path("messages").toString().toLowerCase(Locale.ROOT).contains("json")
              ? null
              : OpenAiErrors.invalid(
                  "'messages' must contain the word 'json' in some form, to use 'response_format'"
                      + " of type 'json_object'.",
                  "messages");
      case "json_schema" -> {
        JsonNode schema = format.path("json_schema");
        if (JsonText.string(schema, "name").isEmpty()) {
          yield OpenAiErrors.missing("response_format.json_schema.name");
        }
        yield ToolRules.strictSchema(
            schema.path("schema"),
            schema.path("strict").asBoolean(),
            "response_format '" + JsonText.string(schema, "name") + "'",
            "response_format");
      }
      default ->
          OpenAiErrors.invalid(
              "Invalid value: '"
                  + type
                  + "'. Supported values are: 'json_object', 'json_schema',"
                  + " and 'text'.",
              "response_format.type",
              "invalid_value");
    };
  }
}
