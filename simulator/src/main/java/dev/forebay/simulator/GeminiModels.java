package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Gemini's `GET models` and `GET models/{m}`.
final class GeminiModels {

  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 1000;

  private GeminiModels() {}

  static Reply list(Call call) {
    int size = number(call.request().getParam("pageSize", ""), DEFAULT_PAGE);
    int from = number(call.request().getParam("pageToken", ""), 0);
    List<Models.Model> models = new ArrayList<>();
    for (Models.Model model : call.world().models().all(Provider.GEMINI)) {
      if (call.key().allows(model.id())) {
        models.add(model);
      }
    }
    int to = Math.min(models.size(), from + Math.clamp(size, 1, MAX_PAGE));
    ObjectNode body = JsonText.object();
    ArrayNode page = body.putArray("models");
    models.subList(Math.min(from, to), to).forEach(model -> page.add(describe(model)));
    if (to < models.size()) {
      body.put("nextPageToken", Integer.toString(to));
    }
    return Reply.json(body);
  }

  private static int number(String text, int otherwise) {
    try {
      return text.isEmpty() ? otherwise : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException notANumber) {
      return otherwise;
    }
  }

  static Reply one(Call call, String id, String version) {
    Models.Model model = call.world().models().find(Provider.GEMINI, id);
    return model == null || !call.key().allows(id)
        ? new Reply.Refused(GeminiSurface.noModel(id, "generateContent", version))
        : Reply.json(describe(model));
  }

  private static ObjectNode describe(Models.Model model) {
    ObjectNode node =
        JsonText.object()
            .put("name", "models/" + model.id())
            .put("version", "001")
            .put("displayName", model.name())
            .put("inputTokenLimit", model.contextTokens())
            .put("outputTokenLimit", Math.max(1, model.outputTokens()));
    ArrayNode methods = node.putArray("supportedGenerationMethods");
    switch (model.kind()) {
      case EMBEDDING -> methods.add("embedContent").add("countTextTokens").add("countTokens");
      case CHAT -> {
        methods.add("generateContent").add("countTokens").add("createCachedContent");
        node.put("temperature", 1).put("topP", 0.95).put("topK", 64).put("maxTemperature", 2);
        node.put("thinking", true);
      }
      default -> methods.add("predict");
    }
    return node;
  }
}
