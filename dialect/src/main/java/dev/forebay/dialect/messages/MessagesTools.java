package dev.forebay.dialect.messages;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Tool;
import dev.forebay.dialect.neutral.ToolChoice;
import org.jspecify.annotations.Nullable;

/// Reads the tools of a request and how they may be used. *Confined to one call.*
record MessagesTools(Conversation.Draft draft, Losses losses) {

  void tools(JsonReader json) throws Fault {
    if (!json.arrayOrNull()) {
      return;
    }
    for (int i = 0; json.nextElement(); i++) {
      draft.tools.add(tool(json, Where.of("tools", i)));
    }
  }

  private Tool tool(JsonReader json, Where where) throws Fault {
    json.object();
    String type = "custom";
    String toolName = null;
    String description = null;
    Slice schema = null;
    Boolean strict = null;
    Part.Cache cache = null;
    String option = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> {
          String said = json.textOrNull();
          type = said == null ? type : said;
        }
        case "name" -> toolName = json.text();
        case "description" -> description = json.textOrNull();
        case "input_schema" -> schema = json.rawOrNull();
        case "strict" -> strict = json.flag();
        case "cache_control" -> cache = Blocks.cache(json);
        case "eager_input_streaming", "input_examples", "allowed_callers" -> json.skip();
        default -> {
          option = name;
          json.skip();
        }
      }
    }
    boolean search = type.startsWith("web_search_");
    if (!search && !type.equals("custom")) {
      return new Tool.Hosted(type, where);
    }
    if (option != null) {
      losses.lose(Feature.TOOL_OPTIONS, where.then(option));
    }
    if (search) {
      return new Tool.WebSearch(where);
    }
    if (toolName == null) {
      throw Fault.invalid(where.then("name").toString(), "must be a string, but is absent");
    }
    return new Tool.Function(toolName, description, schema, strict, cache, where);
  }

  void choice(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    String type = "";
    String tool = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "name" -> tool = json.textOrNull();
        case "disable_parallel_tool_use" -> {
          Boolean off = json.flag();
          draft.parallel = off == null ? null : Boolean.valueOf(!off);
        }
        default -> {
          losses.lose(Feature.UNKNOWN, "tool_choice." + name);
          json.skip();
        }
      }
    }
    draft.choice = choice(type, tool);
  }

  private static ToolChoice choice(String type, @Nullable String tool) throws Fault {
    return switch (type) {
      case "auto" -> new ToolChoice.Auto();
      case "any" -> new ToolChoice.Required();
      case "none" -> new ToolChoice.None();
      case "tool" -> {
        if (tool == null) {
          throw Fault.invalid("tool_choice.name", "must be a string, but is absent");
        }
        yield new ToolChoice.Named(tool);
      }
      default ->
          throw Fault.invalid(
              "tool_choice.type", "must be auto, any, tool or none, but is \"" + type + "\"");
    };
  }
}
