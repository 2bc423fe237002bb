package dev.forebay.dialect.chat;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.DataUrl;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the messages of a request into turns. *Confined to one call.*
///
/// Messages with the results of tools become one turn of the user.
final class ChatMessages {

  private final Conversation.Draft draft;
  private final Losses losses;
  private final List<Part> results = new ArrayList<>();
  private @Nullable Where resultsAt;

  ChatMessages(Conversation.Draft draft, Losses losses) {
    this.draft = draft;
    this.losses = losses;
  }

  void message(JsonReader json, Where where) throws Fault {
    json.object();
    String role = null;
    Said said = new Said();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "role" -> role = json.text();
        case "content" -> said.content = content(json, where);
        case "name" -> said.name = json.textOrNull();
        case "tool_call_id" -> said.callId = json.textOrNull();
        case "tool_calls" -> {
          if (json.arrayOrNull()) {
            said.calls = ChatCalls.calls(json, where);
          }
        }
        case "function_call" -> {
          if (json.objectOrNull()) {
            said.calls = List.of(ChatCalls.function(json, where.then(name)));
          }
        }
        case "refusal" -> said.refusal = json.textOrNull();
        case "reasoning_content" -> said.reasoning = json.textOrNull();
        case "images" -> said.pictures = ChatImages.read(json, where);
        case "reasoning_details" -> said.details = details(json, where);
        case "audio" -> {
          if (!json.isNull()) {
            losses.lose(Feature.STORED_FILE, where.then(name));
          }
          json.skip();
        }
        case "extra_content" -> said.seal = ChatCalls.seal(json, where);
        // What answers have and requests mean nothing by.
        case "annotations" -> json.skip();
        default -> {
          if (!json.isNull()) {
            losses.lose(Feature.UNKNOWN, where.then(name));
          }
          json.skip();
        }
      }
    }
    turn(role, said, where);
  }

  private void turn(@Nullable String role, Said said, Where where) throws Fault {
    switch (role) {
      case null ->
          throw Fault.invalid(where.then("role").toString(), "must be a string, but is absent");
      case "tool", "function" -> result(role, said, where);
      case "assistant" -> {
        end();
        if (said.name != null) {
          losses.lose(Feature.PARTICIPANT, where.then("name"));
        }
        draft.turns.add(new Turn(Turn.Role.ASSISTANT, assistant(said, where), where));
      }
      case "user" -> speak(Turn.Role.USER, said, where);
      case "system" -> speak(Turn.Role.SYSTEM, said, where);
      case "developer" -> speak(Turn.Role.DEVELOPER, said, where);
      default ->
          throw Fault.invalid(
              where.then("role").toString(),
              "must be system, developer, user, assistant or tool, but is \"" + role + "\"");
    }
  }

  private void speak(Turn.Role role, Said said, Where where) throws Fault {
    end();
    if (said.content == null) {
      throw Fault.invalid(
          where.then("content").toString(),
          "must be a string or an array of content parts, but is absent");
    }
    if (said.name != null) {
      losses.lose(Feature.PARTICIPANT, where.then("name"));
    }
    draft.turns.add(new Turn(role, said.content, where));
  }

  private void result(String role, Said said, Where where) throws Fault {
    // The older kind of result has no id; the call got the same one made up.
    String id =
        role.equals("function") && said.name != null ? ChatCalls.oldId(said.name) : said.callId;
    if (id == null) {
      throw Fault.invalid(where.then("tool_call_id").toString(), "must be a string, but is absent");
    }
    List<Part> content = said.content == null ? List.of() : said.content;
    resultsAt = resultsAt == null ? where : resultsAt;
    results.add(new Part.ToolResult(id, said.name, content, false, false, null, where));
  }

  /// Whatever follows, the results so far are a turn.
  void end() {
    if (resultsAt != null) {
      draft.turns.add(new Turn(Turn.Role.USER, results, resultsAt));
      results.clear();
      resultsAt = null;
    }
  }

  private static List<Part> assistant(Said said, Where where) {
    List<Part> parts = new ArrayList<>(said.details);
    boolean told = said.details.stream().anyMatch(ChatMessages::hasWords);
    if (said.reasoning != null && !said.reasoning.isEmpty() && !told) {
      Where at = where.then("reasoning_content");
      if (said.details.size() == 1
          && said.details.getFirst() instanceof Part.Reasoning(var id, _, var seal, _, _)) {
        parts.clear();
        parts.add(new Part.Reasoning(id, said.reasoning, seal, false, at));
      } else {
        parts.addFirst(new Part.Reasoning(null, said.reasoning, null, false, at));
      }
    }
    if (said.content != null) {
      parts.addAll(said.content);
    }
    if (said.refusal != null) {
      parts.add(new Part.Refusal(said.refusal, where.then("refusal")));
    }
    parts.addAll(said.pictures);
    parts.addAll(said.calls);
    if (said.seal != null) {
      parts.add(said.seal);
    }
    return parts;
  }

  private static boolean hasWords(Part part) {
    return part instanceof Part.Reasoning reasoning && !reasoning.text().isEmpty();
  }

  private @Nullable List<Part> content(JsonReader json, Where where) throws Fault {
    if (json.isNull()) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    if (json.isText()) {
      parts.add(new Part.Text(json.words(), where.then("content")));
      return parts;
    }
    if (!json.isArray()) {
      throw json.wrong("a string or an array of content parts");
    }
    for (int i = 0; json.nextElement(); i++) {
      parts.add(part(json, where.then("content", i)));
    }
    return parts;
  }

  private Part part(JsonReader json, Where where) throws Fault {
    json.object();
    String type = "";
    String text = null;
    Part.Cache cache = null;
    Object media = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "text", "refusal" -> text = json.text();
        case "image_url" -> media = image(json, where);
        case "input_audio" -> media = audio(json, where);
        case "file" -> media = file(json, where);
        case "prompt_cache_breakpoint" -> cache = PromptCache.mark(json);
        default -> {
          losses.lose(Feature.UNKNOWN, where.then(name));
          json.skip();
        }
      }
    }
    return switch (type) {
      case "text", "refusal" -> {
        if (text == null) {
          throw Fault.invalid(where.then(type).toString(), "must be a string, but is absent");
        }
        yield type.equals("text")
            ? new Part.Text(text, List.of(), cache, where)
            : new Part.Refusal(text, where);
      }
      case "image_url", "input_audio", "file" -> {
        if (!(media instanceof Media found)) {
          throw Fault.invalid(where.then(type).toString(), "must be an object, but is absent");
        }
        yield cache == null
            ? found
            : new Media(found.kind(), found.source(), found.name(), found.detail(), cache, where);
      }
      case "" ->
          throw Fault.invalid(where.then("type").toString(), "must be a string, but is absent");
      default -> new Part.Foreign(type, where);
    };
  }

  private static Media image(JsonReader json, Where where) throws Fault {
    json.object();
    String url = null;
    String detail = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "url" -> url = json.text();
        case "detail" -> detail = json.textOrNull();
        default -> json.skip();
      }
    }
    if (url == null) {
      throw Fault.invalid(
          where.then("image_url").then("url").toString(), "must be a string, but is absent");
    }
    return new Media(Media.Kind.IMAGE, DataUrl.source(url), null, detail, null, where);
  }

  private static Media audio(JsonReader json, Where where) throws Fault {
    json.object();
    String data = null;
    String format = "wav";
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "data" -> data = json.text();
        case "format" -> format = json.text();
        default -> json.skip();
      }
    }
    if (data == null) {
      throw Fault.invalid(
          where.then("input_audio").then("data").toString(), "must be a string, but is absent");
    }
    Source source = new Source.Inline("audio/" + format, data);
    return new Media(Media.Kind.AUDIO, source, null, null, null, where);
  }

  private static Media file(JsonReader json, Where where) throws Fault {
    json.object();
    String data = null;
    String id = null;
    String filename = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "file_data" -> data = json.textOrNull();
        case "file_id" -> id = json.textOrNull();
        case "filename" -> filename = json.textOrNull();
        default -> json.skip();
      }
    }
    if (data == null && id == null) {
      throw Fault.invalid(
          where.then("file").toString(), "must have file_data or file_id, but has neither");
    }
    Source source;
    if (data == null) {
      source = new Source.Stored(Provider.OPENAI, String.valueOf(id), null);
    } else {
      Source.Inline inline = DataUrl.inline(data);
      source = inline == null ? new Source.Inline("application/pdf", data) : inline;
    }
    return new Media(Media.Kind.DOCUMENT, source, filename, null, null, where);
  }

  private List<Part> details(JsonReader json, Where where) throws Fault {
    return json.arrayOrNull() ? ChatDetails.read(json, where) : List.of();
  }

  /// What one message has said so far.
  private static final class Said {
    private @Nullable List<Part> content;
    private @Nullable String name;
    private @Nullable String callId;
    private List<Part> calls = List.of();
    private @Nullable String refusal;
    private @Nullable String reasoning;
    private List<Part> details = List.of();
    private List<Part> pictures = List.of();

    /// What Google signed of the message as a whole.
    private @Nullable Part seal;
  }
}
