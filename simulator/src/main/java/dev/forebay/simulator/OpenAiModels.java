package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// `GET /v1/models` and `GET /v1/models/{id}` in OpenAI's shape, for Gemini's surface too.
final class OpenAiModels {

  private OpenAiModels() {}

  static Reply list(Call call) {
    Provider provider = call.account().provider();
    ObjectNode body = JsonText.object().put("object", "list");
    ArrayNode data = body.putArray("data");
    for (Models.Model model : call.world().models().all(provider)) {
      if (call.key().allows(model.id())) {
        data.add(describe(provider, model));
      }
    }
    return Reply.json(body);
  }

  static Reply one(Call call, String given) {
    Provider provider = call.account().provider();
    String id = given.startsWith("models/") ? given.substring("models/".length()) : given;
    Models.Model model = call.world().models().find(provider, id);
    if (model != null && call.key().allows(id)) {
      return Reply.json(describe(provider, model));
    }
    return new Reply.Refused(
        provider == Provider.OPENAI
            ? new ApiError(
                    404,
                    "invalid_request_error",
                    "model_not_found",
                    "The model '" + id + "' does not exist")
                .withParam("model")
            : GeminiSurface.noModel(id, "generateContent", "v1main"));
  }

  private static ObjectNode describe(Provider provider, Models.Model model) {
    boolean google = provider == Provider.GEMINI;
    ObjectNode node =
        JsonText.object()
            .put("id", google ? "models/" + model.id() : model.id())
            .put("object", "model");
    if (!google) {
      node.put("created", model.created());
    }
    return node.put("owned_by", google ? "google" : "system");
  }
}
