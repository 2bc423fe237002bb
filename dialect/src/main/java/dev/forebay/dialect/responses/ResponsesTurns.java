package dev.forebay.dialect.responses;

import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Citation;
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
import java.util.HashSet;
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
  private boolean cacheLost;

  /// @param detail how closely to look at what does not say so itself
  ResponsesTurns(
      Target target, Losses losses, JsonWriter out, ToolNames names, @Nullable String detail) {
    this.target = target;
    this.losses = losses;
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
          marked(text.cache(), text);
          String type = own ? "output_text" : "input_text";
          out.object().field("type", type).field("text", text.words());
          if (own && !text.citations().isEmpty()) {
            annotations(text);
          } else {
            cited(text);
          }
          out.endObject();
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
          media(media);
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

  private void call(Part.ToolCall call) {
    close();
    marked(call.cache(), call);
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
    marked(result.cache(), result);
    boolean custom = freeform.contains(result.callId());
    out.object().field("type", custom ? "custom_tool_call_output" : "function_call_output");
    out.field("call_id", ToolIds.id(result.callId()));
    if (result.content().size() == 1
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
    boolean media = false;
    for (Part part : result.content()) {
      switch (part) {
        case Part.Text words -> text.append(words.text());
        case Media shown -> media |= canShow(shown);
        case Part.ToolCall _, Part.ToolResult _, Part.Reasoning _, Part.Refusal _, Part.Foreign _ ->
            losses.lose(Feature.FOREIGN_PART, part.where());
      }
    }
    if (!media) {
      out.field("output", text.toString()).endObject();
      return;
    }
    out.array("output");
    if (!text.isEmpty()) {
      text("input_text", text.toString());
    }
    for (Part part : result.content()) {
      if (part instanceof Media shown && canShow(shown)) {
        media(shown);
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
          case AUDIO -> audioForm(media) == null ? Feature.AUDIO_FORM : null;
          case VIDEO -> Feature.VIDEO;
        };
    if (lost != null) {
      losses.lose(lost, media.where());
    }
    return lost == null;
  }

  private static @Nullable String audioForm(Media media) {
    if (!(media.source() instanceof Source.Inline inline)) {
      return null;
    }
    return switch (inline.mimeType()) {
      case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
      case "audio/mp3", "audio/mpeg" -> "mp3";
      default -> null;
    };
  }

  private void media(Media media) {
    marked(media.cache(), media);
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
        out.field("detail", asked == null ? "auto" : asked).endObject();
      }
      case DOCUMENT -> document(media);
      case AUDIO -> {
        if (media.source() instanceof Source.Inline inline) {
          out.object().field("type", "input_audio").object("input_audio");
          out.field("data", inline.base64()).field("format", audioForm(media));
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

  private void document(Media media) {
    if (media.source() instanceof Source.Words words) {
      String title = media.name() == null ? "" : media.name() + "\n\n";
      text("input_text", title + words.text());
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
    out.optional("detail", asked(media)).endObject();
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

  private void marked(Part.@Nullable Cache cache, Part part) {
    if (cache != null && !cacheLost) {
      cacheLost = true;
      losses.lose(Feature.CACHE_MARK, part.where());
    }
  }
}
