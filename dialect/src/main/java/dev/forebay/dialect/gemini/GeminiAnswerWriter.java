package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.ToolIds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes whole answers, and the parts that pieces of one share with them. *Confined to one call.*
final class GeminiAnswerWriter {

  private final Reply reply;
  private final JsonWriter out;

  GeminiAnswerWriter(Reply reply, JsonWriter out) {
    this.reply = reply;
    this.out = out;
  }

  void write(Answer answer) {
    out.object().array("candidates");
    for (int i = 0; i < answer.choices().size(); i++) {
      candidate(i, answer.choices().get(i));
    }
    out.endArray().name("usageMetadata");
    usage(answer.usage(), out);
    out.field("modelVersion", reply.model(answer.model()));
    created(answer.notes().created(), out);
    out.field("responseId", reply.id(answer.id())).endObject();
  }

  static void created(@Nullable Instant created, JsonWriter out) {
    if (created != null) {
      out.field("createTime", created.toString());
    }
  }

  private void candidate(int index, Answer.Choice choice) {
    out.object().object("content").array("parts");
    choice.parts().forEach(this::part);
    out.endArray().field("role", "model").endObject();
    out.field("finishReason", finish(choice.stop())).field("index", index);
    if (choice.stop() == StopReason.REFUSAL) {
      out.optional("finishMessage", choice.refusal());
    }
    citations(choice.parts());
    if (!choice.logprobs().isEmpty()) {
      GeminiLogprobs.write(choice.logprobs(), out);
    }
    out.endObject();
  }

  void part(Part part) {
    switch (part) {
      case Part.Text text -> text(text.text());
      case Part.Refusal refusal -> text(refusal.text());
      case Part.Reasoning reasoning -> {
        String text = shown() ? reasoning.text() : "";
        if (!text.isEmpty() || reasoning.seal() != null) {
          thought(text, reasoning.seal(), reasoning.redacted());
        }
      }
      case Part.ToolCall call -> call(call.id(), call.name(), call.arguments());
      case Part.Media media -> {
        if (media.source() instanceof Source.Inline inline) {
          media(inline, media.made());
        } else {
          text(Sound.unshown(media));
        }
      }
      case Part.ToolResult _, Part.Foreign _ -> {}
    }
  }

  void media(Source.Inline inline, Part.@Nullable Made made) {
    out.object();
    if (!inline.base64().isEmpty()) {
      out.object("inlineData").field("mimeType", inline.mimeType());
      out.field("data", inline.base64()).endObject();
    }
    if (made != null && made.transcript() != null) {
      out.object("audioTranscription").field("text", made.transcript()).endObject();
    }
    out.endObject();
  }

  void text(String text) {
    if (!text.isEmpty()) {
      out.object().field("text", text);
      out.endObject();
    }
  }

  /// Words are only for those who asked for them: others take every text for the answer's.
  boolean shown() {
    return Boolean.TRUE.equals(reply.request().thinking().shown());
  }

  void thought(String text, @Nullable Seal seal, boolean redacted) {
    out.object().field("text", text).field("thought", true);
    if (seal != null) {
      out.field("thoughtSignature", Signatures.given(seal, redacted));
    }
    out.endObject();
  }

  void call(String id, String name, Slice arguments) {
    out.object().object("functionCall").field("id", ToolIds.id(id));
    out.field("name", reply.toolName(name)).name("args");
    if (arguments.array()[arguments.offset()] == '{') {
      out.raw(arguments);
    } else {
      out.object().field("arguments", arguments).endObject();
    }
    out.endObject();
    Provider caller = reply.target().provider();
    if (caller != Provider.GEMINI) {
      out.field("thoughtSignature", Signatures.ofCall(caller));
    }
    out.endObject();
  }

  static String finish(StopReason stop) {
    return switch (stop) {
      case END, STOP_SEQUENCE, TOOL_CALL, PAUSE -> "STOP";
      case LENGTH, CONTEXT_FULL -> "MAX_TOKENS";
      case REFUSAL -> "SAFETY";
      case BAD_TOOL_CALL -> "MALFORMED_FUNCTION_CALL";
      case OTHER -> "OTHER";
    };
  }

  private void citations(List<Part> parts) {
    boolean cited = false;
    for (Part part : parts) {
      cited |= part instanceof Part.Text text && !text.citations().isEmpty();
    }
    if (!cited) {
      return;
    }
    StringBuilder whole = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        whole.append(text.text());
      }
    }
    Sources sources = new Sources(whole.toString());
    int from = 0;
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        int to = from + text.text().length();
        for (Citation citation : text.citations()) {
          sources.add(citation, from, to);
        }
        from = to;
      }
    }
    sources.write(out);
  }

  static void usage(Usage usage, JsonWriter out) {
    long prompt = usage.input() - usage.toolIn();
    out.object().field("promptTokenCount", prompt);
    out.field("candidatesTokenCount", usage.outVisible());
    if (usage.outReasoning() > 0) {
      out.field("thoughtsTokenCount", usage.outReasoning());
    }
    if (usage.toolIn() > 0) {
      out.field("toolUsePromptTokenCount", usage.toolIn());
    }
    if (usage.inCacheRead() > 0) {
      out.field("cachedContentTokenCount", usage.inCacheRead());
    }
    kinds(
        "promptTokensDetails",
        usage.input() - usage.toolIn(),
        usage.audioIn(),
        usage.imageIn(),
        out);
    kinds("candidatesTokensDetails", usage.outVisible(), usage.audioOut(), usage.imageOut(), out);
    out.field("totalTokenCount", usage.total()).endObject();
  }

  /// How much of a sum was no text, where something was.
  private static void kinds(String field, long sum, long audio, long image, JsonWriter out) {
    if (audio <= 0 && image <= 0) {
      return;
    }
    out.array(field);
    kind("TEXT", sum - audio - image, out);
    kind("AUDIO", audio, out);
    kind("IMAGE", image, out);
    out.endArray();
  }

  private static void kind(String modality, long tokens, JsonWriter out) {
    if (tokens > 0) {
      out.object().field("modality", modality).field("tokenCount", tokens).endObject();
    }
  }
}
