package dev.forebay.dialect.messages;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.json.Words;
import dev.forebay.dialect.neutral.Arguments;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Cache;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads content blocks, of requests and of answers. *Confined to one call.*
///
/// @param group of the seals in them; null when they come from a client
record Blocks(@Nullable String group, @Nullable Losses losses) {

  /// A `content`: a string, or an array of blocks.
  List<Part> content(JsonReader json, Where owner) throws Fault {
    if (json.isText()) {
      return List.of(new Part.Text(json.words(), owner.then("content")));
    }
    if (!json.isArray()) {
      throw json.wrong("a string or an array of content blocks");
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; json.nextElement(); i++) {
      parts.add(block(json, owner.then("content", i)));
    }
    return parts;
  }

  /// The block that is current.
  Part block(JsonReader json, Where where) throws Fault {
    json.object();
    Fields fields = new Fields();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      field(fields, name, json, where);
    }
    // Of foreign blocks nothing is known but the type.
    if (fields.unknown != null && isKnown(fields.type)) {
      fields.unknown.forEach(name -> lose(Feature.UNKNOWN, where.then(name)));
    }
    return part(fields, where);
  }

  private void field(Fields fields, String name, JsonReader json, Where where) throws Fault {
    switch (name) {
      case "type" -> fields.type = json.text();
      case "text" -> fields.text = json.wordsOrNull();
      case "thinking" -> fields.thinking = said(json);
      case "signature" -> fields.signature = said(json);
      case "data" -> fields.data = said(json);
      case "id" -> fields.id = said(json);
      case "name" -> fields.name = said(json);
      case "title" -> fields.title = said(json);
      case "input" -> fields.input = json.rawOrNull();
      case "tool_use_id" -> fields.toolUseId = said(json);
      case "is_error" -> fields.failed = Boolean.TRUE.equals(json.flag());
      case "cache_control" -> fields.cache = cache(json);
      case "source" -> {
        if (json.isObject()) {
          fields.source = source(json, where.then("source"));
        } else {
          String said = json.textOrSkip();
          fields.title = fields.title == null ? said : fields.title;
        }
      }
      case "content" -> {
        // The type nearly always comes first; what comes before it waits for it.
        if (fields.type.equals("tool_result") && !json.isNull()) {
          fields.content = content(json, where);
        } else {
          fields.rawContent = json.rawOrNull();
        }
      }
      case "citations" -> {
        if (json.isArray()) {
          fields.citations = Citations.list(json);
        } else {
          if (json.isObject()) {
            lose(Feature.DOCUMENT_CONTEXT, where.then(name));
          }
          json.skip();
        }
      }
      case "context" -> {
        if (!json.isNull()) {
          lose(Feature.DOCUMENT_CONTEXT, where.then(name));
        }
        json.skip();
      }
      case "caller", "transformations" -> json.skip();
      case "toolset_name" -> {
        lose(Feature.TOOL_OPTIONS, where.then(name));
        json.skip();
      }
      default -> {
        fields.unknown = fields.unknown == null ? new ArrayList<>(1) : fields.unknown;
        fields.unknown.add(name);
        json.skip();
      }
    }
  }

  /// An answer is not lost for a field that may be absent, least of all in a block of a new kind.
  private @Nullable String said(JsonReader json) throws Fault {
    return losses == null ? json.textOrSkip() : json.textOrNull();
  }

  private static boolean isKnown(String type) {
    return switch (type) {
      case "text",
          "image",
          "document",
          "tool_use",
          "tool_result",
          "thinking",
          "redacted_thinking",
          "search_result" ->
          true;
      default -> false;
    };
  }

  private Part part(Fields fields, Where where) throws Fault {
    return switch (fields.type) {
      case "text" ->
          new Part.Text(
              required(fields.text, "text", where), fields.citations, fields.cache, where);
      case "image" -> media(fields, Media.Kind.IMAGE, where);
      case "document" -> media(fields, Media.Kind.DOCUMENT, where);
      case "tool_use" ->
          new Part.ToolCall(
              required(fields.id, "id", where),
              required(fields.name, "name", where),
              arguments(fields.input, where),
              false,
              fields.cache,
              where);
      case "tool_result" -> toolResult(fields, where);
      case "thinking" ->
          new Part.Reasoning(
              null,
              fields.thinking == null ? "" : fields.thinking,
              seal(fields.signature),
              false,
              where);
      case "redacted_thinking" -> new Part.Reasoning(null, "", seal(fields.data), true, where);
      case "search_result" -> searchResult(fields, where);
      case "" ->
          throw Fault.invalid(where.then("type").toString(), "must be a string, but is absent");
      default -> new Part.Foreign(fields.type, where);
    };
  }

  private static Slice arguments(@Nullable Slice input, Where where) throws Fault {
    if (input == null) {
      return Arguments.NONE;
    }
    if (input.array()[input.offset()] != '{') {
      throw Fault.invalid(where.then("input").toString(), "must be an object, but is not");
    }
    return input;
  }

  private Part media(Fields fields, Media.Kind kind, Where where) throws Fault {
    if (fields.source == null) {
      throw Fault.invalid(where.then("source").toString(), "must be an object, but is absent");
    }
    return new Media(kind, fields.source, fields.title, null, fields.cache, where);
  }

  private Part toolResult(Fields fields, Where where) throws Fault {
    List<Part> content = fields.content;
    if (content == null) {
      Slice raw = fields.rawContent;
      content = raw == null ? List.of() : content(JsonReader.of(raw, where.then("content")), where);
    }
    return new Part.ToolResult(
        required(fields.toolUseId, "tool_use_id", where),
        null,
        content,
        fields.failed,
        false,
        fields.cache,
        where);
  }

  /// A passage of the caller's own search becomes plain text; what made it citable is lost.
  private Part searchResult(Fields fields, Where where) throws Fault {
    lose(Feature.DOCUMENT_CONTEXT, where);
    StringBuilder text = new StringBuilder();
    if (fields.title != null) {
      text.append(fields.title).append('\n');
    }
    Slice raw = fields.rawContent;
    if (raw != null) {
      for (Part part : content(JsonReader.of(raw, where.then("content")), where)) {
        if (part instanceof Part.Text words) {
          text.append(words.text()).append('\n');
        }
      }
    }
    return new Part.Text(text.toString(), List.of(), fields.cache, where);
  }

  private @Nullable Source source(JsonReader json, Where where) throws Fault {
    String type = "";
    String mimeType = null;
    String data = null;
    String url = null;
    String file = null;
    Slice content = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "media_type" -> mimeType = json.textOrNull();
        case "data" -> data = json.textOrNull();
        case "url" -> url = json.textOrNull();
        case "file_id" -> file = json.textOrNull();
        case "content" -> content = json.rawOrNull();
        default -> json.skip();
      }
    }
    return switch (type) {
      case "base64" ->
          new Source.Inline(required(mimeType, "media_type", where), required(data, "data", where));
      case "url" -> new Source.Url(required(url, "url", where), null);
      case "file" -> new Source.Stored(Provider.ANTHROPIC, required(file, "file_id", where), null);
      case "text" -> new Source.Words(required(data, "data", where));
      case "content" -> words(content, where);
      default ->
          throw Fault.invalid(
              where.then("type").toString(),
              "must be base64, url, file, text or content, but is \"" + type + "\"");
    };
  }

  private Source words(@Nullable Slice content, Where where) throws Fault {
    StringBuilder text = new StringBuilder();
    if (content != null) {
      for (Part part : content(JsonReader.of(content, where.then("content")), where)) {
        if (part instanceof Part.Text words) {
          text.append(words.text()).append('\n');
        } else {
          lose(Feature.FOREIGN_PART, part.where());
        }
      }
    }
    return new Source.Words(text.toString());
  }

  static @Nullable Cache cache(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return null;
    }
    Cache cache = Cache.USUAL;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("ttl") && json.isText()) {
        cache =
            switch (json.text()) {
              case "1h" -> Cache.LONG;
              case "5m" -> Cache.SHORT;
              default -> Cache.USUAL;
            };
      } else {
        json.skip();
      }
    }
    return cache;
  }

  /// What a client holds may be anybody's; what the provider says is its own.
  private @Nullable Seal seal(@Nullable String payload) {
    if (payload == null || payload.isEmpty()) {
      return null;
    }
    return losses == null
        ? new Seal(Provider.ANTHROPIC, group, payload)
        : Seal.of(payload, Provider.ANTHROPIC);
  }

  private void lose(Feature feature, Where where) {
    if (losses != null) {
      losses.lose(feature, where);
    }
  }

  /// What one block has said so far.
  private static final class Fields {
    private String type = "";
    private @Nullable Words text;
    private @Nullable String thinking;
    private @Nullable String signature;
    private @Nullable String data;
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String title;
    private @Nullable Slice input;
    private @Nullable String toolUseId;
    private boolean failed;
    private @Nullable Cache cache;
    private @Nullable Source source;
    private @Nullable List<Part> content;
    private @Nullable Slice rawContent;
    private List<Citation> citations = List.of();
    private @Nullable List<String> unknown;
  }

  private static <T> T required(@Nullable T value, String field, Where where) throws Fault {
    if (value == null) {
      throw Fault.invalid(where.then(field).toString(), "must be a string, but is absent");
    }
    return value;
  }
}
