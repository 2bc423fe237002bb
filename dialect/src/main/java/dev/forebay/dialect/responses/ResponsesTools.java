package dev.forebay.dialect.responses;

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
///
/// Functions of a namespace are told apart by a name that begins with it.
record ResponsesTools(Conversation.Draft draft, Losses losses) {

  private static final String JOINT = "__";

  static String grouped(String group, String name) {
    return group + JOINT + name;
  }

  /// A function's own name within its namespace.
  static String ungrouped(String group, String name) {
    return name.startsWith(group + JOINT) ? name.substring(group.length() + JOINT.length()) : name;
  }

  void tools(JsonReader json) throws Fault {
    if (!json.arrayOrNull()) {
      return;
    }
    for (int i = 0; json.nextElement(); i++) {
      tool(json, Where.of("tools", i), null);
    }
  }

  private void tool(JsonReader json, Where where, @Nullable String group) throws Fault {
    json.object();
    String type = "";
    String toolName = null;
    String description = null;
    Slice schema = null;
    Slice format = null;
    Slice nested = null;
    Boolean strict = null;
    String option = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "name" -> toolName = json.textOrSkip();
        case "description" -> description = json.textOrSkip();
        case "parameters" -> schema = json.rawOrNull();
        case "format" -> format = json.rawOrNull();
        case "strict" -> strict = json.flag();
        case "tools" -> nested = json.rawOrNull();
        default -> {
          option = json.isNull() ? option : name;
          json.skip();
        }
      }
    }
    switch (type) {
      case "function", "custom" -> {
        if (toolName == null) {
          throw Fault.invalid(where.then("name").toString(), "must be a string, but is absent");
        }
        if (option != null) {
          losses.lose(Feature.TOOL_OPTIONS, where.then(option));
        }
        String name = group == null ? toolName : grouped(group, toolName);
        draft.tools.add(
            type.equals("custom")
                ? new Tool.Freeform(name, description, format, where)
                : new Tool.Function(name, description, schema, strict, null, group, where));
      }
      case "namespace" -> {
        if (toolName == null || nested == null) {
          throw Fault.invalid(
              where.toString(), "must have a name and tools, but lacks one of them");
        }
        JsonReader inner = JsonReader.of(nested, where.then("tools"));
        inner.array();
        for (int i = 0; inner.nextElement(); i++) {
          tool(inner, where.then("tools", i), toolName);
        }
      }
      case "" ->
          throw Fault.invalid(where.then("type").toString(), "must be a string, but is absent");
      default -> {
        boolean search = type.startsWith("web_search");
        if (search && option != null) {
          losses.lose(Feature.TOOL_OPTIONS, where.then(option));
        }
        draft.tools.add(search ? new Tool.WebSearch(where) : new Tool.Hosted(type, where));
      }
    }
  }

  void choice(JsonReader json) throws Fault {
    if (json.isText()) {
      String word = json.text();
      draft.choice =
          switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default ->
                throw Fault.invalid(
                    "tool_choice", "must be auto, none or required, but is \"" + word + "\"");
          };
    } else if (json.objectOrNull()) {
      named(json);
    }
  }

  private void named(JsonReader json) throws Fault {
    String type = "";
    String tool = null;
    String mode = "auto";
    List<String> names = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "name" -> tool = json.text();
        case "mode" -> mode = json.text();
        case "tools" -> names = names(json);
        default -> json.skip();
      }
    }
    if (type.equals("allowed_tools") && names != null) {
      draft.choice = new ToolChoice.Subset(names, mode.equals("required"));
    } else if (tool != null) {
      draft.choice = new ToolChoice.Named(tool);
    } else {
      // Some tool of the provider's own is wanted, which is not there.
      losses.lose(Feature.TOOL_CHOICE);
    }
  }

  private static List<String> names(JsonReader json) throws Fault {
    List<String> names = new ArrayList<>();
    json.array();
    while (json.nextElement()) {
      json.object();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (name.equals("name")) {
          names.add(json.text());
        } else {
          json.skip();
        }
      }
    }
    return names;
  }
}
