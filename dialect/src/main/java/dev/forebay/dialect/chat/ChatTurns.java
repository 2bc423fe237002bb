package dev.forebay.dialect.chat;

import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Words;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.ToolIds;
import dev.forebay.dialect.neutral.ToolNames;
import dev.forebay.dialect.neutral.Turn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the messages of a request. *Confined to one call.*
///
/// A turn of the user with results of tools becomes one message for each of them and, where more is
/// said or shown, one of the user behind.
final class ChatTurns {

  private static final String PDF = "application/pdf";

  private final Target target;
  private final Losses losses;
  private final JsonWriter out;
  private final ToolNames names;
  private final @Nullable String detail;
  private final CacheMarks marks;

  /// @param detail how closely to look at what does not say so itself
  ChatTurns(
      Target target, Losses losses, JsonWriter out, ToolNames names, @Nullable String detail) {
    this.target = target;
    this.losses = losses;
    this.marks = new CacheMarks(target, losses);
    this.out = out;
    this.names = names;
    this.detail = detail;
  }

  void write(List<Turn> turns) {
    out.array("messages");
    for (Turn turn : turns) {
      switch (turn.role()) {
        case SYSTEM -> speak("system", turn.parts());
        case DEVELOPER -> speak("developer", turn.parts());
        case USER -> user(turn.parts());
        case ASSISTANT -> assistant(turn.parts());
      }
    }
    out.endArray();
  }

