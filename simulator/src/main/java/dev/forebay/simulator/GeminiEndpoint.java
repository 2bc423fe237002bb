package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// `:generateContent`, `:streamGenerateContent` and `:countTokens`. Event loop only.
final class GeminiEndpoint {

  private final World world;
  private final Author author;
  private final ShapedReplies shaped = new ShapedReplies();

  GeminiEndpoint(World world) {
    this.world = world;
    this.author = new Author(world.seed());
  }

  static PromptCache.Rule cacheRule(Models.Model model) {
    return new PromptCache.Rule(model.id(), model.cacheMinimum(), 1, Duration.ofMinutes(5));
  }

  /// @param framing of the stream; null for an answer in one piece
  Reply generate(
      Call call, Models.Model model, JsonNode body, GeminiWriter.@Nullable Framing framing) {
    String project = call.account().organization().id();
    ApiError problem = new GeminiRules(body, model, project).check();
    if (problem != null) {
      return new Reply.Refused(problem);
    }
    Prompt prompt = GeminiReader.read(body);
    long input = prompt.inputTokens();
    if (input > model.contextTokens()) {
      return new Reply.Refused(
          GeminiErrors.invalid(
              "The input token count (%d) exceeds the maximum number of tokens allowed (%d)."
                  .formatted(input, model.contextTokens())));
    }
    ApiError refusal = OpenAiAdmission.admit(call, Provider.GEMINI, model, input, Long.MAX_VALUE);
    if (refusal != null) {
      return new Reply.Refused(refusal);
    }
    CacheUse cache = OpenAiAdmission.cached(call, Provider.GEMINI, model, prompt, "");
    JsonNode thinking =
        GeminiText.field(GeminiText.field(body, "generationConfig"), "thinkingConfig");
    GeminiWriter writer =
        new GeminiWriter(
            project,
            call.requestId(),
            world.id("", 8),
            model.id(),
            author.write(prompt, call.pace().answerTokens(), 0),
            input,
            cache,
            model.recent(),
            GeminiText.field(thinking, "includeThoughts").asBoolean());
    return framing == null ? writer.whole() : writer.stream(framing, 0);
  }

  /// An answer of fixed size.
  Reply shaped(Call call, Models.Model model, GeminiWriter.@Nullable Framing framing) {
    long input = Blocks.tokens(call.body().length);
    ApiError refusal = OpenAiAdmission.admit(call, Provider.GEMINI, model, input, Long.MAX_VALUE);
    if (refusal != null) {
      return new Reply.Refused(refusal);
    }
    return shaped.reply(
        new ShapedReplies.Key(
            String.valueOf(framing),
            model.id(),
            framing != null,
            input,
            world.shape(),
            call.pace()),
        (generation, rate) -> {
          GeminiWriter writer =
              new GeminiWriter(
                  "",
                  call.requestId(),
                  "",
                  model.id(),
                  generation,
                  input,
                  CacheUse.NONE,
                  false,
                  false);
          return framing == null ? writer.whole() : writer.stream(framing, rate);
        });
  }

  /// Counts the tokens of contents, or of a whole request.
  Reply count(Call call, Models.Model model, JsonNode body) {
    JsonNode inner = GeminiText.field(body, "generateContentRequest");
    JsonNode request = inner.isObject() ? inner : body;
    if (!GeminiReader.contents(request).isArray()) {
      return new Reply.Refused(
          GeminiErrors.invalid("* CountTokensRequest.contents: contents is not specified\n"));
    }
    Admission admission =
        call.admit(model.group() + ":countTokens", model.id(), Demand.REQUEST_ONLY);
    if (admission instanceof Admission.Exhausted exhausted) {
      return new Reply.Refused(GeminiLimits.exhausted(call, model.id(), exhausted));
    }
    long tokens = GeminiReader.read(request).inputTokens();
    ObjectNode answer = JsonText.object().put("totalTokens", tokens);
    answer
        .putArray("promptTokensDetails")
        .addObject()
        .put("modality", "TEXT")
        .put("tokenCount", tokens);
    return Reply.json(answer);
  }
}
