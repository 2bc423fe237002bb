package dev.forebay.dialect.messages;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Conversation;
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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the messages of a request. *Confined to one call.*
///
/// Turns of one side that follow each other become one message, results of tools first in it; a
/// message of which nothing is left is left out.
final class MessagesTurns {

  private static final String PDF = "application/pdf";

  private final Target target;
  private final Losses losses;
  private final JsonWriter out;
  private final ToolNames names;

  /// How closely to look at what does not say so itself.
  private final @Nullable String detail;

  /// Who speaks in the message that is being written; null between messages.
  private @Nullable Role open;

  /// How long a mark lasts that does not say.
  private final Part.Cache usual;

  /// How many marks must go before the next may stay: the latest ones are worth most.
  private int surplus;

  MessagesTurns(
      Conversation conversation, Target target, Losses losses, JsonWriter out, ToolNames names) {
    Conversation.Caching caching = conversation.labels().caching();
    this.usual = caching.life() == null ? Part.Cache.USUAL : caching.life();
    this.surplus = Marks.surplus(conversation, losses.client());
    this.target = target;
    this.losses = losses;
    this.out = out;
    this.names = names;
    this.detail = conversation.detail();
  }

  void write(List<Turn> turns) {
    out.array("messages");
    int i = 0;
    while (i < turns.size()) {
      Role role = role(turns.get(i));
      int end = i + 1;
      while (end < turns.size() && role(turns.get(end)) == role) {
        end++;
      }
      run(role, turns.subList(i, end));
      i = end;
    }
    close();
    out.endArray();
  }

  private Role role(Turn turn) {
    return switch (turn.role()) {
      case USER -> Role.USER;
      case ASSISTANT -> Role.ASSISTANT;
      // Versions without instructions inside the conversation would refuse them.
      case SYSTEM, DEVELOPER -> target.traits().sampling() ? Role.USER : Role.SYSTEM;
    };
  }

  private void run(Role role, List<Turn> turns) {
    if (role == Role.USER) {
      for (Turn turn : turns) {
        for (Part part : turn.parts()) {
          if (part instanceof Part.ToolResult result) {
            toolResult(begin(role), result);
          }
        }
      }
    }
    for (Turn turn : turns) {
      if (turn.role().instructs() && role == Role.USER) {
        losses.lose(Feature.SYSTEM_LATER, turn.where());
      }
      for (Part part : turn.parts()) {
        part(role, part);
      }
    }
  }

  private Role begin(Role role) {
    if (open != role) {
      close();
      out.object();
      out.field(
          "role",
          switch (role) {
            case ASSISTANT -> "assistant";
            case USER -> "user";
            case SYSTEM, DEVELOPER -> "system";
          });
      out.array("content");
      open = role;
    }
    return role;
  }

  private void close() {
    if (open != null) {
      out.endArray().endObject();
      open = null;
    }
  }

  private void part(Role role, Part part) {
    switch (part) {
      case Part.Text text -> {
        // An empty text is refused.
        if (!text.text().isEmpty()) {
          begin(role);
          text(text);
        }
      }
      case Media media -> media(role, media);
      case Part.ToolCall call -> toolCall(begin(role), call);
      case Part.ToolResult result -> {
        if (role != Role.USER) {
          losses.lose(Feature.FOREIGN_PART, result.where());
        }
      }
      case Part.Reasoning reasoning -> reasoning(role, reasoning);
      case Part.Refusal refusal -> {
        if (!refusal.text().isEmpty()) {
          begin(role);
          text(new Part.Text(refusal.text(), refusal.where()));
        }
      }
      case Part.Foreign foreign -> losses.lose(Feature.FOREIGN_PART, foreign.where());
    }
  }

  void text(Part.Text text) {
    out.object().field("type", "text").field("text", text.text());
    if (!text.citations().isEmpty() && !Citations.writeBack(text.citations(), out)) {
      losses.lose(Feature.CITATIONS, text.where());
    }
    cache(text.cache());
    out.endObject();
  }

  /// Writes a mark of the prompt cache, where there is one, into the object that is open.
  void cache(Part.@Nullable Cache cache) {
    if (cache != null && surplus > 0) {
      surplus--;
      losses.lose(Feature.CACHE_MARK);
    } else if (cache != null) {
      out.object("cache_control").field("type", "ephemeral");
      switch (cache == Part.Cache.USUAL ? usual : cache) {
        case USUAL -> {}
        case SHORT -> out.field("ttl", "5m");
        case LONG -> out.field("ttl", "1h");
      }
      out.endObject();
    }
  }

  private void toolCall(Role role, Part.ToolCall call) {
    if (role != Role.ASSISTANT) {
      losses.lose(Feature.FOREIGN_PART, call.where());
      return;
    }
    out.object().field("type", "tool_use").field("id", ToolIds.id(call.id()));
    out.field("name", names.fitted(call.name()));
    out.name("input");
    if (call.freeform()) {
      out.object().field("input", call.arguments()).endObject();
    } else if (call.hasObject()) {
      out.raw(call.arguments());
    } else {
      losses.lose(Feature.TOOL_ARGUMENTS, call.where());
      out.object().field("arguments", call.arguments()).endObject();
    }
    cache(call.cache());
    out.endObject();
  }

