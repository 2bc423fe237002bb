package dev.forebay.dialect.responses;

import dev.forebay.dialect.chat.CacheMarks;
import dev.forebay.dialect.chat.PromptCache;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Words;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.ToolIds;
import dev.forebay.dialect.neutral.ToolNames;
import dev.forebay.dialect.neutral.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the items of a request. *Confined to one call.*
///
/// Results of tools are items of their own, before whatever else is said in their turn; what the
/// model said stands in messages between its thoughts and calls, in the order it came.
final class ResponsesTurns {

  private final Target target;
  private final Losses losses;
  private final JsonWriter out;
  private final ToolNames names;
  private final @Nullable String detail;

  /// The calls that took text: their results are of another type.
  private final Set<String> freeform = new HashSet<>();

  private boolean messageOpen;
  private final CacheMarks marks;

  /// @param detail how closely to look at what does not say so itself
  ResponsesTurns(
      Target target, Losses losses, JsonWriter out, ToolNames names, @Nullable String detail) {
    this.target = target;
    this.losses = losses;
    this.marks = new CacheMarks(target, losses);
    this.out = out;
    this.names = names;
    this.detail = detail;
  }

  void write(Iterable<Turn> turns) {
    out.array("input");
    for (Turn turn : turns) {
      turn(turn);
    }
    out.endArray();
  }

  private void turn(Turn turn) {
    for (Part part : turn.parts()) {
      if (part instanceof Part.ToolResult result) {
        result(result);
      }
    }
    for (Part part : turn.parts()) {
      part(turn.role(), part);
    }
    close();
  }

  private void part(Turn.Role role, Part part) {
    boolean own = role == Turn.Role.ASSISTANT;
    switch (part) {
      case Part.Text text -> {
        if (!text.words().isEmpty()) {
          open(role);
          if (own) {
            marks.lose(text.cache(), text);
            out.object().field("type", "output_text").field("text", text.words());
            if (!text.citations().isEmpty()) {
              annotations(text);
            }
            out.endObject();
          } else {
            cited(text);
            text(text.words(), marks.taken(text.cache(), text));
          }
        }
      }
      case Part.Refusal refusal -> {
        open(role);
        if (own) {
          out.object().field("type", "refusal").field("refusal", refusal.text()).endObject();
        } else {
          text("input_text", refusal.text());
        }
      }
      case Media media -> {
        if (own) {
          shown(media);
        } else if (canShow(media)) {
          open(role);
          media(media, marks.taken(media.cache(), media));
        }
      }
      case Part.ToolCall call -> call(call);
      case Part.Reasoning reasoning -> reasoning(reasoning);
      case Part.Foreign foreign -> losses.lose(Feature.FOREIGN_PART, foreign.where());
      // Written before everything else.
      case Part.ToolResult _ -> {}
    }
  }

  /// A picture that a model made: only OpenAI's own have a name here.
  private void shown(Media media) {
    String id = media.made() == null ? null : media.made().id();
    if (id != null
        && media.kind() == Media.Kind.IMAGE
        && media.source() instanceof Source.Inline picture) {
      close();
      out.object().field("type", "image_generation_call").field("id", id);
      out.field("status", "completed").field("result", picture.base64());
      out.optional("output_format", Output.form(picture)).endObject();
    } else {
      losses.lose(Feature.FOREIGN_PART, media.where());
    }
  }

