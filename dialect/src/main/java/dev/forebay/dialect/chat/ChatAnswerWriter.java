package dev.forebay.dialect.chat;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.gemini.Signatures;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.ToolIds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes whole answers. *Confined to one call.*
record ChatAnswerWriter(Reply reply, JsonWriter out) {

  void write(Answer answer) {
    out.object().field("id", id(reply.id(answer.id()))).field("object", "chat.completion");
    Answer.Notes notes = answer.notes();
    out.field("created", created(notes.created(), reply));
    out.field("model", reply.model(answer.model()));
    out.array("choices");
    for (int i = 0; i < answer.choices().size(); i++) {
      choice(i, answer.choices().get(i));
    }
    out.endArray().name("usage");
    usage(answer.usage(), out);
    out.optional("service_tier", notes.tier());
    if (notes.moderation() != null) {
      ChatModeration.write(notes.moderation(), out);
    }
    out.endObject();
  }

  static long created(@Nullable Instant said, Reply reply) {
    return said == null ? reply.epochSeconds() : said.getEpochSecond();
  }

  static String id(String id) {
    return id.startsWith("chatcmpl-") ? id : "chatcmpl-" + id;
  }

  private void choice(int index, Answer.Choice choice) {
    out.object().field("index", index).object("message").field("role", "assistant");
    message(choice);
    out.endObject().name("logprobs");
    if (choice.logprobs().isEmpty()) {
      out.nothing();
    } else {
      out.object().name("content");
      ChatLogprobs.write(choice.logprobs(), out);
      out.nothing("refusal").endObject();
    }
    boolean refusesInWords = choice.parts().stream().anyMatch(Part.Refusal.class::isInstance);
    out.field("finish_reason", finish(choice.stop(), refusesInWords)).endObject();
  }

  static String finish(StopReason stop, boolean refusesInWords) {
    return switch (stop) {
      case END, STOP_SEQUENCE, PAUSE, BAD_TOOL_CALL, OTHER -> "stop";
      case LENGTH, CONTEXT_FULL -> "length";
      case TOOL_CALL -> "tool_calls";
      case REFUSAL -> refusesInWords ? "stop" : "content_filter";
    };
  }

  private void message(Answer.Choice choice) {
    StringBuilder text = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    String refusal = choice.refusal();
    boolean sealed = false;
    boolean calls = false;
    boolean sounds = false;
    for (Part part : choice.parts()) {
      switch (part) {
        case Part.Text words -> text.append(words.text());
        case Part.Reasoning thought -> {
          reasoning.append(thought.text());
          sealed |= thought.seal() != null;
        }
        case Part.Refusal words -> refusal = words.text();
        case Part.ToolCall _ -> calls = true;
        case Part.Media media -> {
          sounds |= media.kind() == Part.Media.Kind.AUDIO;
          if (media.kind() != Part.Media.Kind.AUDIO && !ChatImages.isPicture(media)) {
            text.append(Sound.unshown(media));
          }
        }
        case Part.ToolResult _, Part.Foreign _ -> {}
      }
    }
    if (text.isEmpty() && (calls || sounds || refusal != null)) {
      out.nothing("content");
    } else {
      out.field("content", text.toString());
    }
    out.field("refusal", refusal);
    if (!reasoning.isEmpty()) {
      out.field("reasoning_content", reasoning.toString());
    }
    if (sealed) {
      out.array("reasoning_details");
      for (Part part : choice.parts()) {
        if (part instanceof Part.Reasoning thought) {
          ChatDetails.write(thought.id(), thought.text(), thought.seal(), thought.redacted(), out);
        }
      }
      out.endArray();
    }
    if (calls) {
      out.array("tool_calls");
      for (Part part : choice.parts()) {
        if (part instanceof Part.ToolCall call) {
          call(call);
        }
      }
      out.endArray();
    }
    annotations(choice.parts());
    audio(choice.parts());
    ChatImages.write(choice.parts(), out);
  }

  private void call(Part.ToolCall call) {
    String type = call.freeform() ? "custom" : "function";
    out.object().field("id", ToolIds.id(call.id())).field("type", type).object(type);
    out.field("name", reply.toolName(call.name())).name(call.freeform() ? "input" : "arguments");
    arguments(call.arguments(), call.hasObject(), out);
    out.endObject();
    signature(reply, out);
    out.endObject();
  }

  /// Google's extension of a call.
  static void signature(Reply reply, JsonWriter out) {
    Provider caller = reply.target().provider();
    if (reply.callsSigned() && caller != Provider.GEMINI) {
      out.object("extra_content").object("google");
      out.field("thought_signature", Signatures.ofCall(caller)).endObject().endObject();
    }
  }

  private static void arguments(Slice arguments, boolean object, JsonWriter out) {
    if (object) {
      out.quoted(arguments);
    } else {
      out.raw(arguments);
    }
  }

  private void annotations(List<Part> parts) {
    boolean any = false;
    int at = 0;
    for (Part part : parts) {
      if (!(part instanceof Part.Text text)) {
        continue;
      }
      for (Citation citation : text.citations()) {
        if (citation.url() == null) {
          continue;
        }
        if (!any) {
          out.array("annotations");
          any = true;
        }
        annotation(citation, at, at + text.text().length(), out);
      }
      at += text.text().length();
    }
    if (any) {
      out.endArray();
    }
  }

  /// A citation that does not say what it backs up backs up its whole text.
  static void annotation(Citation citation, int from, int to, JsonWriter out) {
    out.object().field("type", "url_citation").object("url_citation");
    out.field("start_index", citation.from() < 0 ? from : citation.from());
    out.field("end_index", citation.to() < 0 ? to : citation.to());
    out.field("url", citation.url());
    out.field("title", citation.title() == null ? "" : citation.title());
    out.endObject().endObject();
  }

  private void audio(List<Part> parts) {
    Part.Media sound = Sound.in(parts);
    if (sound != null && sound.source() instanceof Source.Inline inline) {
      Part.Made made = sound.made();
      out.object("audio").field("id", soundId(made == null ? null : made.id(), reply));
      out.field("data", Sound.inForm(inline, reply.request().rendering().form()));
      Long expires = made == null ? null : made.expires();
      out.field("expires_at", expires == null ? reply.epochSeconds() : expires);
      out.field("transcript", Sound.transcript(sound)).endObject();
    }
  }

  /// Nobody but the provider keeps sound, so that a made-up name leads nowhere.
  static String soundId(@Nullable String said, Reply reply) {
    return said == null ? "audio_" + reply.id() : said;
  }

  static void usage(@Nullable Usage usage, JsonWriter out) {
    if (usage == null) {
      out.nothing();
      return;
    }
    long written = usage.inCacheWrite5m() + usage.inCacheWrite1h();
    out.object().field("prompt_tokens", usage.input()).field("completion_tokens", usage.output());
    out.field("total_tokens", usage.total()).object("prompt_tokens_details");
    out.field("cached_tokens", usage.inCacheRead()).field("audio_tokens", usage.audioIn());
    if (written > 0) {
      out.field("cache_write_tokens", written);
    }
    if (usage.imageIn() > 0) {
      out.field("image_tokens", usage.imageIn());
    }
    out.endObject().object("completion_tokens_details");
    out.field("reasoning_tokens", usage.outReasoning()).field("audio_tokens", usage.audioOut());
    out.field("accepted_prediction_tokens", 0).field("rejected_prediction_tokens", 0);
    out.endObject().endObject();
  }
}
