package dev.forebay.dialect.responses;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.chat.ChatModeration;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a response that repeat its request: clients' parsers want them. *Immutable.*
record Echo(Map<String, Slice> fields) {

  private static final String[] REPEATED = {
    "instructions",
    "max_output_tokens",
    "metadata",
    "parallel_tool_calls",
    "reasoning",
    "temperature",
    "text",
    "tool_choice",
    "tools",
    "top_p",
    "truncation",
    "prompt_cache_key",
    "safety_identifier",
    "top_logprobs"
  };

  /// Clients' parsers want it beside the other.
  private static final Slice NO_IMAGES =
      Slice.of(
          ("{\"input_tokens\":0,\"input_tokens_details\":{\"image_tokens\":0,\"text_tokens\":0},"
                  + "\"output_tokens\":0,\"output_tokens_details\":{\"image_tokens\":0,"
                  + "\"text_tokens\":0},\"total_tokens\":0}")
              .getBytes(StandardCharsets.US_ASCII));

  static Echo of(Slice body) {
    Map<String, Slice> fields = new HashMap<>();
    try {
      JsonReader json = JsonReader.ofObject(body);
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (isRepeated(name) && !json.isNull()) {
          fields.put(name, json.raw());
        } else {
          json.skip();
        }
      }
    } catch (Fault read) {
      // It has been read once already, so this is no place to complain.
    }
    return new Echo(fields);
  }

  private static boolean isRepeated(String name) {
    for (String repeated : REPEATED) {
      if (repeated.equals(name)) {
        return true;
      }
    }
    return false;
  }

  /// Begins a response and writes everything but its output and its usage.
  void begin(
      Reply reply,
      String id,
      String model,
      String status,
      @Nullable StopReason stop,
      Answer.Notes notes,
      JsonWriter out) {
    out.object().field("id", id).field("object", "response");
    created(notes.created(), reply, out);
    out.field("status", status);
    out.field("background", false).nothing("error");
    if (status.equals("incomplete")) {
      out.object("incomplete_details");
      out.field("reason", stop == StopReason.REFUSAL ? "content_filter" : "max_output_tokens");
      out.endObject();
    } else {
      out.nothing("incomplete_details");
    }
    out.field("model", reply.model(model)).nothing("previous_response_id").field("store", false);
    raw("instructions", "null", out);
    raw("max_output_tokens", "null", out);
    raw("metadata", "{}", out);
    raw("parallel_tool_calls", "true", out);
    raw("reasoning", "{\"effort\":null,\"summary\":null}", out);
    raw("temperature", "1", out);
    raw("text", "{\"format\":{\"type\":\"text\"}}", out);
    raw("tool_choice", "\"auto\"", out);
    raw("tools", "[]", out);
    raw("top_p", "1", out);
    raw("truncation", "\"disabled\"", out);
    for (String name : new String[] {"prompt_cache_key", "safety_identifier", "top_logprobs"}) {
      if (fields.containsKey(name)) {
        raw(name, "null", out);
      }
    }
    out.optional("service_tier", notes.tier());
    if (notes.moderation() != null) {
      ChatModeration.writeFirst(notes.moderation(), out);
    }
    if (notes.searches() > 0) {
      out.object("tool_usage").name("image_gen").raw(NO_IMAGES);
      out.object("web_search").field("num_requests", notes.searches()).endObject().endObject();
    }
  }

  /// Some clients read whole seconds only, so that there is a fraction where OpenAI said one.
  private static void created(@Nullable Instant said, Reply reply, JsonWriter out) {
    if (said != null && reply.target().dialect() == Dialect.OPENAI_RESPONSES) {
      Timestamps.seconds(said, out.name("created_at"));
    } else {
      out.field("created_at", said == null ? reply.epochSeconds() : said.getEpochSecond());
    }
  }

  private void raw(String name, String absent, JsonWriter out) {
    Slice said = fields.get(name);
    out.name(name);
    if (said == null) {
      out.raw(Slice.of(absent.getBytes(StandardCharsets.US_ASCII)));
    } else {
      out.raw(said);
    }
  }
}
