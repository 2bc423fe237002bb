package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a valid Anthropic request as a [Prompt].
final class MessagesReader {

  private MessagesReader() {}

  /// @param system the system prompt in force, the request's own or its thread's
  /// @param messages the whole conversation
  static Prompt read(JsonNode body, JsonNode system, JsonNode messages) {
    Blocks blocks = new Blocks();
    List<Prompt.Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      blocks.json(tool, breakpoint(tool));
      if (!tool.path("input_schema").isMissingNode()) {
        tools.add(new Prompt.Tool(JsonText.string(tool, "name"), tool.get("input_schema")));
      }
    }
    addContent(blocks, system);
    for (JsonNode message : messages) {
      addContent(blocks, message.path("content"));
    }
    List<PromptBlock> list = blocks.list();
    Duration automatic = breakpoint(body);
    if (automatic != null && !list.isEmpty()) {
      PromptBlock last = list.removeLast();
      list.add(new PromptBlock(last.hash(), last.tokens(), automatic));
    }
    JsonNode last = messages.isEmpty() ? body : messages.get(messages.size() - 1);
    return new Prompt(
        list,
        lastText(messages),
        answersTool(last),
        tools,
        choice(body.path("tool_choice")),
        form(body),
        body.path("max_tokens").asLong(Long.MAX_VALUE),
        strings(body.path("stop_sequences")),
        thinks(body));
  }

  private static void addContent(Blocks blocks, JsonNode content) {
    if (content.isTextual()) {
      blocks.text(content.textValue(), null);
      return;
    }
    for (JsonNode block : content) {
      switch (JsonText.string(block, "type")) {
        case "text" -> blocks.text(JsonText.string(block, "text"), breakpoint(block));
        case "image", "document" -> blocks.media(block, breakpoint(block));
        default -> blocks.json(withoutCacheControl(block), breakpoint(block));
      }
    }
  }

  /// A breakpoint is no part of what is cached: clients move it from turn to turn.
  private static JsonNode withoutCacheControl(JsonNode block) {
    if (block instanceof ObjectNode object && object.has("cache_control")) {
      ObjectNode copy = object.deepCopy();
      copy.remove("cache_control");
      return copy;
    }
    return block;
  }

  static @Nullable Duration breakpoint(JsonNode block) {
    JsonNode control = block.path("cache_control");
    if (!control.isObject()) {
      return null;
    }
    return "1h".equals(JsonText.string(control, "ttl"))
        ? Duration.ofHours(1)
        : Duration.ofMinutes(5);
  }

  private static String lastText(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      JsonNode message = messages.get(i);
      if ("user".equals(JsonText.string(message, "role"))) {
        return textOf(message.path("content"));
      }
    }
    return "";
  }

  private static String textOf(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    String text = "";
    for (JsonNode block : content) {
      switch (JsonText.string(block, "type")) {
        case "text" -> text = JsonText.string(block, "text");
        case "tool_result" -> text = textOf(block.path("content"));
        default -> {}
      }
    }
    return text;
  }

  private static boolean answersTool(JsonNode message) {
    for (JsonNode block : message.path("content")) {
      if ("tool_result".equals(JsonText.string(block, "type"))) {
        return true;
      }
    }
    return false;
  }

  private static Prompt.Choice choice(JsonNode choice) {
    return switch (JsonText.string(choice, "type")) {
      case "any" -> new Prompt.Choice.Some();
      case "none" -> new Prompt.Choice.Never();
      case "tool" -> new Prompt.Choice.Named(JsonText.string(choice, "name"));
      default -> new Prompt.Choice.Auto();
    };
  }

  private static Prompt.Form form(JsonNode body) {
    JsonNode format = body.path("output_config").path("format");
    if (format.isMissingNode()) {
      format = body.path("output_format");
    }
    return "json_schema".equals(JsonText.string(format, "type"))
        ? new Prompt.Form.Schema(format.path("schema"))
        : new Prompt.Form.Text();
  }

  static boolean thinks(JsonNode body) {
    return switch (JsonText.string(body.path("thinking"), "type")) {
      case "enabled", "adaptive", "between_tools" -> true;
      default -> false;
    };
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asText()));
    return strings;
  }
}