  private void toolResult(Role role, Part.ToolResult result) {
    out.object().field("type", "tool_result").field("tool_use_id", ToolIds.id(result.callId()));
    if (result.failed()) {
      out.field("is_error", true);
    }
    List<Part> content = result.content();
    if (content.size() == 1
        && content.getFirst() instanceof Part.Text text
        && text.cache() == null
        && text.citations().isEmpty()) {
      out.field("content", text.text());
    } else if (!content.isEmpty()) {
      out.array("content");
      for (Part part : content) {
        switch (part) {
          case Part.Text text -> {
            if (!text.text().isEmpty()) {
              text(text);
            }
          }
          case Media media -> media(role, media);
          case Part.ToolCall _,
              Part.ToolResult _,
              Part.Reasoning _,
              Part.Refusal _,
              Part.Foreign _ ->
              losses.lose(Feature.FOREIGN_PART, part.where());
        }
      }
      out.endArray();
    }
    cache(result.cache());
    out.endObject();
  }

  private void reasoning(Role role, Part.Reasoning reasoning) {
    Seal seal = reasoning.seal();
    if (seal == null || seal.payload().isEmpty() || !seal.belongsTo(target)) {
      losses.lose(Feature.REASONING, reasoning.where());
      return;
    }
    begin(role);
    out.object();
    if (reasoning.redacted()) {
      out.field("type", "redacted_thinking").field("data", seal.payload());
    } else {
      out.field("type", "thinking").field("thinking", reasoning.text());
      out.field("signature", seal.payload());
    }
    out.endObject();
  }

  /// Whether the turn to be gone on with is a call by somebody else, so that there is no thinking
  /// of the target's own before it.
  static boolean continuesForeignCall(Conversation conversation, Target target) {
    List<Turn> turns = conversation.turns();
    for (int i = turns.size() - 1; i >= 0; i--) {
      Turn turn = turns.get(i);
      if (turn.role() == Role.ASSISTANT) {
        boolean calls = turn.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
        boolean own =
            turn.parts().stream()
                .anyMatch(part ->
                    part instanceof Part.Reasoning reasoning
                        && reasoning.seal() != null
                        && reasoning.seal().belongsTo(target));
        return calls && !own;
      }
      if (turn.role() == Role.USER
          && turn.parts().stream().noneMatch(Part.ToolResult.class::isInstance)) {
        return false;
      }
    }
    return false;
  }

  private void media(Role role, Media media) {
    if (role == Role.ASSISTANT && losses.client() != Dialect.ANTHROPIC_MESSAGES) {
      // The model's own pictures cannot be shown to it again.
      losses.lose(Feature.FOREIGN_PART, media.where());
      return;
    }
    String asked = media.detail() == null ? detail : media.detail();
    if (asked != null && !asked.equals("auto")) {
      losses.lose(Feature.IMAGE_DETAIL, media.where());
    }
    switch (media.kind()) {
      case IMAGE -> image(role, media);
      case DOCUMENT -> document(role, media);
      case AUDIO -> losses.lose(Feature.AUDIO, media.where());
      case VIDEO -> losses.lose(Feature.VIDEO, media.where());
    }
  }

  private void image(Role role, Media media) {
    if (media.name() != null) {
      losses.lose(Feature.DOCUMENT_NAME, media.where());
    }
    if (media.source() instanceof Source.Stored stored && stored.owner() != target.provider()) {
      losses.lose(Feature.STORED_FILE, media.where());
      return;
    }
    inMessage(role);
    out.object().field("type", "image").object("source");
    switch (media.source()) {
      case Source.Inline inline ->
          out.field("type", "base64")
              .field("media_type", inline.mimeType())
              .field("data", inline.base64());
      case Source.Url url -> out.field("type", "url").field("url", url.url());
      case Source.Stored stored -> out.field("type", "file").field("file_id", stored.id());
      case Source.Words words -> out.field("type", "text").field("data", words.text());
    }
    out.endObject();
    cache(media.cache());
    out.endObject();
  }

  private void document(Role role, Media media) {
    Source source = media.source();
    if (source instanceof Source.Stored stored && stored.owner() != target.provider()) {
      losses.lose(Feature.STORED_FILE, media.where());
      return;
    }
    if (source instanceof Source.Inline inline && !inline.mimeType().equals(PDF)) {
      source = words(inline);
      if (source == null) {
        losses.lose(Feature.DOCUMENT, media.where());
        return;
      }
    }
    inMessage(role);
    out.object().field("type", "document").object("source");
    switch (source) {
      case Source.Inline inline ->
          out.field("type", "base64").field("media_type", PDF).field("data", inline.base64());
      case Source.Url url -> out.field("type", "url").field("url", url.url());
      case Source.Stored stored -> out.field("type", "file").field("file_id", stored.id());
      case Source.Words words ->
          out.field("type", "text").field("media_type", "text/plain").field("data", words.text());
    }
    out.endObject();
    out.optional("title", media.name());
    cache(media.cache());
    out.endObject();
  }

  /// Results of tools open their own content.
  private void inMessage(Role role) {
    if (open != role) {
      begin(role);
    }
  }

  private static Source.@Nullable Words words(Source.Inline inline) {
    if (!inline.mimeType().startsWith("text/") && !inline.mimeType().equals("application/json")) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(inline.base64());
      return new Source.Words(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
