package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Reads a valid chat completion request as a [Prompt].
final class ChatReader {

  private ChatReader() {}

  static Prompt read(JsonNode body) {
    Blocks blocks = new Blocks();
    List<Prompt.Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      blocks.json(tool, null);
      JsonNode function = tool.path("function");
      if (function.isObject()) {
        tools.add(new Prompt.Tool(JsonText.string(function, "name"), function.path("parameters")));
      }
    }
    JsonNode messages = body.path("messages");
    for (JsonNode message : messages) {
      add(blocks, message);
    }
    JsonNode last = messages.get(messages.size() - 1);
    boolean answersTool = "tool".equals(JsonText.string(last, "role"));
    return new Prompt(
        blocks.list(),
        answersTool ? textOf(last.path("content")) : lastUserText(messages),
        answersTool,
        tools,
        choice(body.path("tool_choice")),
        form(body.path("response_format")),
        maxTokens(body),
        stops(body.path("stop")),
        reasons(JsonText.string(body, "reasoning_effort")));
  }

  static boolean reasons(String effort) {
    return !effort.isEmpty() && !effort.equals("none");
  }

  private static void add(Blocks blocks, JsonNode message) {
    JsonNode content = message.path("content");
    if (content.isArray()) {
      for (JsonNode part : content) {
        if ("text".equals(JsonText.string(part, "type"))) {
          blocks.text(JsonText.string(part, "text"), null);
        } else {
          blocks.media(part, null);
        }
      }
    } else {
      blocks.text(content.asText(""), null);
    }
    if (message.path("tool_calls").isArray()) {
      blocks.json(message.get("tool_calls"), null);
    }
  }

  private static String lastUserText(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if ("user".equals(JsonText.string(messages.get(i), "role"))) {
        return textOf(messages.get(i).path("content"));
      }
    }
    return "";
  }

  static String textOf(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    String text = "";
    for (JsonNode part : content) {
      text = part.path("text").isTextual() ? part.get("text").textValue() : text;
    }
    return text;
  }

  private static Prompt.Choice choice(JsonNode choice) {
    if (choice.isObject()) {
      String name = JsonText.string(choice.path("function"), "name");
      return name.isEmpty() ? new Prompt.Choice.Auto() : new Prompt.Choice.Named(name);
    }
    return switch (choice.asText("auto")) {
      case "none" -> new Prompt.Choice.Never();
      case "required" -> new Prompt.Choice.Some();
      default -> new Prompt.Choice.Auto();
    };
  }

  private static Prompt.Form form(JsonNode format) {
    return switch (JsonText.string(format, "type")) {
      case "json_object" -> new Prompt.Form.AnyJson();
      case "json_schema" -> new Prompt.Form.Schema(format.path("json_schema").path("schema"));
      default -> new Prompt.Form.Text();
    };
  }

  static long maxTokens(JsonNode body) {
    JsonNode max = body.path("max_completion_tokens");
    if (!max.isNumber()) {
      max = body.path("max_tokens");
    }
    return max.asLong(Long.MAX_VALUE);
  }

  private static List<String> stops(JsonNode stop) {
    if (stop.isTextual()) {
      return List.of(stop.textValue());
    }
    List<String> stops = new ArrayList<>();
    stop.forEach(node -> stops.add(node.asText()));
    return stops;
  }
}
