package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Arguments;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.ToolIds;
import dev.forebay.dialect.neutral.ToolNames;
import dev.forebay.dialect.neutral.Turn;
import dev.forebay.dialect.neutral.Turn.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the contents of a request. *Confined to one call.*
final class GeminiContents {

  private final Target target;
  private final Losses losses;
  private final JsonWriter out;
  private final ToolNames names;
  private final @Nullable String detail;

  /// The tools that were called, by the ids of the calls: results must name them.
  private final Map<String, String> called = new HashMap<>();

  /// A signature that belongs to the next part.
  private @Nullable String waiting;

  private boolean open;
  private boolean callsInTurn;
  private boolean cacheLost;

  /// @param detail how closely to look at what does not say so itself
  GeminiContents(
      Target target, Losses losses, JsonWriter out, ToolNames names, @Nullable String detail) {
    this.target = target;
    this.losses = losses;
    this.out = out;
    this.names = names;
    this.detail = detail;
  }

  void write(List<Turn> turns) {
    out.array("contents");
    for (Turn turn : turns) {
      if (turn.role().instructs()) {
        losses.lose(Feature.SYSTEM_LATER, turn.where());
      }
      turn(turn);
    }
    out.endArray();
  }

  /// Of a turn that has nothing to say nothing is written.
  private void turn(Turn turn) {
    String role = turn.role() == Role.ASSISTANT ? "model" : "user";
    open = false;
    callsInTurn = false;
    waiting = null;
    for (Part part : turn.parts()) {
      if (part instanceof Part.ToolResult result) {
        result(role, result);
      }
    }
    for (Part part : turn.parts()) {
      part(role, part);
    }
    if (waiting != null) {
      begin(role).field("text", "");
      end();
    }
    if (open) {
      out.endArray().endObject();
    }
  }

  /// Begins a part, and the content where it is the first.
  private JsonWriter begin(String role) {
    if (!open) {
      open = true;
      out.object().field("role", role).array("parts");
    }
    return out.object();
  }

  private void end() {
    if (waiting != null) {
      out.field("thoughtSignature", waiting);
      waiting = null;
    }
    out.endObject();
  }

  private void part(String role, Part part) {
    switch (part) {
      case Part.Text text -> {
        marked(text.cache(), text);
        if (!text.words().isEmpty()) {
          begin(role).field("text", text.words());
          end();
        }
        if (!text.citations().isEmpty()) {
          losses.lose(Feature.CITATIONS, text.where());
        }
      }
      case Part.Refusal refusal -> text(role, refusal.text());
      case Media media -> {
        marked(media.cache(), media);
        media(role, media);
      }
      case Part.ToolCall call -> call(role, call);
      case Part.Reasoning reasoning -> reasoning(role, reasoning);
      case Part.Foreign foreign -> losses.lose(Feature.FOREIGN_PART, foreign.where());
      // Written before everything else.
      case Part.ToolResult _ -> {}
    }
  }

  private void text(String role, String text) {
    if (!text.isEmpty()) {
      begin(role).field("text", text);
      end();
    }
  }

  private void reasoning(String role, Part.Reasoning reasoning) {
    Seal seal = reasoning.seal();
    if (seal == null || seal.payload().isEmpty() || !seal.belongsTo(target)) {
      losses.lose(Feature.REASONING, reasoning.where());
      return;
    }
    if (reasoning.text().isEmpty()) {
      waiting = seal.payload();
      return;
    }
    begin(role).field("text", reasoning.text()).field("thought", true);
    out.field("thoughtSignature", seal.payload()).endObject();
  }

  private void call(String role, Part.ToolCall call) {
    marked(call.cache(), call);
    called.put(call.id(), call.name());
    begin(role).object("functionCall").field("id", ToolIds.id(call.id()));
    out.field("name", names.fitted(call.name())).name("args");
    if (call.freeform()) {
      out.object().field("input", call.arguments()).endObject();
    } else if (call.hasObject()) {
      out.raw(call.arguments());
    } else {
      losses.lose(Feature.TOOL_ARGUMENTS, call.where());
      out.object().field("arguments", call.arguments()).endObject();
    }
    out.endObject();
    // The first call of a turn must be signed; the others are covered by it.
    if (waiting == null && !callsInTurn && target.traits().sealsDemanded()) {
      waiting = Signatures.NOBODYS;
    }
    callsInTurn = true;
    end();
  }