  private void open(Turn.Role role) {
    if (!messageOpen) {
      messageOpen = true;
      out.object().field("type", "message");
      out.field(
          "role",
          switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER -> "user";
            case ASSISTANT -> "assistant";
          });
      out.array("content");
    }
  }

  private void close() {
    if (messageOpen) {
      messageOpen = false;
      out.endArray().endObject();
    }
  }

  private void text(String type, String text) {
    out.object().field("type", type).field("text", text).endObject();
  }

  private void text(Words words, Part.@Nullable Cache cache) {
    out.object().field("type", "input_text").field("text", words);
    PromptCache.mark(cache, out).endObject();
  }

  private void call(Part.ToolCall call) {
    close();
    marks.lose(call.cache(), call);
    String type = call.freeform() ? "custom_tool_call" : "function_call";
    if (call.freeform()) {
      freeform.add(call.id());
    }
    out.object().field("type", type).field("call_id", ToolIds.id(call.id()));
    out.field("name", names.fitted(call.name()));
    out.name(call.freeform() ? "input" : "arguments");
    if (call.hasObject()) {
      out.quoted(call.arguments());
    } else {
      out.raw(call.arguments());
    }
    out.endObject();
  }

  private void result(Part.ToolResult result) {
    boolean custom = freeform.contains(result.callId());
    out.object().field("type", custom ? "custom_tool_call_output" : "function_call_output");
    out.field("call_id", ToolIds.id(result.callId()));
    if (isApart(result)) {
      pieces(result);
    } else if (result.content().size() == 1
        && result.content().getFirst() instanceof Part.Text text
        && !result.failed()) {
      cited(text);
      out.field("output", text.words()).endObject();
    } else {
      joined(result);
    }
  }

  private void joined(Part.ToolResult result) {
    StringBuilder text = new StringBuilder();
    if (result.failed()) {
      losses.lose(Feature.TOOL_FAILED, result.where());
      text.append("Error: ");
    }
    for (Part part : result.content()) {
      if (part instanceof Part.Text words) {
        text.append(words.text());
      } else if (!(part instanceof Media)) {
        losses.lose(Feature.FOREIGN_PART, part.where());
      }
    }
    out.field("output", text.toString()).endObject();
  }

  /// Whether more than one text makes it up: pictures, or a mark of the prompt cache.
  private boolean isApart(Part.ToolResult result) {
    boolean apart = marks.taken(result.cache(), result) != null;
    for (Part part : result.content()) {
      apart |= part instanceof Part.Text text && marks.taken(text.cache(), text) != null;
      apart |= part instanceof Media media && canShow(media);
    }
    return apart;
  }

  /// Parts in their order; a mark behind all of them is one of the last.
  private void pieces(Part.ToolResult result) {
    List<Part> parts = new ArrayList<>();
    if (result.failed()) {
      losses.lose(Feature.TOOL_FAILED, result.where());
      parts.add(new Part.Text("Error: ", result.where()));
    }
    for (Part part : result.content()) {
      if (part instanceof Part.Text || part instanceof Media media && canShow(media)) {
        parts.add(part);
      } else if (!(part instanceof Media)) {
        losses.lose(Feature.FOREIGN_PART, part.where());
      }
    }
    if (parts.isEmpty()) {
      parts.add(new Part.Text("", result.where()));
    }
    out.array("output");
    for (int i = 0; i < parts.size(); i++) {
      Part.Cache behind = i == parts.size() - 1 ? marks.taken(result.cache(), result) : null;
      switch (parts.get(i)) {
        case Part.Text text -> {
          Part.Cache own = marks.taken(text.cache(), text);
          text(text.words(), own == null ? behind : own);
        }
        case Media media -> {
          Part.Cache own = marks.taken(media.cache(), media);
          media(media, own == null ? behind : own);
        }
        case Part.ToolCall _,
            Part.ToolResult _,
            Part.Reasoning _,
            Part.Refusal _,
            Part.Foreign _ -> {}
      }
    }
    out.endArray().endObject();
  }

  private void reasoning(Part.Reasoning reasoning) {
    Seal seal = reasoning.seal();
    if (seal == null || seal.payload().isEmpty() || !seal.belongsTo(target)) {
      losses.lose(Feature.REASONING, reasoning.where());
      return;
    }
    close();
    out.object().field("type", "reasoning");
    out.optional("id", ReasoningSeals.id(seal, reasoning.id())).array("summary");
    if (!reasoning.text().isEmpty()) {
      text("summary_text", reasoning.text());
    }
    out.endArray().field("encrypted_content", ReasoningSeals.encrypted(seal)).endObject();
  }

  private boolean canShow(Media media) {
    if (media.source() instanceof Source.Stored stored && stored.owner() != target.provider()) {
      losses.lose(Feature.STORED_FILE, media.where());
      return false;
    }
    Feature lost =
        switch (media.kind()) {
          case IMAGE, DOCUMENT -> null;
          case AUDIO -> Sound.givenForm(media) == null ? Feature.AUDIO_FORM : null;
          case VIDEO -> Feature.VIDEO;
        };
    if (lost != null) {
      losses.lose(lost, media.where());
    }
    return lost == null;
  }

  private void media(Media media, Part.@Nullable Cache cache) {
    if (media.name() != null && media.kind() != Media.Kind.DOCUMENT) {
      losses.lose(Feature.DOCUMENT_NAME, media.where());
    }
    switch (media.kind()) {
      case IMAGE -> {
        out.object().field("type", "input_image");
        switch (media.source()) {
          case Source.Inline inline -> dataUrl("image_url", inline);
          case Source.Url url -> out.field("image_url", url.url());
          case Source.Stored stored -> out.field("file_id", stored.id());
          case Source.Words words -> out.field("image_url", words.text());
        }
        String asked = asked(media);
        out.field("detail", asked == null ? "auto" : asked);
        PromptCache.mark(cache, out).endObject();
      }
      case DOCUMENT -> document(media, cache);
      case AUDIO -> {
        marks.lose(cache, media);
        if (media.source() instanceof Source.Inline inline) {
          out.object().field("type", "input_audio").object("input_audio");
          out.field("data", inline.base64()).field("format", Sound.givenForm(media));
          out.endObject().endObject();
        }
      }
      case VIDEO -> {}
    }
  }

  /// How closely to look, where there is a word for it.
  private @Nullable String asked(Media media) {
    String asked = media.detail() == null ? detail : media.detail();
    boolean original = "original".equals(asked) && media.kind() == Media.Kind.DOCUMENT;
    if (original || "medium".equals(asked)) {
      losses.lose(Feature.IMAGE_DETAIL, media.where());
      return null;
    }
    return asked;
  }

  private void document(Media media, Part.@Nullable Cache cache) {
    if (media.source() instanceof Source.Words words) {
      String title = media.name() == null ? "" : media.name() + "\n\n";
      text(Words.of(title + words.text()), cache);
      return;
    }
    out.object().field("type", "input_file");
    switch (media.source()) {
      case Source.Inline inline -> {
        out.field("filename", media.name() == null ? "document.pdf" : media.name());
        dataUrl("file_data", inline);
      }
      case Source.Url url -> out.field("file_url", url.url());
      case Source.Stored stored -> out.field("file_id", stored.id());
      case Source.Words _ -> {}
    }
    out.optional("detail", asked(media));
    PromptCache.mark(cache, out).endObject();
  }

  private void dataUrl(String field, Source.Inline inline) {
    out.field(field, "data:" + inline.mimeType() + ";base64," + inline.base64());
  }

  /// What has no address has no place here.
  private void annotations(Part.Text text) {
    out.array("annotations");
    for (Citation citation : text.citations()) {
      if (citation.url() == null) {
        losses.lose(Feature.CITATIONS, text.where());
      } else {
        Output.annotation(citation, text.text().length(), out);
      }
    }
    out.endArray();
  }

  private void cited(Part.Text text) {
    if (!text.citations().isEmpty()) {
      losses.lose(Feature.CITATIONS, text.where());
    }
  }
}
