package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /v1/completions`, the legacy one. Event loop only.
final class CompletionsEndpoint {

  private static final long DEFAULT_TOKENS = 16;

  private final World world;
  private final Author author;

  CompletionsEndpoint(World world) {
    this.world = world;
    this.author = new Author(world.seed());
  }

  Opened create(Call call, JsonNode body) {
    String model = JsonText.string(body, "model");
    return new Opened.Ready(model, () -> answer(call, body, model));
  }

  private Reply answer(Call call, JsonNode body, String modelId) {
    if (modelId.isEmpty()) {
      return new Reply.Refused(OpenAiErrors.invalid("you must provide a model parameter", null));
    }
    Models.Model model = world.models().find(Provider.OPENAI, modelId);
    if (model == null || !call.key().allows(modelId)) {
      return new Reply.Refused(FaultErrors.refused(call, modelId, Refusal.OPENAI_MODEL_NOT_FOUND));
    }
    if (model.kind() != Models.Kind.COMPLETION) {
      return new Reply.Refused(
          new ApiError(
              404,
              "invalid_request_error",
              null,
              "This is a chat model and not supported in the v1/completions endpoint. Did you mean"
                  + " to use v1/chat/completions?"));
    }
    Blocks blocks = new Blocks();
    String text = ChatReader.textOf(body.path("prompt"));
    blocks.text(text, null);
    Prompt prompt =
        new Prompt(
            blocks.list(),
            text,
            false,
            List.of(),
            new Prompt.Choice.Auto(),
            new Prompt.Form.Text(),
            body.path("max_tokens").asLong(DEFAULT_TOKENS),
            List.of(),
            false);
    ApiError refusal =
        OpenAiAdmission.admit(
            call, Provider.OPENAI, model, prompt.inputTokens(), prompt.maxTokens());
    if (refusal != null) {
      return new Reply.Refused(refusal);
    }
    Generation generation = author.write(prompt, call.pace().answerTokens(), 0);
    return body.path("stream").asBoolean()
        ? stream(body, model, generation, prompt.inputTokens())
        : whole(model, generation, prompt.inputTokens());
  }

  private Reply whole(Models.Model model, Generation generation, long input) {
    ObjectNode body = head(world.id("cmpl-", 29), model, generation.text(), finish(generation));
    body.set("usage", usage(input, generation));
    return new Reply.Whole("application/json", JsonText.bytes(body), generation.tokens());
  }

  private Reply stream(JsonNode request, Models.Model model, Generation generation, long input) {
    String id = world.id("cmpl-", 29);
    List<StreamEvent> events = new ArrayList<>();
    for (String word : generation.words()) {
      events.add(event(head(id, model, word, null), 1));
    }
    events.add(event(head(id, model, "", finish(generation)), 0));
    if (request.path("stream_options").path("include_usage").asBoolean()) {
      ObjectNode last = head(id, model, "", null);
      last.putArray("choices");
      last.set("usage", usage(input, generation));
      events.add(event(last, 0));
    }
    events.add(new StreamEvent(Buffer.buffer("data: [DONE]\n\n"), 0));
    return new Reply.Streamed(
        "text/event-stream; charset=utf-8",
        events,
        0,
        (_, kind) ->
            Buffer.buffer(
                "data: "
                    + FaultErrors.inside(Provider.OPENAI, kind).body(Provider.OPENAI, "")
                    + "\n\n"));
  }

  private static StreamEvent event(ObjectNode body, int tokens) {
    return new StreamEvent(Buffer.buffer("data: " + body + "\n\n"), tokens);
  }

  private static String finish(Generation generation) {
    return generation.finish() == Generation.Finish.LENGTH ? "length" : "stop";
  }

  private ObjectNode head(String id, Models.Model model, String text, @Nullable String finish) {
    ObjectNode body =
        JsonText.object()
            .put("id", id)
            .put("object", "text_completion")
            .put("created", world.clock().now().getEpochSecond())
            .put("model", model.id());
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("text", text).put("index", 0).putNull("logprobs").put("finish_reason", finish);
    return body;
  }

  private static ObjectNode usage(long input, Generation generation) {
    return JsonText.object()
        .put("prompt_tokens", input)
        .put("completion_tokens", generation.tokens())
        .put("total_tokens", input + generation.tokens());
  }
}
