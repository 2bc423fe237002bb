package dev.forebay.dialect.messages;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Search;
import dev.forebay.dialect.neutral.Tool;
import dev.forebay.dialect.neutral.ToolChoice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the tools of a request and how they may be used. *Confined to one call.*
record MessagesTools(Conversation.Draft draft, Losses losses) {

  /// The name of the tool that searches the web, and how its types begin.
  static final String SEARCH = "web_search";

  private static final Slice TRUE = Slice.of("true".getBytes(StandardCharsets.US_ASCII));
  private static final Slice FALSE = Slice.of("false".getBytes(StandardCharsets.US_ASCII));

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
    Boolean deferred = null;
    List<Search.Option> options = List.of();
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
        case "defer_loading" -> deferred = json.flag();
        case "eager_input_streaming", "input_examples" -> json.skip();
        default -> {
          if (json.isNull()) {
            json.skip();
          } else {
            options = options.isEmpty() ? new ArrayList<>(4) : options;
            options.add(new Search.Option(name, json.raw()));
          }
        }
      }
    }
    boolean search = type.startsWith(SEARCH + "_");
    if (!search && !type.equals("custom")) {
      return new Tool.Hosted(type, where);
    }
    if (Boolean.TRUE.equals(deferred)) {
      losses.lose(Feature.TOOL_DEFERRED, where.then("defer_loading"));
    }
    if (search) {
      return new Tool.WebSearch(search(type, strict, cache, options, where), where);
    }
    for (Search.Option option : options) {
      if (!option.name().equals("allowed_callers")) {
        losses.lose(Feature.TOOL_OPTIONS, where.then(option.name()));
      }
    }
    if (toolName == null) {
      throw Fault.invalid(where.then("name").toString(), "must be a string, but is absent");
    }
    return new Tool.Function(toolName, description, schema, strict, cache, where);
  }

  private Search search(
      String type,
      @Nullable Boolean strict,
      Part.@Nullable Cache cache,
      List<Search.Option> options,
      Where where)
      throws Fault {
    Search.Place place = null;
    List<String> allowed = List.of();
    List<String> blocked = List.of();
    List<Search.Option> own = new ArrayList<>();
    for (Search.Option option : options) {
      Where at = where.then(option.name());
      JsonReader json = JsonReader.of(option.json(), at);
      switch (option.name()) {
        case "user_location" -> {
          json.object();
          place = Search.Place.read(json, at, losses);
        }
        case "allowed_domains" -> allowed = MessagesRequestReader.texts(json);
        case "blocked_domains" -> blocked = MessagesRequestReader.texts(json);
        case "max_uses" -> draft.hostedCalls = json.integer();
        default -> own.add(option);
      }
    }
    if (strict != null) {
      own.add(new Search.Option("strict", strict ? TRUE : FALSE));
    }
    Search.Own said = new Search.Own(Dialect.ANTHROPIC_MESSAGES, type, own);
    return new Search(null, place, allowed, blocked, cache, said);
  }

  /// A choice by the name of the tool that searches the web, once all tools are known.
  static @Nullable ToolChoice choice(Conversation.Draft draft) {
    if (!(draft.choice instanceof ToolChoice.Named(String name)) || !name.equals(SEARCH)) {
      return draft.choice;
    }
    boolean searches = false;
    for (Tool tool : draft.tools) {
      if (tool instanceof Tool.Function function && function.name().equals(name)) {
        return draft.choice;
      }
      searches |= tool instanceof Tool.WebSearch;
    }
    return searches ? new ToolChoice.Search() : draft.choice;
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