  private void user(List<Part> parts) {
    List<Part> said = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        result(result, said);
      }
    }
    for (Part part : parts) {
      if (!(part instanceof Part.ToolResult)) {
        said.add(part);
      }
    }
    speak("user", said);
  }

  private void result(Part.ToolResult result, List<Part> behind) {
    out.object().field("role", "tool").field("tool_call_id", ToolIds.id(result.callId()));
    if (isMarked(result)) {
      pieces(result, behind);
    } else if (result.content().size() == 1
        && result.content().getFirst() instanceof Part.Text text
        && !result.failed()) {
      cited(text);
      out.field("content", text.words()).endObject();
    } else {
      joined(result, behind);
    }
  }

  /// Whether a mark of the prompt cache stands in it or behind it.
  private boolean isMarked(Part.ToolResult result) {
    boolean marked = marks.taken(result.cache(), result) != null;
    for (Part part : result.content()) {
      marked |= part instanceof Part.Text text && marks.taken(text.cache(), text) != null;
    }
    return marked;
  }

  /// Texts stay apart where one is marked; a mark behind all of them is one of the last.
  private void pieces(Part.ToolResult result, List<Part> behind) {
    List<Part.Text> texts = new ArrayList<>();
    if (result.failed()) {
      losses.lose(Feature.TOOL_FAILED, result.where());
      texts.add(new Part.Text("Error: ", result.where()));
    }
    for (Part part : result.content()) {
      if (part instanceof Part.Text text) {
        texts.add(text);
      } else {
        aside(part, behind);
      }
    }
    if (texts.isEmpty()) {
      texts.add(new Part.Text("", result.where()));
    }
    out.array("content");
    for (int i = 0; i < texts.size(); i++) {
      Part.Text text = texts.get(i);
      cited(text);
      boolean last = i == texts.size() - 1;
      text(text.words(), last && text.cache() == null ? result.cache() : text.cache());
    }
    out.endArray().endObject();
  }

  /// What is no text of a result.
  private void aside(Part part, List<Part> behind) {
    if (part instanceof Media media) {
      losses.lose(Feature.TOOL_MEDIA, media.where());
      behind.add(media);
    } else {
      losses.lose(Feature.FOREIGN_PART, part.where());
    }
  }

  private void joined(Part.ToolResult result, List<Part> behind) {
    StringBuilder text = new StringBuilder();
    if (result.failed()) {
      losses.lose(Feature.TOOL_FAILED, result.where());
      text.append("Error: ");
    }
    for (Part part : result.content()) {
      if (part instanceof Part.Text words) {
        text.append(words.text());
      } else {
        aside(part, behind);
      }
    }
    out.field("content", text.toString()).endObject();
  }

  private void speak(String role, List<Part> parts) {
    List<Part> sayable = new ArrayList<>(parts.size());
    for (Part part : parts) {
      if (canSay(part)) {
        sayable.add(part);
      }
    }
    if (sayable.isEmpty()) {
      return;
    }
    out.object().field("role", role);
    content(sayable);
    out.endObject();
  }

  /// One text stands alone, as older servers want it.
  private void content(List<Part> parts) {
    if (parts.size() == 1
        && parts.getFirst() instanceof Part.Text text
        && marks.taken(text.cache(), text) == null) {
      cited(text);
      out.field("content", text.words());
      return;
    }
    out.array("content");
    parts.forEach(this::part);
    out.endArray();
  }

  /// Whether a part has a place in a message of anybody but the model; what has none is lost.
  private boolean canSay(Part part) {
    return switch (part) {
      case Part.Text _, Part.Refusal _ -> true;
      case Media media -> canShow(media);
      case Part.Reasoning reasoning -> {
        losses.lose(Feature.REASONING, reasoning.where());
        yield false;
      }
      case Part.ToolCall _, Part.ToolResult _, Part.Foreign _ -> {
        losses.lose(Feature.FOREIGN_PART, part.where());
        yield false;
      }
    };
  }

  private boolean canShow(Media media) {
    if (media.source() instanceof Source.Stored stored && stored.owner() != target.provider()) {
      losses.lose(Feature.STORED_FILE, media.where());
      return false;
    }
    Feature lost =
        switch (media.kind()) {
          case IMAGE -> media.source() instanceof Source.Stored ? Feature.STORED_FILE : null;
          case AUDIO -> Sound.givenForm(media) == null ? Feature.AUDIO_FORM : null;
          case VIDEO -> Feature.VIDEO;
          case DOCUMENT ->
              switch (media.source()) {
                case Source.Url _ -> Feature.DOCUMENT_URL;
                case Source.Inline inline ->
                    inline.mimeType().equals(PDF) || isText(inline) ? null : Feature.DOCUMENT;
                case Source.Stored _, Source.Words _ -> null;
              };
        };
    if (lost != null) {
      losses.lose(lost, media.where());
    }
    return lost == null;
  }

  private static boolean isText(Source.Inline inline) {
    return inline.mimeType().startsWith("text/") || inline.mimeType().equals("application/json");
  }

  private void part(Part part) {
    switch (part) {
      case Part.Text text -> {
        cited(text);
        text(text.words(), marks.taken(text.cache(), text));
      }
      case Part.Refusal refusal ->
          out.object().field("type", "refusal").field("refusal", refusal.text()).endObject();
      case Media media -> media(media, marks.taken(media.cache(), media));
      case Part.ToolCall _, Part.ToolResult _, Part.Reasoning _, Part.Foreign _ -> {}
    }
  }

  private void text(Words words, Part.@Nullable Cache cache) {
    out.object().field("type", "text").field("text", words);
    PromptCache.mark(cache, out).endObject();
  }

  private void media(Media media, Part.@Nullable Cache cache) {
    if (media.name() != null && media.kind() != Media.Kind.DOCUMENT) {
      losses.lose(Feature.DOCUMENT_NAME, media.where());
    }
    switch (media.kind()) {
      case IMAGE -> {
        out.object().field("type", "image_url").object("image_url");
        switch (media.source()) {
          case Source.Inline inline -> dataUrl("url", inline);
          case Source.Url url -> out.field("url", url.url());
          case Source.Stored _, Source.Words _ -> {}
        }
        String asked = media.detail() == null ? detail : media.detail();
        if ("medium".equals(asked)) {
          losses.lose(Feature.IMAGE_DETAIL, media.where());
        } else {
          out.optional("detail", asked);
        }
        out.endObject();
        PromptCache.mark(cache, out).endObject();
      }
      case AUDIO -> {
        if (media.source() instanceof Source.Inline inline) {
          out.object().field("type", "input_audio").object("input_audio");
          out.field("data", inline.base64()).field("format", Sound.givenForm(media)).endObject();
          PromptCache.mark(cache, out).endObject();
        }
      }
      case DOCUMENT -> document(media, cache);
      case VIDEO -> {}
    }
  }

  private void document(Media media, Part.@Nullable Cache cache) {
    String asked = media.detail() == null ? detail : media.detail();
    if (asked != null && !asked.equals("auto")) {
      losses.lose(Feature.IMAGE_DETAIL, media.where());
    }
    switch (media.source()) {
      case Source.Words words -> titled(media, words.text(), cache);
      case Source.Inline inline -> {
        if (isText(inline)) {
          titled(media, decoded(inline), cache);
          return;
        }
        out.object().field("type", "file").object("file");
        out.field("filename", media.name() == null ? "document.pdf" : media.name());
        dataUrl("file_data", inline);
        out.endObject();
        PromptCache.mark(cache, out).endObject();
      }
      case Source.Stored stored -> {
        out.object().field("type", "file").object("file");
        out.field("file_id", stored.id()).endObject();
        PromptCache.mark(cache, out).endObject();
      }
      case Source.Url _ -> {}
    }
  }

  private void titled(Media media, String text, Part.@Nullable Cache cache) {
    text(Words.of(media.name() == null ? text : media.name() + "\n\n" + text), cache);
  }

  private static String decoded(Source.Inline inline) {
    try {
      return new String(Base64.getDecoder().decode(inline.base64()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return inline.base64();
    }
  }

  private void dataUrl(String field, Source.Inline inline) {
    out.field(field, "data:" + inline.mimeType() + ";base64," + inline.base64());
  }

  private void assistant(List<Part> parts) {
    List<Part> said = new ArrayList<>();
    List<Part.ToolCall> calls = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.ToolCall call) {
        calls.add(call);
      } else if (part instanceof Media media) {
        // The model's own pictures cannot be shown to it again.
        losses.lose(Feature.FOREIGN_PART, media.where());
      } else if (canSay(part)) {
        said.add(part);
      }
    }
    if (said.isEmpty() && calls.isEmpty()) {
      return;
    }
    out.object().field("role", "assistant");
    if (said.size() == 1 && said.getFirst() instanceof Part.Refusal refusal) {
      out.nothing("content").field("refusal", refusal.text());
    } else if (said.isEmpty()) {
      out.nothing("content");
    } else {
      content(said);
    }
    if (!calls.isEmpty()) {
      out.array("tool_calls");
      calls.forEach(this::call);
      out.endArray();
    }
    out.endObject();
  }

  private void call(Part.ToolCall call) {
    marks.lose(call.cache(), call);
    out.object().field("id", ToolIds.id(call.id()));
    String type = call.freeform() ? "custom" : "function";
    out.field("type", type).object(type).field("name", names.fitted(call.name()));
    out.name(call.freeform() ? "input" : "arguments");
    if (call.hasObject()) {
      out.quoted(call.arguments());
    } else {
      out.raw(call.arguments());
    }
    out.endObject().endObject();
  }

  private void cited(Part.Text text) {
    if (!text.citations().isEmpty()) {
      losses.lose(Feature.CITATIONS, text.where());
    }
  }
}
