package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// `/v1/responses`: create, count, fetch, delete. Event loop only.
final class ResponsesEndpoint {

  private final World world;
  private final Author author;
  private final ShapedReplies shaped = new ShapedReplies();

  ResponsesEndpoint(World world) {
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
      return new Reply.Refused(OpenAiErrors.missing("model"));
    }
    Models.Model model = world.models().find(Provider.OPENAI, modelId);
    if (model == null || model.kind() != Models.Kind.CHAT || !call.key().allows(modelId)) {
      return new Reply.Refused(
          FaultErrors.refused(call, modelId, Refusal.OPENAI_MODEL_NOT_FOUND).withParam("model"));
    }
    ArrayNode items = JsonText.array();
    String previous = JsonText.string(body, "previous_response_id");
    if (!previous.isEmpty()) {
      StoredResponse earlier = call.account().responses().get(previous);
      if (earlier == null) {
        return new Reply.Refused(
            OpenAiErrors.invalid(
                "Previous response with id '" + previous + "' not found.",
                "previous_response_id",
                "previous_response_not_found"));
      }
      items.addAll(earlier.conversation());
    }
    String conversation =
        body.path("conversation").isObject()
            ? JsonText.string(body.path("conversation"), "id")
            : JsonText.string(body, "conversation");
    if (!conversation.isEmpty()
        && StorageShelf.of(call).find("conversation", conversation) == null) {
      return new Reply.Refused(
          new ApiError(
              404,
              "invalid_request_error",
              null,
              "Conversation with id '" + conversation + "' not found."));
    }
    items.addAll(ResponsesReader.items(body.path("input")));
    ApiError problem = new ResponsesRules(body, items, model).check();
    if (problem != null) {
      return new Reply.Refused(problem);
    }
    return counting ? counted(call, model, body, items) : reasoned(call, body, model, items);
  }

  private static Reply counted(Call call, Models.Model model, JsonNode body, ArrayNode items) {
    long tokens = ResponsesReader.read(body, items).inputTokens();
    ApiError refusal = OpenAiAdmission.admit(call, Provider.OPENAI, model, 0, Long.MAX_VALUE);
    return refusal == null
        ? Reply.json(
            JsonText.object().put("object", "response.input_tokens").put("input_tokens", tokens))
        : new Reply.Refused(refusal);
  }

  /// Leaves out reasoning of other organisations, and refuses what is no reasoning of ours at all.
  private Reply reasoned(Call call, JsonNode body, Models.Model model, ArrayNode items) {
    ArrayNode kept = JsonText.array();
    ArrayNode removed = JsonText.array();
    String organization = call.account().organization().id();
    for (JsonNode item : items) {
      JsonNode content = item.path("encrypted_content");
      if ("reasoning".equals(JsonText.string(item, "type"))
          && content.isTextual()
          && !content.textValue().isEmpty()) {
        switch (Signatures.check(content.textValue(), organization, "")) {
          case MALFORMED, OF_ANOTHER_TEXT -> {
            return new Reply.Refused(
                OpenAiErrors.invalid(
                    "The encrypted content "
                        + abbreviated(content.textValue())
                        + " could not be verified. Reason: Encrypted content could not be decrypted"
                        + " or parsed.",
                    null,
                    "invalid_encrypted_content"));
          }
          case OF_ANOTHER_ORGANIZATION -> {
            removed
                .addObject()
                .put("type", "reasoning")
                .put("action", "removed")
                .put("id", JsonText.string(item, "id"))
                .put("reason", "organization_mismatch");
            continue;
          }
          case GOOD -> {}
        }
      }
      kept.add(item);
    }
    return generated(call, body, model, kept, removed);
  }

  private static String abbreviated(String text) {
    return text.length() <= 8
        ? text
        : text.substring(0, 4) + "..." + text.substring(text.length() - 4);
  }

  private Reply generated(
      Call call, JsonNode body, Models.Model model, ArrayNode items, ArrayNode removed) {
    Prompt prompt = ResponsesReader.read(body, items);
    long input = prompt.inputTokens();
    if (input > model.contextTokens()) {
      return new Reply.Refused(OpenAiAdmission.tooLong(model, input, "input"));
    }
    ApiError refusal =
        OpenAiAdmission.admit(call, Provider.OPENAI, model, input, prompt.maxTokens());
    if (refusal != null) {
      return new Reply.Refused(refusal);
    }
    CacheUse cache =
        OpenAiAdmission.cached(
            call, Provider.OPENAI, model, prompt, JsonText.string(body, "prompt_cache_key"));
    boolean store = body.path("store").asBoolean(true);
    boolean encrypted = asksFor(body.path("include"), "reasoning.encrypted_content");
    ResponsesWriter writer =
        writer(
            call,
            body,
            model.id(),
            author.write(prompt, call.pace().answerTokens(), 0),
            input,
            cache,
            removed,
            encrypted);
    if (store) {
      ArrayNode conversation = items.deepCopy();
      conversation.addAll(writer.items().output());
      call.account()
          .responses()
          .put(writer.id(), new StoredResponse(writer.finished(), conversation));
    }
    return body.path("stream").asBoolean()
        ? writer.stream(0, body.path("stream_options").path("include_obfuscation").asBoolean(true))
        : writer.whole();
  }

  private static boolean asksFor(JsonNode include, String what) {
    for (JsonNode one : include) {
      if (what.equals(one.asText())) {
        return true;
      }
    }
    return false;
  }

  private ResponsesWriter writer(
      Call call,
      JsonNode body,
      String model,
      Generation generation,
      long input,
      CacheUse cache,
      ArrayNode removed,
      boolean encrypted) {
    String suffix = world.id("", 48);
    boolean summarized = body.path("reasoning").path("summary").isTextual();
    return new ResponsesWriter(
        body,
        "resp_" + suffix,
        world.clock().now().getEpochSecond(),
        model,
        new ResponseItems(
            call.account().organization().id(),
            suffix,
            world.id("call_", 24),
            generation,
            encrypted,
            summarized),
        input,
        cache,
        removed);
  }

  /// An answer of fixed size.
  Opened shaped(Call call) {
    return switch (HeadScan.scan(call.body())) {
      case HeadScan.Malformed(String reason) -> new Opened.Refused(OpenAiSurface.malformed(reason));
      case HeadScan.Head head ->
          new Opened.Ready(head.model(), () -> shaped(call, head.model(), head.stream()));
    };
  }

  private Reply shaped(Call call, String modelId, boolean stream) {
    Models.Model model = world.models().find(Provider.OPENAI, modelId);
    if (model == null) {
      return new Reply.Refused(
          FaultErrors.refused(call, modelId, Refusal.OPENAI_MODEL_NOT_FOUND).withParam("model"));
    }
    long input = Blocks.tokens(call.body().length);
    ApiError refusal = OpenAiAdmission.admit(call, Provider.OPENAI, model, input, Long.MAX_VALUE);
    if (refusal != null) {
      return new Reply.Refused(refusal);
    }
    return shaped.reply(
        new ShapedReplies.Key("responses", modelId, stream, input, world.shape(), call.pace()),
        (generation, rate) -> {
          ResponsesWriter writer =
              writer(
                  call,
                  JsonText.object(),
                  modelId,
                  generation,
                  input,
                  CacheUse.NONE,
                  JsonText.array(),
                  false);
          return stream ? writer.stream(rate, false) : writer.whole();
        });
  }

  Opened fetch(Call call, String id) {
    return new Opened.Ready(
        "",
        () -> {
          StoredResponse stored = call.account().responses().get(id);
          return stored == null ? new Reply.Refused(unknown(id)) : Reply.json(stored.body());
        });
  }

  Opened delete(Call call, String id) {
    return new Opened.Ready(
        "",
        () -> {
          StoredResponse stored = call.account().responses().remove(id);
          ObjectNode gone =
              JsonText.object().put("id", id).put("object", "response").put("deleted", true);
          return stored == null ? new Reply.Refused(unknown(id)) : Reply.json(gone);
        });
  }

  private static ApiError unknown(String id) {
    return new ApiError(
        404, "invalid_request_error", null, "Response with id '" + id + "' not found.");
  }
}
