package dev.forebay.dialect.messages;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one request. *Confined to one call.*
final class MessagesRequestReader {

  private final Losses losses;
  private final Blocks blocks;
  private final Conversation.Draft draft = new Conversation.Draft();
  private @Nullable Turn system;
  private boolean messagesSeen;

  MessagesRequestReader(Losses losses) {
    this.losses = losses;
    this.blocks = new Blocks(null, losses);
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
    if (system != null) {
      draft.turns.addFirst(system);
    }
    draft.choice = MessagesTools.choice(draft);
    draft.usageAsked = true;
    return draft.done();
  }

  private void field(String name, JsonReader json) throws Fault {
    switch (name) {
      case "model" -> draft.model = json.text();
      case "stream" -> draft.stream = Boolean.TRUE.equals(json.flag());
      case "max_tokens" -> draft.cap = json.integer();
      case "system" -> system(json);
      case "messages" -> messages(json);
      case "stop_sequences" -> draft.stops = texts(json);
      case "temperature" -> draft.temperature = json.number();
      case "top_p" -> draft.topP = json.number();
      case "top_k" -> draft.topK = json.integer();
      case "tools" -> new MessagesTools(draft, losses).tools(json);
      case "tool_choice" -> new MessagesTools(draft, losses).choice(json);
      case "thinking" -> thinking(json);
      case "output_config" -> outputConfig(json);
      case "output_format" -> format(json);
      case "metadata" -> metadata(json);
      case "service_tier" -> {
        String tier = json.textOrNull();
        draft.tier = "standard_only".equals(tier) ? "default" : tier;
      }
      case "thread" -> thread(json);
      case "cache_control" -> {
        Part.Cache cache = Blocks.cache(json);
        draft.cachesItself = cache == null ? null : Boolean.TRUE;
        draft.cacheLife = cache == Part.Cache.USUAL ? null : cache;
      }
      case "context_management", "compaction" -> lost(Feature.CONTEXT_MANAGEMENT, name, json);
      case "container" -> lost(Feature.SERVER_STATE, name, json);
      case "mcp_servers" -> lost(Feature.HOSTED_TOOL, name, json);
      case "speed", "inference_geo", "betas", "fallbacks", "diagnostics" ->
          lost(Feature.OWN_OPTION, name, json);
      default -> lost(Feature.UNKNOWN, name, json);
    }
  }

  private void lost(Feature feature, String path, JsonReader json) throws Fault {
    if (!json.isNull()) {
      losses.lose(feature, path);
    }
    json.skip();
  }

  private void system(JsonReader json) throws Fault {
    Where where = Where.of("system");
    if (json.isNull()) {
      return;
    }
    List<Part> parts = new ArrayList<>();
    if (json.isText()) {
      parts.add(new Part.Text(json.words(), where));
    } else {
      json.array();
      for (int i = 0; json.nextElement(); i++) {
        parts.add(blocks.block(json, Where.of("system", i)));
      }
    }
    system = new Turn(Turn.Role.SYSTEM, parts, where);
  }

  private void messages(JsonReader json) throws Fault {
    json.array();
    messagesSeen = true;
    for (int i = 0; json.nextElement(); i++) {
      draft.turns.add(message(json, Where.of("messages", i)));
    }
  }

  private Turn message(JsonReader json, Where where) throws Fault {
    json.object();
    Turn.Role role = null;
    List<Part> parts = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "role" -> role = role(json);
        case "content" -> parts = blocks.content(json, where);
        case "output_config" -> {
          losses.lose(Feature.OWN_OPTION, where.then(name));
          json.skip();
        }
        default -> {
          losses.lose(Feature.UNKNOWN, where.then(name));
          json.skip();
        }
      }
    }
    if (role == null) {
      throw Fault.invalid(where.then("role").toString(), "must be a string, but is absent");
    }
    if (parts == null) {
      throw Fault.invalid(
          where.then("content").toString(),
          "must be a string or an array of content blocks, but is absent");
    }
    return new Turn(role, parts, where);
  }

  private static Turn.Role role(JsonReader json) throws Fault {
    String role = json.text();
    return switch (role) {
      case "user" -> Turn.Role.USER;
      case "assistant" -> Turn.Role.ASSISTANT;
      case "system" -> Turn.Role.SYSTEM;
      default ->
          throw Fault.invalid(
              json.path(), "must be user, assistant or system, but is \"" + role + "\"");
    };
  }

  static List<String> texts(JsonReader json) throws Fault {
    List<String> texts = new ArrayList<>();
    if (json.arrayOrNull()) {
      while (json.nextElement()) {
        texts.add(json.text());
      }
    }
    return List.copyOf(texts);
  }

  private void thinking(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    String type = "";
    String display = null;
    Long budget = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "display" -> display = json.textOrNull();
        case "budget_tokens" -> budget = json.integer();
        default -> lost(Feature.UNKNOWN, "thinking." + name, json);
      }
    }
    switch (type) {
      case "disabled", "between_tools" -> draft.effort = Effort.NONE;
      case "enabled", "adaptive" -> {
        draft.budget = budget == null ? Long.valueOf(-1) : budget;
        draft.shown = !"omitted".equals(display);
      }
      default ->
          throw Fault.invalid(
              "thinking.type", "must be enabled, adaptive or disabled, but is \"" + type + "\"");
    }
  }

  private void outputConfig(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "effort" -> {
          String effort = json.textOrNull();
          if (effort != null && draft.effort != Effort.NONE) {
            draft.effort = Effort.of(effort);
          }
        }
        case "format" -> format(json);
        default -> lost(Feature.UNKNOWN, "output_config." + name, json);
      }
    }
  }

  private void format(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    Slice schema = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("schema")) {
        schema = json.rawOrNull();
      } else {
        json.skip();
      }
    }
    if (schema == null) {
      throw Fault.invalid("output_config.format.schema", "must be an object, but is absent");
    }
    draft.format = new OutputFormat.Schema(null, null, schema, null);
  }

  private void metadata(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("user_id")) {
        draft.user = json.textOrNull();
      } else {
        lost(Feature.UNKNOWN, "metadata." + name, json);
      }
    }
  }

  /// A thread lives at Anthropic. One that begins here simply is none, and its client will be told
  /// so when it wants to go on.
  private void thread(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    String type = "";
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("type")) {
        type = json.text();
      } else {
        json.skip();
      }
    }
    if (type.equals("continue")) {
      throw new Fault(
          GatewayError.Kind.THREAD_NOT_FOUND,
          "thread",
          "The thread is not known to the provider that answers; send the whole conversation.");
    }
    losses.lose(Feature.SERVER_STATE, "thread");
  }
}
