package dev.forebay.dialect.responses;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Search;
import dev.forebay.dialect.neutral.Tool;
import dev.forebay.dialect.neutral.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the tools of a request and how they may be used. *Confined to one call.*
///
/// Functions of a namespace are told apart by a name that begins with it.
record ResponsesTools(Conversation.Draft draft, Losses losses) {

  /// How the types of tools that search the web begin.
  static final String SEARCH = "web_search";

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
    Slice output = null;
    Slice nested = null;
    Boolean strict = null;
    List<Search.Option> options = List.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "name" -> toolName = json.textOrSkip();
        case "description" -> description = json.textOrSkip();
        case "parameters" -> schema = json.rawOrNull();
        case "format" -> format = json.rawOrNull();
        case "strict" -> strict = json.flag();
        case "output_schema" -> output = json.rawOrNull();
        case "tools" -> nested = json.rawOrNull();
        default -> {
          if (json.isNull()) {
            json.skip();
          } else {
            options = options.isEmpty() ? new ArrayList<>(2) : options;
            options.add(new Search.Option(name, json.raw()));
          }
        }
      }
    }
    switch (type) {
      case "function", "custom" -> {
        if (toolName == null) {
          throw Fault.invalid(where.then("name").toString(), "must be a string, but is absent");
        }
        lost(options, where);
        if (output != null && type.equals("custom")) {
          losses.lose(Feature.TOOL_OUTPUT, where.then("output_schema"));
        }
        String name = group == null ? toolName : grouped(group, toolName);
        draft.tools.add(
            type.equals("custom")
                ? new Tool.Freeform(name, description, format, where)
                : new Tool.Function(name, description, schema, output, strict, null, group, where));
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
        boolean search = type.startsWith(SEARCH);
        draft.tools.add(
            search
                ? new Tool.WebSearch(search(type, options, where), where)
                : new Tool.Hosted(type, where));
      }
    }
  }

  private void lost(List<Search.Option> options, Where where) {
    for (Search.Option option : options) {
      if (!option.name().equals("defer_loading")) {
        losses.lose(Feature.TOOL_OPTIONS, where.then(option.name()));
      } else if (option.json().text().equals("true")) {
        losses.lose(Feature.TOOL_DEFERRED, where.then(option.name()));
      }
    }
  }

  private Search search(String type, List<Search.Option> options, Where where) throws Fault {
    String size = null;
    Search.Place place = null;
    List<String> allowed = new ArrayList<>();
    List<Search.Option> own = new ArrayList<>();
    for (Search.Option option : options) {
      Where at = where.then(option.name());
      JsonReader json = JsonReader.of(option.json(), at);
      switch (option.name()) {
        case "search_context_size" -> size = json.text();
        case "user_location" -> {
          json.object();
          place = Search.Place.read(json, at, losses);
        }
        case "filters" -> {
          json.object();
          for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (name.equals("allowed_domains")) {
              texts(json, allowed);
            } else {
              losses.lose(Feature.UNKNOWN, at.then(name));
              json.skip();
            }
          }
        }
        default -> own.add(option);
      }
    }
    return new Search(
        size, place, allowed, List.of(), null, new Search.Own(Dialect.OPENAI_RESPONSES, type, own));
  }

  private static void texts(JsonReader json, List<String> into) throws Fault {
    if (json.arrayOrNull()) {
      while (json.nextElement()) {
        into.add(json.text());
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
    Allowed allowed = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "name" -> tool = json.text();
        case "mode" -> mode = json.text();
        case "tools" -> allowed = allowed(json);
        default -> json.skip();
      }
    }
    if (type.equals("allowed_tools") && allowed != null) {
      draft.choice = new ToolChoice.Subset(allowed.names, allowed.search, mode.equals("required"));
    } else if (tool != null) {
      draft.choice = new ToolChoice.Named(tool);
    } else if (type.startsWith(SEARCH)) {
      draft.choice = new ToolChoice.Search();
    } else {
      // Some tool of the provider's own is wanted, which is not there.
      losses.lose(Feature.TOOL_CHOICE);
    }
  }

  private record Allowed(List<String> names, boolean search) {}

  private static Allowed allowed(JsonReader json) throws Fault {
    List<String> names = new ArrayList<>();
    boolean search = false;
    json.array();
    while (json.nextElement()) {
      json.object();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "name" -> names.add(json.text());
          case "type" -> search |= json.isText() ? json.text().startsWith(SEARCH) : passed(json);
          default -> json.skip();
        }
      }
    }
    return new Allowed(names, search);
  }

  private static boolean passed(JsonReader json) throws Fault {
    json.skip();
    return false;
  }
}
