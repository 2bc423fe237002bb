package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Anthropic refuses in the body of a message request. Each check returns the first fault
/// found, or null.
final class MessagesRules {

  static final String NEWEST = "2026-10-21";

  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "stream",
          "stop_sequences",
          "temperature",
          "top_p",
          "top_k",
          "tools",
          "tool_choice",
          "thinking",
          "metadata",
          "service_tier",
          "inference_geo",
          "output_config",
          "cache_control",
          "diagnostics");

  /// Fields that only a beta header brings to life.
  private static final Set<String> BETA_FIELDS =
      Set.of(
          "thread",
          "container",
          "context_management",
          "mcp_servers",
          "output_format",
          "speed",
          "fallbacks",
          "compaction",
          "betas");

  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

  private final JsonNode body;
  private final Models.Model model;
  private final boolean newest;
  private final boolean beta;
  private final boolean counting;

  /// @param beta whether any `anthropic-beta` header came along
  /// @param counting whether this is `count_tokens`, which needs no `max_tokens`
  MessagesRules(JsonNode body, Models.Model model, String version, boolean beta, boolean counting) {
    this.body = body;
    this.model = model;
    this.newest = version.equals(NEWEST);
    this.beta = beta;
    this.counting = counting;
  }

  @Nullable ApiError check() {
    ApiError problem = fields();
    if (problem == null) {
      problem = sampling();
    }
    if (problem == null) {
      problem = maxTokens();
    }
    if (problem == null) {
      problem = thinking();
    }
    if (problem == null) {
      problem = tools();
    }
    if (problem == null) {
      problem = format();
    }
    return problem;
  }

  private @Nullable ApiError fields() {
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      String name = field.getKey();
      if (!FIELDS.contains(name) && !(beta && BETA_FIELDS.contains(name))) {
        return AnthropicErrors.invalid(name + ": Extra inputs are not permitted");
      }
    }
    JsonNode stream = body.path("stream");
    if (!stream.isMissingNode() && !stream.isBoolean() && !stream.isNull()) {
      return AnthropicErrors.invalid("stream: Input should be a valid boolean");
    }
    int breakpoints = breakpoints(body);
    if (breakpoints > 4) {
      return AnthropicErrors.invalid(
          "A maximum of 4 blocks with cache_control may be provided. Found " + breakpoints + ".");
    }
    return null;
  }

  private static int breakpoints(JsonNode node) {
    int count = node.path("cache_control").isObject() ? 1 : 0;
    if (node.isContainerNode()) {
      for (JsonNode child : node) {
        count += child.isContainerNode() ? breakpoints(child) : 0;
      }
    }
    return count;
  }

  private @Nullable ApiError sampling() {
    for (String name : new String[] {"temperature", "top_p", "top_k"}) {
      JsonNode value = body.path(name);
      if (value.isMissingNode() || value.isNull()) {
        continue;
      }
      if (newest) {
        return AnthropicErrors.invalid(name + ": Extra inputs are not permitted");
      }
      if (!value.isNumber()) {
        return AnthropicErrors.invalid(name + ": Input should be a valid number");
      }
      double number = value.doubleValue();
      if (name.equals("temperature") && (number < 0 || number > 1)) {
        return AnthropicErrors.invalid("temperature: range: 0..1");
      }
      if (name.equals("top_p") && (number < 0 || number > 1)) {
        return AnthropicErrors.invalid("top_p: range: 0..1");
      }
      boolean usual =
          switch (name) {
            case "temperature" -> number == 1;
            case "top_p" -> number >= 0.99;
            default -> false;
          };
      if (model.recent() && !usual) {
        return AnthropicErrors.invalid(
            "`" + name + "` may only be set to its default value for this model.");
      }
    }
    return null;
  }

  private @Nullable ApiError maxTokens() {
    JsonNode max = body.path("max_tokens");
    if (max.isMissingNode()) {
      return counting ? null : AnthropicErrors.invalid("max_tokens: Field required");
    }
    if (!max.isIntegralNumber()) {
      return AnthropicErrors.invalid("max_tokens: Input should be a valid integer");
    }
    if (max.longValue() < 0) {
      return AnthropicErrors.invalid("max_tokens: Input should be greater than or equal to 0");
    }
    if (max.longValue() > model.outputTokens()) {
      return AnthropicErrors.invalid(
          "max_tokens: %d > %d, which is the maximum allowed number of output tokens for %s"
              .formatted(max.longValue(), model.outputTokens(), model.id()));
    }
    return null;
  }

  private @Nullable ApiError thinking() {
    JsonNode thinking = body.path("thinking");
    if (!thinking.isObject()) {
      return null;
    }
    String type = JsonText.string(thinking, "type");
    return switch (type) {
      case "disabled", "adaptive", "between_tools" -> null;
      case "enabled" -> budget(thinking.path("budget_tokens"));
      default ->
          AnthropicErrors.invalid(
              "thinking: Input tag '"
                  + type
                  + "' found using 'type' does not match any of the"
                  + " expected tags: 'adaptive', 'between_tools', 'disabled', 'enabled'");
    };
  }

  private @Nullable ApiError budget(JsonNode budget) {
    if (!budget.isIntegralNumber()) {
      return AnthropicErrors.invalid("thinking.enabled.budget_tokens: Field required");
    }
    if (budget.longValue() < 1024) {
      return AnthropicErrors.invalid(
          "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
    }
    if (!counting && budget.longValue() >= body.path("max_tokens").asLong()) {
      return AnthropicErrors.invalid(
          "`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our"
              + " documentation at"
              + " https://docs.claude.com/en/docs/build-with-claude/extended-thinking");
    }
    String choice = JsonText.string(body.path("tool_choice"), "type");
    if (choice.equals("any") || choice.equals("tool")) {
      return AnthropicErrors.invalid(
          "Thinking may not be enabled when tool_choice forces tool use.");
    }
    return null;
  }

  private @Nullable ApiError tools() {
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonNode tool : body.path("tools")) {
      String name = JsonText.string(tool, "name");
      String type = JsonText.string(tool, "type");
      boolean custom = type.isEmpty() || type.equals("custom");
      if (custom) {
        if (name.isEmpty()) {
          return AnthropicErrors.invalid("tools." + index + ".custom.name: Field required");
        }
        if (!validName(name)) {
          return AnthropicErrors.invalid(
              "tools."
                  + index
                  + ".custom.name: String should match pattern"
                  + " '^[a-zA-Z0-9_-]{1,128}$'");
        }
        if (!"object".equals(JsonText.string(tool.path("input_schema"), "type"))) {
          return AnthropicErrors.invalid(
              "tools." + index + ".custom.input_schema.type: Field required");
        }
      }
      if (!name.isEmpty() && !names.add(name)) {
        return AnthropicErrors.invalid("tools: Tool names must be unique.");
      }
      index++;
    }
    return choice(names);
  }

  private @Nullable ApiError choice(Set<String> names) {
    JsonNode choice = body.path("tool_choice");
    if (!choice.isObject()) {
      return choice.isMissingNode() || choice.isNull()
          ? null
          : AnthropicErrors.invalid("tool_choice: Input should be an object");
    }
    if (names.isEmpty() && !"none".equals(JsonText.string(choice, "type"))) {
      return AnthropicErrors.invalid("tool_choice may only be specified while providing tools.");
    }
    String type = JsonText.string(choice, "type");
    return switch (type) {
      case "auto", "any", "none" -> null;
      case "tool" -> {
        String name = JsonText.string(choice, "name");
        yield names.contains(name)
            ? null
            : AnthropicErrors.invalid("Tool '" + name + "' not found in provided tools");
      }
      default ->
          AnthropicErrors.invalid(
              "tool_choice: Input tag '"
                  + type
                  + "' found using 'type' does not match any of the"
                  + " expected tags: 'any', 'auto', 'none', 'tool'");
    };
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
    return name.length() <= 128;
  }

  private @Nullable ApiError format() {
    JsonNode config = body.path("output_config");
    JsonNode effort = config.path("effort");
    if (effort.isTextual() && !EFFORTS.contains(effort.textValue())) {
      return AnthropicErrors.invalid(
          "output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'");
    }
    JsonNode format = config.path("format");
    if (format.isObject()) {
      if (!"json_schema".equals(JsonText.string(format, "type"))) {
        return AnthropicErrors.invalid("output_config.format.type: Input should be 'json_schema'");
      }
      if (!format.path("schema").isObject()) {
        return AnthropicErrors.invalid("output_config.format.schema: Field required");
      }
    }
    return null;
  }
}
