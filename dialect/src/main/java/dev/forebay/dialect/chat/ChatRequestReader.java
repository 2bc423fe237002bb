package dev.forebay.dialect.chat;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Effort;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.OutputFormat;
import dev.forebay.dialect.neutral.Search;
import dev.forebay.dialect.neutral.Tool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one request. *Confined to one call.*
final class ChatRequestReader {

  private final Losses losses;
  private final Conversation.Draft draft = new Conversation.Draft();
  private final ChatTools tools;
  private @Nullable Long oldCap;
  private @Nullable String oldUser;
  private boolean messagesSeen;

  ChatRequestReader(Losses losses) {
    this.losses = losses;
    this.tools = new ChatTools(draft, losses);
  }

  Conversation read(Slice body) throws Fault {
    JsonReader json = JsonReader.ofObject(body);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      field(name, json);
    }
    json.end();
    if (!messagesSeen) {
      throw Fault.invalid("messages", "must be an array, but is absent");
    }
    draft.cap = draft.cap == null ? oldCap : draft.cap;
    draft.user = draft.user == null ? oldUser : draft.user;
    return draft.done();
  }

  private void field(String name, JsonReader json) throws Fault {
    switch (name) {
      case "model" -> draft.model = json.text();
      case "messages" -> messages(json);
      case "stream" -> draft.stream = Boolean.TRUE.equals(json.flag());
      case "stream_options" -> streamOptions(json);
      case "max_completion_tokens" -> draft.cap = json.integer();
      case "max_tokens" -> oldCap = json.integer();
      case "temperature" -> draft.temperature = json.number();
      case "top_p" -> draft.topP = json.number();
      case "n" -> draft.candidates = json.integer();
      case "seed" -> draft.seed = json.integer();
      case "stop" -> draft.stops = stops(json);
      case "frequency_penalty" -> draft.frequencyPenalty = json.number();
      case "presence_penalty" -> draft.presencePenalty = json.number();
      case "logprobs" -> draft.logprobs = json.flag();
      case "top_logprobs" -> draft.topLogprobs = json.integer();
      case "tools" -> tools.tools(json);
      case "tool_choice" -> tools.choice(json);
      case "functions" -> tools.functions(json);
      case "function_call" -> tools.functionChoice(json);
      case "parallel_tool_calls" -> draft.parallel = json.flag();
      case "response_format" -> format(json);
      case "reasoning_effort" -> {
        String word = json.textOrNull();
        draft.effort = word == null ? null : Effort.of(word);
      }
      case "verbosity" -> draft.verbosity = json.textOrNull();
      case "safety_identifier" -> draft.user = json.textOrNull();
      case "user" -> oldUser = json.textOrNull();
      case "prompt_cache_key" -> draft.cacheKey = json.textOrNull();
      case "metadata" -> draft.metadata = json.rawOrNull();
      case "service_tier" -> draft.tier = json.textOrNull();
      case "web_search_options" -> search(json, Where.of(name));
      case "logit_bias" -> lost(Feature.LOGIT_BIAS, name, json);
      case "store" -> draft.store = json.flag();
      case "prediction" -> lost(Feature.PREDICTION, name, json);
      case "audio" -> ChatRendering.audio(json, draft, losses);
      case "modalities" -> ChatRendering.modalities(json, draft, losses);
      case "moderation" -> draft.moderation = json.rawOrNull();
      case "prompt_cache_options" -> PromptCache.options(json, draft, losses);
      case "prompt_cache_retention" -> draft.cacheRetention = json.textOrNull();
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
      switch (name) {
        case "include_usage" -> draft.usageAsked = Boolean.TRUE.equals(json.flag());
        case "include_obfuscation" -> draft.padded = json.flag();
        default -> lost(Feature.UNKNOWN, "stream_options." + name, json);
      }
    }
  }

  private void search(JsonReader json, Where where) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    String size = null;
    Search.Place place = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "search_context_size" -> size = json.textOrNull();
        case "user_location" ->
            place = json.objectOrNull() ? Search.Place.read(json, where.then(name), losses) : null;
        default -> lost(Feature.UNKNOWN, where.then(name).toString(), json);
      }
    }
    Search.Own own = new Search.Own(Dialect.OPENAI_CHAT, "", List.of());
    draft.tools.add(
        new Tool.WebSearch(new Search(size, place, List.of(), List.of(), null, own), where));
  }

  private static List<String> stops(JsonReader json) throws Fault {
    if (json.isText()) {
      return List.of(json.text());
    }
    List<String> stops = new ArrayList<>();
    if (json.arrayOrNull()) {
      while (json.nextElement()) {
        stops.add(json.text());
      }
    }
    return List.copyOf(stops);
  }

  private void format(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    String type = "";
    OutputFormat schema = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "json_schema" -> schema = schema(json);
        default -> lost(Feature.UNKNOWN, "response_format." + name, json);
      }
    }
    switch (type) {
      case "text" -> {}
      case "json_object" -> draft.format = new OutputFormat.Json();
      case "json_schema" -> {
        if (schema == null) {
          throw Fault.invalid("response_format.json_schema", "must be an object, but is absent");
        }
        draft.format = schema;
      }
      default ->
          throw Fault.invalid(
              "response_format.type",
              "must be text, json_object or json_schema, but is \"" + type + "\"");
    }
  }

  private OutputFormat schema(JsonReader json) throws Fault {
    json.object();
    String schemaName = null;
    String description = null;
    Slice schema = null;
    Boolean strict = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "name" -> schemaName = json.textOrNull();
        case "description" -> description = json.textOrNull();
        case "schema" -> schema = json.rawOrNull();
        case "strict" -> strict = json.flag();
        default -> lost(Feature.UNKNOWN, "response_format.json_schema." + name, json);
      }
    }
    return schema == null
        ? new OutputFormat.Json()
        : new OutputFormat.Schema(schemaName, description, schema, strict);
  }

  private void messages(JsonReader json) throws Fault {
    json.array();
    messagesSeen = true;
    ChatMessages messages = new ChatMessages(draft, losses);
    for (int i = 0; json.nextElement(); i++) {
      messages.message(json, Where.of("messages", i));
    }
    messages.end();
  }
}
