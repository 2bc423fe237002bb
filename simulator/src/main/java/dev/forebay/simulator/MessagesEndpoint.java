package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// `POST /v1/messages` and `/v1/messages/count_tokens`. Event loop only.
final class MessagesEndpoint {

  private static final String THREADS_BETA = "message-threads-";
  private static final String BINDING_BETA = "thinking-binding-controls-2026-08-01";

  private final World world;
  private final Author author;
  private final ShapedReplies shaped = new ShapedReplies();

  MessagesEndpoint(World world) {
    this.world = world;
    this.author = new Author(world.seed());
  }

  Opened create(Call call, JsonNode body) {
    String model = JsonText.string(body, "model");
    return new Opened.Ready(model, () -> answer(call, body, model, false));
  }

  Opened count(Call call, JsonNode body) {
    String model = JsonText.string(body, "model");
    return new Opened.Ready(model, () -> answer(call, body, model, true));
  }

  private Reply answer(Call call, JsonNode body, String modelId, boolean counting) {
    if (modelId.isEmpty()) {
      return new Reply.Refused(AnthropicErrors.invalid("model: Field required"));
    }
    Models.Model model = world.models().find(Provider.ANTHROPIC, modelId);
    if (model == null || !call.key().allows(modelId)) {
      return new Reply.Refused(
          FaultErrors.refused(call, modelId, Refusal.ANTHROPIC_MODEL_NOT_FOUND));
    }
    String version = call.header("anthropic-version");
    String beta = call.header("anthropic-beta");
    ApiError problem = new MessagesRules(body, model, version, !beta.isEmpty(), counting).check();
    if (problem != null) {
      return new Reply.Refused(problem);
    }
    JsonNode thread = body.path("thread");
    if (thread.isObject() && !beta.contains(THREADS_BETA)) {
      return new Reply.Refused(AnthropicErrors.invalid("thread: Extra inputs are not permitted"));
    }
    StoredThread earlier = null;
    if ("continue".equals(JsonText.string(thread, "type"))) {
      String previous = JsonText.string(thread, "previous_message_id");
      earlier = call.account().threads().get(previous);
      if (earlier == null) {
        return new Reply.Refused(threadNotFound(previous));
      }
    }
    return converse(call, body, model, version, beta, earlier, counting);
  }

  private static ApiError threadNotFound(String id) {
    return new ApiError(
        404,
        "not_found_error",
        "thread_not_found",
        "thread.previous_message_id: no thread holds message " + id);
  }

  private Reply converse(
      Call call,
      JsonNode body,
      Models.Model model,
      String version,
      String beta,
      @Nullable StoredThread earlier,
      boolean counting) {
    JsonNode system = body.path("system");
    JsonNode messages = body.path("messages");
    if (earlier != null && messages.isArray()) {
      ArrayNode all = earlier.messages().deepCopy();
      messages.forEach(all::add);
      messages = all;
      system = system.isMissingNode() ? earlier.system() : system;
    }
    boolean newest = version.equals(MessagesRules.NEWEST);
    boolean drops =
        beta.contains(BINDING_BETA)
            && "drop_block"
                .equals(
                    JsonText.string(
                        body.path("thinking").path("block_binding"), "prefix_mismatch_behavior"));
    ApiError problem =
        new ConversationRules(
                messages,
                model,
                call.account().organization().id(),
                newest,
                newest || !beta.isEmpty(),
                drops)
            .check();
    if (problem != null) {
      return new Reply.Refused(problem);
    }
    Prompt prompt = MessagesReader.read(body, system, messages);
    if (prompt.inputTokens() > model.contextTokens()) {
      return new Reply.Refused(
          AnthropicErrors.invalid(
              "prompt is too long: %d tokens > %d maximum"
                  .formatted(prompt.inputTokens(), model.contextTokens())));
    }
    return counting
        ? counted(call, model, prompt)
        : generated(call, body, model, prompt, system, messages);
  }

  private static Reply counted(Call call, Models.Model model, Prompt prompt) {
    Admission admission = call.admit("count_tokens", model.id(), Demand.REQUEST_ONLY);
    return admission instanceof Admission.Exhausted exhausted
        ? new Reply.Refused(AnthropicLimits.exhausted(call, "count_tokens", exhausted))
        : Reply.json(JsonText.object().put("input_tokens", prompt.inputTokens()));
  }

  private Reply generated(
      Call call,
      JsonNode body,
      Models.Model model,
      Prompt prompt,
      JsonNode system,
      JsonNode messages) {
    long input = prompt.inputTokens();
    PromptCache cached = call.account().cache();
    PromptCache.Rule rule =
        new PromptCache.Rule(
            call.key().section() + ' ' + model.id(), model.cacheMinimum(), 1, null);
    long now = world.clock().epochNanos();
    // What is read from the cache does not count as input.
    long read = cached.peek(rule, prompt.blocks(), now);
    Admission admission =
        call.admit(model.group(), model.id(), new Demand(input - read, input - read, read));
    if (admission instanceof Admission.Exhausted exhausted) {
      return new Reply.Refused(AnthropicLimits.exhausted(call, model.group(), exhausted));
    }
    CacheUse cache = cached.use(rule, prompt.blocks(), now);
    Generation generation = author.write(prompt, call.pace().answerTokens(), 0);
    MessagesWriter writer =
        new MessagesWriter(
            call.account().organization().id(),
            world.id("msg_01", 22),
            world.id("toolu_01", 22),
            model.id(),
            generation,
            input,
            cache,
            !"omitted".equals(JsonText.string(body.path("thinking"), "display")));
    if (body.path("thread").isObject()) {
      store(call, writer, system, messages);
    }
    return body.path("stream").asBoolean() ? writer.stream(0) : writer.whole();
  }

  private static void store(Call call, MessagesWriter writer, JsonNode system, JsonNode messages) {
    ArrayNode conversation = messages.deepCopy();
    ObjectNode turn = conversation.addObject().put("role", "assistant");
    turn.set("content", writer.content());
    call.account().threads().put(writer.id(), new StoredThread(system, conversation));
  }

  /// An answer of fixed size.
  Opened shaped(Call call) {
    return switch (HeadScan.scan(call.body())) {
      case HeadScan.Malformed(String reason) ->
          new Opened.Refused(
              AnthropicErrors.invalid("The request body is not valid JSON: " + reason));
      case HeadScan.Head head ->
          new Opened.Ready(head.model(), () -> shaped(call, head.model(), head.stream()));
    };
  }

  private Reply shaped(Call call, String modelId, boolean stream) {
    Models.Model model = world.models().find(Provider.ANTHROPIC, modelId);
    if (model == null) {
      return new Reply.Refused(
          FaultErrors.refused(call, modelId, Refusal.ANTHROPIC_MODEL_NOT_FOUND));
    }
    long input = Blocks.tokens(call.body().length);
    Admission admission = call.admit(model.group(), model.id(), new Demand(input, input, 0));
    if (admission instanceof Admission.Exhausted exhausted) {
      return new Reply.Refused(AnthropicLimits.exhausted(call, model.group(), exhausted));
    }
    return shaped.reply(
        new ShapedReplies.Key("messages", modelId, stream, input, world.shape(), call.pace()),
        (generation, rate) -> {
          MessagesWriter writer =
              new MessagesWriter(
                  "", world.id("msg_01", 22), "", modelId, generation, input, CacheUse.NONE, true);
          return stream ? writer.stream(rate) : writer.whole();
        });
  }
}
