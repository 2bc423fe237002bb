package dev.forebay.dialect.gemini;

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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the tools of a request and how they may be used. *Confined to one call.*
record GeminiTools(Conversation.Draft draft, Losses losses) {

  void tools(JsonReader json) throws Fault {
    if (!json.arrayOrNull()) {
      return;
    }
    for (int i = 0; json.nextElement(); i++) {
      json.object();
      Where where = Where.of("tools", i);
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (Spelling.camel(name)) {
          case "functionDeclarations" -> functions(json, where);
          case "googleSearch", "googleSearchRetrieval" -> search(name, json, where.then(name));
          default -> {
            if (!json.isNull()) {
              draft.tools.add(new Tool.Hosted(name, where.then(name)));
            }
            json.skip();
          }
        }
      }
    }
  }

  private void search(String type, JsonReader json, Where where) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    List<String> blocked = new ArrayList<>();
    List<Search.Option> own = new ArrayList<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (json.isNull()) {
        json.skip();
      } else if (Spelling.camel(name).equals("excludeDomains")) {
        json.array();
        while (json.nextElement()) {
          blocked.add(json.text());
        }
      } else {
        own.add(new Search.Option(name, json.raw()));
      }
    }
    Search.Own said = new Search.Own(Dialect.GEMINI_GENERATE, type, own);
    draft.tools.add(
        new Tool.WebSearch(new Search(null, null, List.of(), blocked, null, said), where));
  }

  private void functions(JsonReader json, Where owner) throws Fault {
    if (!json.arrayOrNull()) {
      return;
    }
    for (int i = 0; json.nextElement(); i++) {
      draft.tools.add(function(json, owner.then("functionDeclarations", i)));
    }
  }

  private Tool function(JsonReader json, Where where) throws Fault {
    json.object();
    String toolName = null;
    String description = null;
    Slice schema = null;
    Slice output = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (Spelling.camel(name)) {
        case "name" -> toolName = json.text();
        case "description" -> description = json.textOrNull();
        case "parameters", "parametersJsonSchema" -> {
          Slice said = json.rawOrNull();
          schema = said == null ? schema : Schemas.plain(said, where.then(name));
        }
        case "response", "responseJsonSchema" -> {
          Slice said = json.rawOrNull();
          output = said == null ? output : Schemas.plain(said, where.then(name));
        }
        case "behavior" -> {
          if (!json.isNull()) {
            losses.lose(Feature.TOOL_OPTIONS, where.then(name));
          }
          json.skip();
        }
        default -> {
          losses.lose(Feature.UNKNOWN, where.then(name));
          json.skip();
        }
      }
    }
    if (toolName == null) {
      throw Fault.invalid(where.then("name").toString(), "must be a string, but is absent");
    }
    return new Tool.Function(toolName, description, schema, output, null, null, null, where);
  }

  void config(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (Spelling.camel(name).equals("functionCallingConfig")) {
        calling(json);
      } else {
        losses.lose(Feature.OWN_OPTION, "toolConfig." + name);
        json.skip();
      }
    }
  }

  private void calling(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    String mode = "AUTO";
    List<String> names = new ArrayList<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (Spelling.camel(name)) {
        case "mode" -> {
          String said = json.textOrNull();
          mode = said == null ? mode : said.toUpperCase(Locale.ROOT);
        }
        case "allowedFunctionNames" -> {
          if (json.arrayOrNull()) {
            while (json.nextElement()) {
              names.add(json.text());
            }
          }
        }
        default -> json.skip();
      }
    }
    draft.choice = choice(mode, names);
  }

  private static @Nullable ToolChoice choice(String mode, List<String> names) throws Fault {
    return switch (mode) {
      case "MODE_UNSPECIFIED" -> null;
      case "NONE" -> new ToolChoice.None();
      case "ANY" ->
          switch (names.size()) {
            case 0 -> new ToolChoice.Required();
            case 1 -> new ToolChoice.Named(names.getFirst());
            default -> new ToolChoice.Subset(names, true, true);
          };
      case "AUTO", "VALIDATED" ->
          names.isEmpty() ? new ToolChoice.Auto() : new ToolChoice.Subset(names, true, false);
      default ->
          throw Fault.invalid(
              "toolConfig.functionCallingConfig.mode",
              "must be AUTO, ANY, NONE or VALIDATED, but is \"" + mode + "\"");
    };
  }
}
