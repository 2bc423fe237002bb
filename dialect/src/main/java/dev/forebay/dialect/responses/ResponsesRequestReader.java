package dev.forebay.dialect.responses;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.chat.PromptCache;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Effort;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.OutputFormat;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one request. *Confined to one call.*
final class ResponsesRequestReader {

  private final Losses losses;
  private final Conversation.Draft draft = new Conversation.Draft();
  private @Nullable Turn instructions;
  private @Nullable String oldUser;
  private boolean inputSeen;

  ResponsesRequestReader(Losses losses) {
    this.losses = losses;
  }

  Conversation read(Slice body) throws Fault {
    JsonReader json = JsonReader.ofObject(body);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      field(name, json);
    }
    json.end();
    if (!inputSeen) {
      throw Fault.invalid("input", "must be a string or an array of items, but is absent");
    }
    if (instructions != null) {
      draft.turns.addFirst(instructions);
    }
    draft.usageAsked = true;
    draft.user = draft.user == null ? oldUser : draft.user;
    return draft.done();
  }

  private void field(String name, JsonReader json) throws Fault {
    switch (name) {
      case "model" -> draft.model = json.text();
      case "input" -> input(json);
      case "instructions" -> instructions(json);
      case "stream" -> draft.stream = Boolean.TRUE.equals(json.flag());
      case "max_output_tokens" -> draft.cap = json.integer();
      case "temperature" -> draft.temperature = json.number();
      case "top_p" -> draft.topP = json.number();
      case "top_logprobs" -> draft.topLogprobs = json.integer();
      case "include" -> include(json);
      case "tools" -> new ResponsesTools(draft, losses).tools(json);
      case "tool_choice" -> new ResponsesTools(draft, losses).choice(json);
      case "parallel_tool_calls" -> draft.parallel = json.flag();
      case "reasoning" -> reasoning(json);
      case "text" -> text(json);
      case "metadata" -> draft.metadata = json.rawOrNull();
      case "safety_identifier" -> draft.user = json.textOrNull();
      case "user" -> oldUser = json.textOrNull();
      case "prompt_cache_key" -> draft.cacheKey = json.textOrNull();
      case "service_tier" -> draft.tier = json.textOrNull();
      case "previous_response_id", "conversation" -> stored(name, json);
      case "store" -> draft.store = json.flag();
      case "background" -> {
        if (Boolean.TRUE.equals(json.flag())) {
          losses.lose(Feature.SERVER_STATE, name);
        }
      }
      case "truncation" -> {
        String said = json.textOrNull();
        if ("auto".equals(said)) {
          losses.lose(Feature.CONTEXT_MANAGEMENT, name);
        }
      }
      case "prompt" -> lost(Feature.CACHED_CONTENT, name, json);
      case "context_management" -> lost(Feature.CONTEXT_MANAGEMENT, name, json);
      case "prompt_cache_options" -> PromptCache.options(json, draft, losses);
      case "prompt_cache_retention" -> draft.cacheRetention = json.textOrNull();
      case "max_tool_calls" -> draft.hostedCalls = json.integer();
      case "moderation" -> draft.moderation = json.rawOrNull();
      case "stream_options" -> streamOptions(json);
      // What clients tell about themselves.
      case "client_metadata" -> json.skip();
      default -> lost(Feature.UNKNOWN, name, json);
    }
  }

  private void lost(Feature feature, String path, JsonReader json) throws Fault {
    if (!json.isNull()) {
      losses.lose(feature, path);
    }
    json.skip();
  }

  private void streamOptions(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("include_obfuscation")) {
        draft.padded = json.flag();
      } else {
        lost(Feature.UNKNOWN, "stream_options." + name, json);
      }
    }
  }

  /// The rest of the conversation is with one provider; without it the answer would be to nothing.
  private static void stored(String name, JsonReader json) throws Fault {
    if (!json.isNull()) {
      throw new Fault(
          GatewayError.Kind.PREVIOUS_RESPONSE_NOT_FOUND,
          name,
          "\"" + name + "\" is not known to the provider that answers; send the whole input.");
    }
  }

  private void input(JsonReader json) throws Fault {
    inputSeen = true;
    if (json.isText()) {
      Where where = Where.of("input");
      draft.turns.add(new Turn(Turn.Role.USER, List.of(new Part.Text(json.words(), where)), where));
      return;
    }
    if (!json.isArray()) {
      throw json.wrong("a string or an array of items");
    }
    ResponsesItems items = new ResponsesItems(draft, losses);
    for (int i = 0; json.nextElement(); i++) {
      items.item(json, Where.of("input", i));
    }
    items.end();
  }

  private void instructions(JsonReader json) throws Fault {
    if (json.isNull()) {
      return;
    }
    Where where = Where.of("instructions");
    Part text = new Part.Text(json.text(), where);
    instructions = new Turn(Turn.Role.SYSTEM, List.of(text), where);
  }

  private void include(JsonReader json) throws Fault {
    if (!json.arrayOrNull()) {
      return;
    }
    while (json.nextElement()) {
      if (json.text().equals("message.output_text.logprobs")) {
        draft.logprobs = true;
      }
    }
  }

  private void reasoning(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "effort" -> {
          String word = json.textOrNull();
          draft.effort = word == null ? null : Effort.of(word);
        }
        case "summary", "generate_summary" -> {
          if (json.textOrNull() != null) {
            draft.shown = true;
          }
        }
        default -> lost(Feature.UNKNOWN, "reasoning." + name, json);
      }
    }
  }

  private void text(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "format" -> {
          if (json.objectOrNull()) {
            format(json);
          }
        }
        case "verbosity" -> draft.verbosity = json.textOrNull();
        default -> lost(Feature.UNKNOWN, "text." + name, json);
      }
    }
  }

  private void format(JsonReader json) throws Fault {
    String type = "";
    String schemaName = null;
    String description = null;
    Slice schema = null;
    Boolean strict = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "name" -> schemaName = json.textOrNull();
        case "description" -> description = json.textOrNull();
        case "schema" -> schema = json.rawOrNull();
        case "strict" -> strict = json.flag();
        default -> lost(Feature.UNKNOWN, "text.format." + name, json);
      }
    }
    switch (type) {
      case "text" -> {}
      case "json_object" -> draft.format = new OutputFormat.Json();
      case "json_schema" -> {
        if (schema == null) {
          throw Fault.invalid("text.format.schema", "must be an object, but is absent");
        }
        draft.format = new OutputFormat.Schema(schemaName, description, schema, strict);
      }
      default ->
          throw Fault.invalid(
              "text.format.type",
              "must be text, json_object or json_schema, but is \"" + type + "\"");
    }
  }
}
