package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Inbound;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads one request. *Confined to one call.*
final class GeminiRequestReader {

  private final Losses losses;
  private final Conversation.Draft draft = new Conversation.Draft();
  private final GeminiParts parts;
  private @Nullable Turn system;
  private boolean contentsSeen;

  GeminiRequestReader(Losses losses) {
    this.losses = losses;
    this.parts = new GeminiParts(new CallIds("request", 0), null, losses);
  }

  Conversation read(Slice body, Inbound.Ask ask) throws Fault {
    draft.model = ask.model();
    draft.stream = ask.stream();
    draft.usageAsked = true;
    JsonReader json = JsonReader.ofObject(body);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      field(name, json);
    }
    json.end();
    if (!contentsSeen) {
      throw Fault.invalid("contents", "must be an array, but is absent");
    }
    if (system != null) {
      draft.turns.addFirst(system);
    }
    return draft.done();
  }

  private void field(String name, JsonReader json) throws Fault {
    switch (Spelling.camel(name)) {
      case "contents" -> contents(json);
      case "systemInstruction" -> system = system(json);
      case "tools" -> new GeminiTools(draft, losses).tools(json);
      case "toolConfig" -> new GeminiTools(draft, losses).config(json);
      case "generationConfig" -> new GenerationConfig(draft, losses).read(json);
      case "labels" -> draft.metadata = json.rawOrNull();
      case "serviceTier" -> {
        String tier = json.textOrNull();
        draft.tier = tier == null ? null : tier(tier);
      }
      case "cachedContent" -> lost(Feature.CACHED_CONTENT, name, json);
      case "safetySettings" -> lost(Feature.SAFETY, name, json);
      case "store" -> draft.store = json.flag();
      // Said in the path already.
      case "model" -> json.skip();
      default -> lost(Feature.UNKNOWN, name, json);
    }
  }

  private static String tier(String word) {
    String tier = word.toLowerCase(Locale.ROOT);
    return tier.equals("standard") ? "default" : tier;
  }

  private void lost(Feature feature, String path, JsonReader json) throws Fault {
    if (!json.isNull()) {
      losses.lose(feature, path);
    }
    json.skip();
  }

  private @Nullable Turn system(JsonReader json) throws Fault {
    Where where = Where.of("systemInstruction");
    if (json.isNull()) {
      return null;
    }
    if (json.isText()) {
      return new Turn(Turn.Role.SYSTEM, List.of(new Part.Text(json.text(), where)), where);
    }
    Turn said = content(json, where);
    return new Turn(Turn.Role.SYSTEM, said.parts(), where);
  }

  private void contents(JsonReader json) throws Fault {
    contentsSeen = true;
    if (json.isObject()) {
      draft.turns.add(content(json, Where.of("contents")));
      return;
    }
    json.array();
    for (int i = 0; json.nextElement(); i++) {
      Turn turn = content(json, Where.of("contents", i));
      Turn last = draft.turns.isEmpty() ? null : draft.turns.getLast();
      // Chats keep one content for each chunk of an answer.
      if (last != null && last.role() == turn.role() && turn.role() == Turn.Role.ASSISTANT) {
        draft.turns.removeLast();
        List<Part> joined = new ArrayList<>(last.parts());
        joined.addAll(turn.parts());
        draft.turns.add(new Turn(turn.role(), joined(joined), last.where()));
      } else {
        draft.turns.add(turn);
      }
    }
  }

  /// Pieces of one text are one text again, and so are thoughts and the seal behind them.
  private static List<Part> joined(List<Part> parts) {
    List<Part> joined = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Text text
          && !joined.isEmpty()
          && joined.getLast() instanceof Part.Text before) {
        joined.removeLast();
        joined.add(new Part.Text(before.text() + text.text(), before.where()));
      } else if (part instanceof Part.Reasoning thought
          && !joined.isEmpty()
          && joined.getLast() instanceof Part.Reasoning before
          && before.seal() == null
          && (thought.seal() == null || thought.seal().owner() != Provider.GEMINI)) {
        joined.removeLast();
        String text = before.text() + thought.text();
        joined.add(
            new Part.Reasoning(null, text, thought.seal(), thought.redacted(), before.where()));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }

  private Turn content(JsonReader json, Where where) throws Fault {
    json.object();
    Turn.Role role = Turn.Role.USER;
    List<Part> said = List.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "role" -> role = role(json);
        case "parts" -> {
          if (json.isObject()) {
            throw json.wrong("an array");
          }
          said = json.isNull() ? List.of() : parts.list(json, where);
        }
        default -> {
          losses.lose(Feature.UNKNOWN, where.then(name));
          json.skip();
        }
      }
    }
    return new Turn(role, role == Turn.Role.ASSISTANT ? joined(said) : said, where);
  }

  private static Turn.Role role(JsonReader json) throws Fault {
    String role = json.textOrNull();
    return switch (role) {
      case null -> Turn.Role.USER;
      case "user", "function", "" -> Turn.Role.USER;
      case "model" -> Turn.Role.ASSISTANT;
      case "system" -> Turn.Role.SYSTEM;
      default -> throw Fault.invalid(json.path(), "must be user or model, but is \"" + role + "\"");
    };
  }
}
