package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/// Reads a valid Responses request as a [Prompt].
final class ResponsesReader {

  private ResponsesReader() {}

  /// The items of `input`; a string is one turn of the user.
  static ArrayNode items(JsonNode input) {
    ArrayNode items = JsonText.array();
    if (input.isTextual()) {
      items.addObject().put("type", "message").put("role", "user").set("content", input);
    } else {
      input.forEach(items::add);
    }
    return items;
  }

  static Prompt read(JsonNode body, JsonNode items) {
    Blocks blocks = new Blocks();
    List<Prompt.Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      blocks.json(tool, null);
      if ("function".equals(JsonText.string(tool, "type"))) {
        tools.add(new Prompt.Tool(JsonText.string(tool, "name"), tool.path("parameters")));
      }
    }
    if (body.path("instructions").isTextual()) {
      blocks.text(body.get("instructions").textValue(), null);
    }
    for (JsonNode item : items) {
      add(blocks, item);
    }
    JsonNode last = items.isEmpty() ? body : items.get(items.size() - 1);
    boolean answersTool = JsonText.string(last, "type").endsWith("_output");
    return new Prompt(
        blocks.list(),
        answersTool ? ChatReader.textOf(last.path("output")) : lastUserText(items),
        answersTool,
        tools,
        choice(body.path("tool_choice")),
        form(body.path("text").path("format")),
        body.path("max_output_tokens").asLong(Long.MAX_VALUE),
        List.of(),
        thinks(body.path("reasoning")));
  }

  private static boolean thinks(JsonNode reasoning) {
    return reasoning.isObject()
        && !reasoning.isEmpty()
        && !"none".equals(JsonText.string(reasoning, "effort"));
  }

  private static void add(Blocks blocks, JsonNode item) {
    JsonNode content = item.path("content");
    String type = JsonText.string(item, "type");
    if (!type.isEmpty() && !type.equals("message")) {
      blocks.json(item, null);
    } else if (content.isTextual()) {
      blocks.text(content.textValue(), null);
    } else {
      for (JsonNode part : content) {
        if (part.path("text").isTextual()) {
          blocks.text(part.get("text").textValue(), null);
        } else {
          blocks.media(part, null);
        }
      }
    }
  }

  private static String lastUserText(JsonNode items) {
    for (int i = items.size() - 1; i >= 0; i--) {
      if ("user".equals(JsonText.string(items.get(i), "role"))) {
        return ChatReader.textOf(items.get(i).path("content"));
      }
    }
    return "";
  }

  private static Prompt.Choice choice(JsonNode choice) {
    if (choice.isObject()) {
      String name = JsonText.string(choice, "name");
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
      case "json_schema" -> new Prompt.Form.Schema(format.path("schema"));
      default -> new Prompt.Form.Text();
    };
  }
}
