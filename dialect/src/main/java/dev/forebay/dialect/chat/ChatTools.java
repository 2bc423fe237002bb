package dev.forebay.dialect.chat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Tool;
import dev.forebay.dialect.neutral.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the tools of a request and how they may be used. *Confined to one call.*
record ChatTools(Conversation.Draft draft, Losses losses) {

  void tools(JsonReader json) throws Fault {
    if (!json.arrayOrNull()) {
      return;
    }
    for (int i = 0; json.nextElement(); i++) {
      draft.tools.add(tool(json, Where.of("tools", i)));
    }
  }

  /// The older list of functions.
  void functions(JsonReader json) throws Fault {
    if (!json.arrayOrNull()) {
      return;
    }
    for (int i = 0; json.nextElement(); i++) {
      Where where = Where.of("functions", i);
      draft.tools.add(declared(json, where, where, false));
    }
  }

  private Tool tool(JsonReader json, Where where) throws Fault {
    json.object();
    String type = "";
    Tool tool = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "function" -> tool = declared(json, where, where.then(name), false);
        case "custom" -> tool = declared(json, where, where.then(name), true);
        default -> {
          losses.lose(Feature.UNKNOWN, where.then(name));
          json.skip();
        }
      }
    }
    if (tool == null && (type.equals("function") || type.isEmpty())) {
      throw Fault.invalid(where.then("function").toString(), "must be an object, but is absent");
    }
    return tool == null ? new Tool.Hosted(type, where) : tool;
  }

  private Tool declared(JsonReader json, Where where, Where inner, boolean freeform) throws Fault {
    json.object();
    String toolName = null;
    String description = null;
    Slice schema = null;
    Slice format = null;
    Boolean strict = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "name" -> toolName = json.text();
        case "description" -> description = json.textOrNull();
        case "parameters" -> schema = json.rawOrNull();
        case "format" -> format = json.rawOrNull();
        case "strict" -> strict = json.flag();
        default -> {
          losses.lose(Feature.UNKNOWN, inner.then(name));
          json.skip();
        }
      }
    }
    if (toolName == null) {
      throw Fault.invalid(inner.then("name").toString(), "must be a string, but is absent");
    }
    return freeform
        ? new Tool.Freeform(toolName, description, format, where)
        : new Tool.Function(toolName, description, schema, strict, null, where);
  }

  void choice(JsonReader json) throws Fault {
    if (json.isText()) {
      draft.choice = word(json.text(), "tool_choice");
      return;
    }
    if (json.objectOrNull()) {
      draft.choice = named(json);
    }
  }

  /// The older `function_call`: a word, or an object with a name.
  void functionChoice(JsonReader json) throws Fault {
    if (json.isText()) {
      draft.choice = word(json.text(), "function_call");
    } else if (json.objectOrNull()) {
      String tool = nameIn(json);
      draft.choice = tool == null ? null : new ToolChoice.Named(tool);
    }
  }

  private static ToolChoice word(String word, String path) throws Fault {
    return switch (word) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Required();
      default ->
          throw Fault.invalid(path, "must be auto, none or required, but is \"" + word + "\"");
    };
  }

  private @Nullable ToolChoice named(JsonReader json) throws Fault {
    String tool = null;
    ToolChoice subset = null;
    String type = "";
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "function", "custom" -> {
          json.object();
          tool = nameIn(json);
        }
        case "allowed_tools" -> {
          json.object();
          subset = subset(json);
        }
        default -> json.skip();
      }
    }
    if (subset != null) {
      return subset;
    }
    if (tool == null) {
      throw Fault.invalid("tool_choice", "must name a function, but its type is \"" + type + "\"");
    }
    return new ToolChoice.Named(tool);
  }

  private static ToolChoice subset(JsonReader json) throws Fault {
    boolean required = false;
    List<String> names = new ArrayList<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "mode" -> required = json.text().equals("required");
        case "tools" -> {
          json.array();
          while (json.nextElement()) {
            json.object();
            String tool = nameIn(json);
            if (tool != null) {
              names.add(tool);
            }
          }
        }
        default -> json.skip();
      }
    }
    // Searching the web is no tool here, so that no list leaves it out.
    return new ToolChoice.Subset(names, true, required);
  }

  /// The name in the object that is current, or in one inside of it.
  private static @Nullable String nameIn(JsonReader json) throws Fault {
    String found = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("name")) {
        found = json.text();
      } else if (name.equals("function") || name.equals("custom")) {
        json.object();
        found = nameIn(json);
      } else {
        json.skip();
      }
    }
    return found;
  }
}
