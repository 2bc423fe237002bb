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
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.ToolIds;
import java.nio.charset.StandardCharsets;
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
          out.object().object("inlineData").field("mimeType", inline.mimeType());
          out.field("data", inline.base64()).endObject();
          out.endObject();
        }
      }
      case Part.ToolResult _, Part.Foreign _ -> {}
    }
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
    StringBuilder before = new StringBuilder();
    boolean any = false;
    for (Part part : parts) {
      if (!(part instanceof Part.Text text)) {
        continue;
      }
      int from = before.length();
      before.append(text.text());
      for (Citation citation : text.citations()) {
        if (citation.url() == null) {
          continue;
        }
        if (!any) {
          out.object("citationMetadata").array("citationSources");
          any = true;
        }
        int begins = citation.from() < 0 ? from : citation.from();
        int ends = citation.to() < 0 ? before.length() : citation.to();
        source(citation, bytes(before, begins), bytes(before, ends), out);
      }
    }
    if (any) {
      out.endArray().endObject();
    }
  }

  private static int bytes(CharSequence text, int characters) {
    int end = Math.clamp(characters, 0, text.length());
    return text.subSequence(0, end).toString().getBytes(StandardCharsets.UTF_8).length;
  }

  static void source(Citation citation, int from, int to, JsonWriter out) {
    out.object().field("startIndex", from).field("endIndex", to).field("uri", citation.url());
    out.optional("title", citation.title()).endObject();
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
    out.field("totalTokenCount", usage.total()).endObject();
  }
}
