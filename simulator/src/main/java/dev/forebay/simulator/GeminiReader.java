package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads a valid Gemini request as a [Prompt].
final class GeminiReader {

  private GeminiReader() {}

  static Prompt read(JsonNode body) {
    Blocks blocks = new Blocks();
    JsonNode config = GeminiText.field(body, "generationConfig");
    List<Prompt.Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      blocks.json(tool, null);
      for (JsonNode declaration : GeminiText.field(tool, "functionDeclarations")) {
        JsonNode schema = GeminiText.field(declaration, "parametersJsonSchema");
        tools.add(
            new Prompt.Tool(
                JsonText.string(declaration, "name"),
                schema.isMissingNode() ? declaration.path("parameters") : schema));
      }
    }
    addParts(blocks, GeminiText.field(body, "systemInstruction"));
    JsonNode contents = contents(body);
    for (JsonNode content : contents) {
      addParts(blocks, content);
    }
    JsonNode last = contents.isEmpty() ? contents : contents.get(contents.size() - 1);
    return new Prompt(
        blocks.list(),
        lastText(contents),
        answersTool(last),
        allowed(tools, body),
        choice(body),
        form(config),
        GeminiText.field(config, "maxOutputTokens").asLong(Long.MAX_VALUE),
        strings(GeminiText.field(config, "stopSequences")),
        thinks(GeminiText.field(config, "thinkingConfig")));
  }

  /// The turns of a request; a single one may come without the array around it.
  static JsonNode contents(JsonNode body) {
    JsonNode contents = body.path("contents");
    return contents.isObject() ? JsonText.array().add(contents) : contents;
  }

  private static void addParts(Blocks blocks, JsonNode content) {
    for (JsonNode part : content.path("parts")) {
      if (part.path("text").isTextual()) {
        blocks.text(part.get("text").textValue(), null);
      } else if (!GeminiText.field(part, "inlineData").isMissingNode()
          || !GeminiText.field(part, "fileData").isMissingNode()) {
        blocks.media(part, null);
      } else {
        blocks.json(part, null);
      }
    }
  }

  private static String lastText(JsonNode contents) {
    for (int i = contents.size() - 1; i >= 0; i--) {
      JsonNode content = contents.get(i);
      if ("model".equals(JsonText.string(content, "role"))) {
        continue;
      }
      String text = "";
      for (JsonNode part : content.path("parts")) {
        JsonNode response = GeminiText.field(part, "functionResponse");
        if (part.path("text").isTextual()) {
          text = part.get("text").textValue();
        } else if (response.isObject()) {
          text = response.path("response").toString();
        }
      }
      return text;
    }
    return "";
  }

  static boolean answersTool(JsonNode content) {
    for (JsonNode part : content.path("parts")) {
      if (GeminiText.field(part, "functionResponse").isObject()) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode callingConfig(JsonNode body) {
    return GeminiText.field(GeminiText.field(body, "toolConfig"), "functionCallingConfig");
  }

  private static List<Prompt.Tool> allowed(List<Prompt.Tool> tools, JsonNode body) {
    JsonNode names = GeminiText.field(callingConfig(body), "allowedFunctionNames");
    if (!names.isArray() || names.isEmpty()) {
      return tools;
    }
    Set<String> allowed = new HashSet<>();
    names.forEach(name -> allowed.add(name.asText()));
    return tools.stream().filter(tool -> allowed.contains(tool.name())).toList();
  }

  private static Prompt.Choice choice(JsonNode body) {
    String mode = JsonText.string(callingConfig(body), "mode").toUpperCase(Locale.ROOT);
    return switch (mode) {
      case "ANY" -> new Prompt.Choice.Some();
      case "NONE" -> new Prompt.Choice.Never();
      default -> new Prompt.Choice.Auto();
    };
  }

  private static Prompt.Form form(JsonNode config) {
    if (!"application/json".equals(GeminiText.string(config, "responseMimeType"))) {
      return new Prompt.Form.Text();
    }
    JsonNode schema = GeminiText.field(config, "responseJsonSchema");
    if (schema.isMissingNode()) {
      schema = GeminiText.field(config, "responseSchema");
    }
    return schema.isObject() ? new Prompt.Form.Schema(schema) : new Prompt.Form.AnyJson();
  }

  private static boolean thinks(JsonNode thinking) {
    JsonNode budget = GeminiText.field(thinking, "thinkingBudget");
    return GeminiText.field(thinking, "includeThoughts").asBoolean()
        || !GeminiText.string(thinking, "thinkingLevel").isEmpty()
        || (budget.isNumber() && budget.intValue() != 0);
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asText()));
    return strings;
  }
}