  private void result(String role, Part.ToolResult result) {
    marked(result.cache(), result);
    String name = result.name() == null ? called.get(result.callId()) : result.name();
    begin(role).object("functionResponse").field("id", ToolIds.id(result.callId()));
    out.field("name", names.fitted(name == null ? result.callId() : name)).name("response");
    response(result);
    boolean inside = target.traits().sealsDemanded();
    boolean list = false;
    for (Part part : result.content()) {
      if (inside && part instanceof Media media && blob(media) != null) {
        if (!list) {
          out.array("parts");
          list = true;
        }
        out.object();
        inline(blob(media));
        out.endObject();
      }
    }
    if (list) {
      out.endArray();
    }
    out.endObject();
    end();
    for (Part part : result.content()) {
      if (part instanceof Media media && !(inside && blob(media) != null)) {
        losses.lose(Feature.TOOL_MEDIA, media.where());
        media(role, media);
      }
    }
  }

  private static Source.@Nullable Inline blob(Media media) {
    return media.source() instanceof Source.Inline inline ? inline : null;
  }

  private void response(Part.ToolResult result) {
    if (result.content().size() == 1
        && result.content().getFirst() instanceof Part.Text text
        && !text.words().beginsWith('{')) {
      out.object().field(result.failed() ? "error" : "result", text.words()).endObject();
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Part part : result.content()) {
      switch (part) {
        case Part.Text words -> text.append(words.text());
        case Part.Refusal words -> text.append(words.text());
        case Media _ -> {}
        case Part.ToolCall _, Part.ToolResult _, Part.Reasoning _, Part.Foreign _ ->
            losses.lose(Feature.FOREIGN_PART, part.where());
      }
    }
    String words = text.toString();
    Slice object = words.startsWith("{") ? Arguments.object(words) : null;
    if (object != null && (!result.failed() || result.json())) {
      out.raw(object);
    } else {
      out.object().field(result.failed() ? "error" : "result", words).endObject();
    }
  }

  private void media(String role, Media media) {
    String resolution = resolution(media);
    if (media.name() != null) {
      losses.lose(Feature.DOCUMENT_NAME, media.where());
    }
    switch (media.source()) {
      case Source.Inline inline -> {
        begin(role);
        inline(inline);
        end(resolution);
      }
      case Source.Words words -> text(role, words.text());
      case Source.Url(String url, String mimeType) -> {
        if (!url.startsWith("https://")) {
          losses.lose(
              media.kind() == Media.Kind.IMAGE ? Feature.IMAGE_URL : Feature.DOCUMENT_URL,
              media.where());
          return;
        }
        String type = mimeType == null ? MediaTypes.of(url, media.kind()) : mimeType;
        begin(role).object("fileData").field("mimeType", type).field("fileUri", url).endObject();
        end(resolution);
      }
      case Source.Stored stored -> {
        if (stored.owner() != target.provider()) {
          losses.lose(Feature.STORED_FILE, media.where());
          return;
        }
        begin(role).object("fileData").optional("mimeType", stored.mimeType());
        out.field("fileUri", stored.id()).endObject();
        end(resolution);
      }
    }
  }

  /// What a part says of itself, if that can be told of a part.
  private @Nullable String resolution(Media media) {
    String asked = media.detail();
    if (asked == null || asked.equals(detail) || asked.equals("auto") && detail == null) {
      return null;
    }
    String level = target.traits().looksByPart() ? Resolution.level(asked) : null;
    if (level == null) {
      losses.lose(Feature.IMAGE_DETAIL, media.where());
    }
    return level;
  }

  private void end(@Nullable String resolution) {
    if (resolution != null) {
      out.object("mediaResolution").field("level", resolution).endObject();
    }
    end();
  }

  private void inline(Source.@Nullable Inline inline) {
    if (inline != null) {
      out.object("inlineData").field("mimeType", inline.mimeType());
      out.field("data", inline.base64()).endObject();
    }
  }

  private void marked(Part.@Nullable Cache cache, Part part) {
    if (cache != null && !cacheLost) {
      cacheLost = true;
      losses.lose(Feature.CACHE_MARK, part.where());
    }
  }
}
