package dev.forebay.dialect.translate;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Target;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request to count the tokens of another request, in the dialect of whoever is to count.
///
/// OpenAI counts in its responses dialect only. Losses do not matter here: what a target cannot
/// take it would not be charged for either.
public sealed interface TokenCount {

  /// @param path at the provider
  /// @param headers beyond those of every request
  record Asked(String path, Map<String, String> headers, Slice body) implements TokenCount {}

  /// The caller's request is not what its dialect takes.
  record Malformed(GatewayError.Kind kind, @Nullable String path, String message)
      implements TokenCount {}

  /// What only matters when there is to be an answer.
  Set<String> ANSWERING =
      Set.of(
          "max_tokens",
          "stream",
          "stop_sequences",
          "temperature",
          "top_p",
          "top_k",
          "metadata",
          "service_tier",
          "store",
          "moderation",
          "stream_options",
          "max_tool_calls",
          "prompt_cache_options",
          "prompt_cache_retention",
          "include",
          "max_output_tokens",
          "top_logprobs",
          "safety_identifier",
          "prompt_cache_key");

  static TokenCount request(Dialect client, Target target, Slice body, Translator.Options options) {
    try {
      Slice counted = client == Dialect.GEMINI_GENERATE ? inner(body) : body;
      return switch (Translator.of(client, target).request(counted, options)) {
        case Translation.Translated translated -> asked(target, translated);
        case Translation.Malformed(var kind, String path, String message) ->
            new Malformed(kind, path, message);
        case Translation.Refused refused ->
            new Malformed(GatewayError.Kind.INVALID_REQUEST, null, refused.message());
      };
    } catch (Fault fault) {
      return new Malformed(fault.kind(), fault.path(), fault.message());
    }
  }

  /// Gemini counts bare contents, or a whole request inside of a field.
  private static Slice inner(Slice body) throws Fault {
    JsonReader json = JsonReader.ofObject(body);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      boolean whole =
          name.equals("generateContentRequest") || name.equals("generate_content_request");
      if (whole && json.isObject()) {
        return json.raw();
      }
      json.skip();
    }
    return body;
  }

  private static Asked asked(Target target, Translation.Translated translated) throws Fault {
    JsonWriter out = new JsonWriter(translated.body().length() + 128);
    String path =
        switch (target.dialect()) {
          case ANTHROPIC_MESSAGES -> "/v1/messages/count_tokens";
          case OPENAI_RESPONSES -> "/v1/responses/input_tokens";
          case GEMINI_GENERATE -> "/v1beta/models/" + target.model() + ":countTokens";
          case OPENAI_CHAT ->
              throw new IllegalArgumentException(
                  "chat completions count no tokens; the target's dialect must be responses");
        };
    boolean gemini = target.dialect() == Dialect.GEMINI_GENERATE;
    out.object();
    if (gemini) {
      out.object("generateContentRequest").field("model", "models/" + target.model());
    }
    JsonReader json = JsonReader.ofObject(translated.body());
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (ANSWERING.contains(name)) {
        json.skip();
      } else {
        out.key(name).raw(json.raw());
      }
    }
    if (gemini) {
      out.endObject();
    }
    out.endObject();
    return new Asked(path, translated.headers(), Slice.of(out.take()));
  }

  /// The count in the client's dialect; null when the answer has none.
  static byte @Nullable [] answer(Dialect client, Slice answer) {
    Long tokens = tokens(answer);
    if (tokens == null) {
      return null;
    }
    JsonWriter out = new JsonWriter(64);
    out.object();
    switch (client) {
      case ANTHROPIC_MESSAGES -> out.field("input_tokens", tokens);
      case OPENAI_CHAT, OPENAI_RESPONSES ->
          out.field("object", "response.input_tokens").field("input_tokens", tokens);
      case GEMINI_GENERATE -> out.field("totalTokens", tokens);
    }
    return out.endObject().take();
  }

  private static @Nullable Long tokens(Slice answer) {
    try {
      JsonReader json = JsonReader.ofObject(answer);
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (name.equals("input_tokens") || name.equals("totalTokens")) {
          return json.integer();
        }
        json.skip();
      }
      return null;
    } catch (Fault unreadable) {
      return null;
    }
  }
}
