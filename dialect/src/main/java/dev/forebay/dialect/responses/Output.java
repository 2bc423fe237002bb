package dev.forebay.dialect.responses;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.chat.ChatLogprobs;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Arguments;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.TokenLogprob;
import dev.forebay.dialect.neutral.Tool;
import dev.forebay.dialect.neutral.ToolIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the items of an answer and their parts. *Confined to the exchange.*
///
/// @param id of the answer, which the ids of items begin with
record Output(Reply reply, String id, JsonWriter out) {

  private static final String IMAGE = "image/";

  /// How ids of pictures begin.
  static final String PICTURE = "ig";

  static String responseId(String id) {
    return id.startsWith("resp_") ? id : "resp_" + id;
  }

  /// The id of an item: always the same for the same answer and place.
  String itemId(String kind, int index) {
    return ToolIds.item(kind, id, index);
  }

  void text(String text, List<Citation> citations, List<TokenLogprob> logprobs) {
    out.object().field("type", "output_text").field("text", text).array("annotations");
    for (Citation citation : citations) {
      if (citation.url() != null) {
        annotation(citation, text.length());
      }
    }
    out.endArray().name("logprobs");
    ChatLogprobs.write(logprobs, out);
    out.endObject();
  }

  void annotation(Citation citation, int length) {
    annotation(citation, length, out);
  }

  static void annotation(Citation citation, int length, JsonWriter out) {
    out.object().field("type", "url_citation");
    out.field("start_index", Math.max(0, citation.from()));
    out.field("end_index", citation.to() < 0 ? length : citation.to());
    out.field("url", citation.url());
    out.field("title", citation.title() == null ? "" : citation.title()).endObject();
  }

  void refusal(String text) {
    out.object().field("type", "refusal").field("refusal", text).endObject();
  }

  void beginMessage(int index, String status) {
    out.object().field("id", itemId("msg", index)).field("type", "message");
    out.field("status", status).field("role", "assistant").array("content");
  }

  void endMessage() {
    out.endArray().endObject();
  }

  /// @param arguments as text; the text itself when freeform
  void call(
      int index, String callId, String name, String arguments, boolean freeform, String status) {
    String type = freeform ? "custom_tool_call" : "function_call";
    out.object().field("id", itemId(freeform ? "ctc" : "fc", index)).field("type", type);
    out.field("status", status).field("call_id", ToolIds.id(callId));
    name(reply.toolName(name));
    out.field(freeform ? "input" : "arguments", arguments).endObject();
  }

  /// A tool of a namespace is called by its own name, beside that of the namespace.
  void name(String name) {
    for (Tool tool : reply.request().tooling().tools()) {
      if (tool instanceof Tool.Function function
          && function.group() != null
          && function.name().equals(name)) {
        out.field("name", ResponsesTools.ungrouped(function.group(), name));
        out.field("namespace", function.group());
        return;
      }
    }
    out.field("name", name);
  }

  /// @param picture null before it is there
  void picture(int index, Source.@Nullable Inline picture, String status) {
    out.object().field("id", itemId(PICTURE, index)).field("type", "image_generation_call");
    out.field("status", status);
    if (picture == null) {
      out.nothing("result");
    } else {
      out.field("result", picture.base64()).optional("output_format", form(picture));
    }
    out.endObject();
  }

  static @Nullable String form(Source.Inline picture) {
    String type = picture.mimeType();
    return type.startsWith(IMAGE) ? type.substring(IMAGE.length()) : null;
  }

  /// The picture of an item, which may say its form.
  static Source.Inline picture(String base64, @Nullable String form) {
    String told =
        form != null
            ? form
            : base64.startsWith("/9j/") ? "jpeg" : base64.startsWith("UklGR") ? "webp" : "png";
    return new Source.Inline(IMAGE + told, base64);
  }

  void reasoning(int index, String text, @Nullable Seal seal, boolean redacted) {
    out.object().field("id", itemId("rs", index)).field("type", "reasoning").array("summary");
    if (!text.isEmpty()) {
      out.object().field("type", "summary_text").field("text", text).endObject();
    }
    out.endArray();
    if (seal != null) {
      out.field("encrypted_content", seal.tagged(redacted));
    }
    out.endObject();
  }

  static void usage(Usage usage, JsonWriter out) {
    long written = usage.inCacheWrite5m() + usage.inCacheWrite1h();
    out.object("usage").field("input_tokens", usage.input()).object("input_tokens_details");
    out.field("cached_tokens", usage.inCacheRead()).field("cache_write_tokens", written);
    if (written > 0) {
      out.object("cache_write_tokens_details");
      out.field("ttl_30m_tokens", usage.inCacheWrite5m());
      out.field("ttl_12h_tokens", usage.inCacheWrite1h()).endObject();
    }
    out.endObject().field("output_tokens", usage.output()).object("output_tokens_details");
    out.field("reasoning_tokens", usage.outReasoning()).endObject();
    out.field("total_tokens", usage.total()).endObject();
  }

  /// The text of arguments: of an object its JSON, else the string itself.
  static String argumentsText(Slice arguments, boolean object) {
    if (object) {
      return arguments.text();
    }
    String text = Arguments.string(arguments);
    return text == null ? "" : text;
  }
}
