package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /v1/chat/completions`, and the same on Gemini's OpenAI-compatible surface. Event loop
/// only.
final class ChatEndpoint {

  private final World world;
  private final Provider provider;
  private final Author author;
  private final ShapedReplies shaped = new ShapedReplies();

  ChatEndpoint(World world, Provider provider) {
    this.world = world;
    this.provider = provider;
    this.author = new Author(world.seed());
  }

  Opened create(Call call, JsonNode body) {
    String model = modelId(JsonText.string(body, "model"));
    return new Opened.Ready(model, () -> answer(call, body, model));
  }

  /// Google takes the resource name of a model, too.
  private String modelId(String given) {
    return provider == Provider.GEMINI && given.startsWith("models/")
        ? given.substring("models/".length())
        : given;
  }

  private Reply answer(Call call, JsonNode body, String modelId) {
    if (modelId.isEmpty()) {
      return new Reply.Refused(OpenAiErrors.invalid("you must provide a model parameter", null));
    }
    Models.Model model = world.models().find(provider, modelId);
    if (model == null || !call.key().allows(modelId)) {
      return new Reply.Refused(notFound(call, modelId));
    }
    if (model.kind() != Models.Kind.CHAT) {
      return new Reply.Refused(
          new ApiError(
              404,
              "invalid_request_error",
              null,
              "This is not a chat model and thus not supported in the v1/chat/completions endpoint."
                  + " Did you mean to use v1/completions?"));
    }
    ApiError problem =
        provider == Provider.GEMINI ? CompatRules.check(body) : new ChatRules(body, model).check();
    if (problem != null) {
      return new Reply.Refused(problem);
    }
    Prompt prompt = ChatReader.read(body);
    if (prompt.inputTokens() > model.contextTokens()) {
      return new Reply.Refused(OpenAiAdmission.tooLong(model, prompt.inputTokens(), "messages"));
    }
    ApiError refusal =
        OpenAiAdmission.admit(call, provider, model, prompt.inputTokens(), prompt.maxTokens());
    return refusal == null ? written(call, body, model, prompt) : new Reply.Refused(refusal);
  }

  private ApiError notFound(Call call, String modelId) {
    return provider == Provider.OPENAI
        ? FaultErrors.refused(call, modelId, Refusal.OPENAI_MODEL_NOT_FOUND)
        : new ApiError(
            404,
            "NOT_FOUND",
            null,
            "models/"
                + modelId
                + " is not found for API version v1main, or is not supported for"
                + " generateContent. Call ListModels to see the list of available models and their"
                + " supported methods.");
  }

  private Reply written(Call call, JsonNode body, Models.Model model, Prompt prompt) {
    CacheUse cache =
        OpenAiAdmission.cached(
            call, provider, model, prompt, JsonText.string(body, "prompt_cache_key"));
    int count = Math.max(1, body.path("n").asInt(1));
    List<Generation> choices = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      choices.add(author.write(prompt, call.pace().answerTokens(), i));
    }
    JsonNode options = body.path("stream_options");
    ChatWriter writer =
        writer(
            call,
            model.id(),
            choices,
            prompt.inputTokens(),
            cache,
            options.path("include_usage").asBoolean(),
            options.path("include_obfuscation").asBoolean(true));
    return body.path("stream").asBoolean() ? writer.stream(0) : writer.whole();
  }

  private ChatWriter writer(
      Call call,
      String model,
      List<Generation> choices,
      long input,
      CacheUse cache,
      boolean usage,
      boolean obfuscate) {
    return new ChatWriter(
        provider,
        world.id("chatcmpl-", 29),
        world.id("call_", 24),
        call.world().clock().now().getEpochSecond(),
        model,
        choices,
        input,
        cache,
        usage,
        obfuscate && provider == Provider.OPENAI);
  }

  /// An answer of fixed size.
  Opened shaped(Call call) {
    return switch (HeadScan.scan(call.body())) {
      case HeadScan.Malformed(String reason) -> new Opened.Refused(OpenAiSurface.malformed(reason));
      case HeadScan.Head(String model, boolean stream, boolean usage) ->
          new Opened.Ready(modelId(model), () -> shaped(call, modelId(model), stream, usage));
    };
  }

  private Reply shaped(Call call, String modelId, boolean stream, boolean usage) {
    Models.@Nullable Model model = world.models().find(provider, modelId);
    if (model == null) {
      return new Reply.Refused(notFound(call, modelId));
    }
    long input = Blocks.tokens(call.body().length);
    ApiError refusal = OpenAiAdmission.admit(call, provider, model, input, Long.MAX_VALUE);
    if (refusal != null) {
      return new Reply.Refused(refusal);
    }
    String operation = usage ? "chat with usage" : "chat";
    return shaped.reply(
        new ShapedReplies.Key(operation, modelId, stream, input, world.shape(), call.pace()),
        (generation, rate) -> {
          ChatWriter writer =
              writer(call, modelId, List.of(generation), input, CacheUse.NONE, usage, false);
          return stream ? writer.stream(rate) : writer.whole();
        });
  }

  /// How long OpenAI keeps a prompt: models that bill for it keep it longer.
  static Duration cacheLife(Models.Model model) {
    return model.recent() ? Duration.ofMinutes(30) : Duration.ofMinutes(10);
  }
}
