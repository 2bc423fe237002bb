package dev.forebay.dialect.messages;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.ToolIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes whole answers. *Confined to one call.*
record MessagesAnswerWriter(Reply reply, JsonWriter out) {

  void write(Answer answer) {
    out.object().field("id", id(reply.id(answer.id())));
    out.field("type", "message").field("role", "assistant");
    out.field("model", reply.model(answer.model()));
    out.array("content");
    Answer.Choice choice = answer.choices().isEmpty() ? null : answer.choices().getFirst();
    if (choice != null) {
      shown(choice.parts()).forEach(this::part);
    }
    out.endArray();
    if (choice == null) {
      stop(StopReason.END, null, null, out);
    } else {
      stop(choice.stop(), choice.stopSequence(), refusal(choice), out);
    }
    out.name("usage");
    usage(answer.usage(), answer.notes(), out);
    out.endObject();
  }

  /// Clients take the last block for the answer: a signature alone behind all content is left out.
  private static List<Part> shown(List<Part> parts) {
    int end = parts.size();
    while (end > 1 && isSignatureAlone(parts.get(end - 1))) {
      end--;
    }
    return parts.subList(0, end);
  }

  private static boolean isSignatureAlone(Part part) {
    return part instanceof Part.Reasoning reasoning
        && reasoning.text().isEmpty()
        && reasoning.seal() != null
        && reasoning.seal().owner() != Provider.ANTHROPIC;
  }

  /// Ids begin like those of the provider: some clients tell them apart by that.
  static String id(String id) {
    return id.startsWith("msg_") ? id : "msg_" + id;
  }

  private static @Nullable String refusal(Answer.Choice choice) {
    if (choice.refusal() != null) {
      return choice.refusal();
    }
    for (Part part : choice.parts()) {
      if (part instanceof Part.Refusal refusal) {
        return refusal.text();
      }
    }
    return null;
  }

  private void part(Part part) {
    switch (part) {
      case Part.Text text -> text(text.text(), text.citations());
      case Part.Refusal refusal -> text(refusal.text(), List.of());
      case Part.ToolCall call -> {
        out.object().field("type", "tool_use").field("id", ToolIds.id(call.id()));
        out.field("name", reply.toolName(call.name())).field("input", call.arguments()).endObject();
      }
      case Part.Reasoning reasoning -> reasoning(reasoning);
      case Part.Media media -> text(words(media), List.of());
      // There is no block for them in answers.
      case Part.ToolResult _, Part.Foreign _ -> {}
    }
  }

  /// Of sound its words; of what has none, that it was there.
  private static String words(Part.Media media) {
    String transcript = Sound.transcript(media);
    return transcript.isEmpty() ? Sound.unshown(media) : transcript;
  }

  private void text(String text, List<Citation> citations) {
    if (!text.isEmpty()) {
      out.object().field("type", "text").field("text", text);
      Citations.write(citations, reply.target(), out);
      out.endObject();
    }
  }

  private void reasoning(Part.Reasoning reasoning) {
    Seal seal = reasoning.seal();
    if (reasoning.redacted() && seal != null && seal.owner() == Provider.ANTHROPIC) {
      out.object().field("type", "redacted_thinking");
      out.field("data", seal.heldBy(Provider.ANTHROPIC)).endObject();
      return;
    }
    if (seal == null && reasoning.text().isEmpty()) {
      return;
    }
    out.object().field("type", "thinking").field("thinking", reasoning.text());
    out.field("signature", signature(seal, reply)).endObject();
  }

  /// Also what nobody has signed is tagged with its owner, so that it never gets to Anthropic.
  static String signature(@Nullable Seal seal, Reply reply) {
    Seal held =
        seal == null ? new Seal(reply.target().provider(), reply.target().group(), "") : seal;
    return held.heldBy(Provider.ANTHROPIC);
  }

  static void stop(
      StopReason stop, @Nullable String sequence, @Nullable String refusal, JsonWriter out) {
    String word =
        switch (stop) {
          case END, OTHER, BAD_TOOL_CALL -> "end_turn";
          // Which one was hit must be said with it, and others do not say.
          case STOP_SEQUENCE -> sequence == null ? "end_turn" : "stop_sequence";
          case LENGTH -> "max_tokens";
          case CONTEXT_FULL -> "model_context_window_exceeded";
          case TOOL_CALL -> "tool_use";
          case REFUSAL -> "refusal";
          case PAUSE -> "pause_turn";
        };
    out.field("stop_reason", word);
    out.field("stop_sequence", word.equals("stop_sequence") ? sequence : null);
    if (stop == StopReason.REFUSAL) {
      out.object("stop_details").field("type", "refusal").nothing("category");
      out.field("explanation", refusal).endObject();
    }
  }

  static void usage(Usage usage, Answer.Notes notes, JsonWriter out) {
    long written = usage.inCacheWrite5m() + usage.inCacheWrite1h();
    out.object().field("input_tokens", usage.inFresh() + usage.toolIn());
    out.field("cache_creation_input_tokens", written);
    out.field("cache_read_input_tokens", usage.inCacheRead());
    out.object("cache_creation");
    out.field("ephemeral_5m_input_tokens", usage.inCacheWrite5m());
    out.field("ephemeral_1h_input_tokens", usage.inCacheWrite1h()).endObject();
    out.field("output_tokens", usage.output());
    if (usage.outReasoning() > 0) {
      out.object("output_tokens_details");
      out.field("thinking_tokens", usage.outReasoning()).endObject();
    }
    if (notes.searches() > 0) {
      out.object("server_tool_use").field("web_search_requests", notes.searches());
      out.field("web_fetch_requests", 0).endObject();
    }
    String tier = notes.tier();
    if (tier != null) {
      out.field("service_tier", tier.equals("priority") ? "priority" : "standard");
    }
    out.endObject();
  }
}
