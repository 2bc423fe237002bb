package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Anthropic's `GET /v1/models` and `GET /v1/models/{id}`.
final class AnthropicModels {

  private static final int DEFAULT_PAGE = 20;
  private static final int MAX_PAGE = 1000;

  private AnthropicModels() {}

  static Reply list(Call call) {
    String given = call.request().getParam("limit", Integer.toString(DEFAULT_PAGE));
    int limit;
    try {
      limit = Integer.parseInt(given);
    } catch (NumberFormatException notANumber) {
      limit = 0;
    }
    if (limit < 1 || limit > MAX_PAGE) {
      return new Reply.Refused(
          AnthropicErrors.invalid("limit: " + given + " (expected: 1 to " + MAX_PAGE + ")"));
    }
    List<Models.Model> models = new ArrayList<>();
    for (Models.Model model : call.world().models().all(Provider.ANTHROPIC)) {
      if (call.key().allows(model.id())) {
        models.add(model);
      }
    }
    int from = indexOf(models, call.request().getParam("after_id", "")) + 1;
    int before = indexOf(models, call.request().getParam("before_id", ""));
    int to = Math.min(before < 0 ? models.size() : before, from + limit);
    List<Models.Model> page = models.subList(Math.min(from, to), to);
    ObjectNode body = JsonText.object();
    ArrayNode data = body.putArray("data");
    page.forEach(model -> data.add(describe(model)));
    body.put("has_more", to < models.size());
    body.put("first_id", page.isEmpty() ? null : page.getFirst().id());
    body.put("last_id", page.isEmpty() ? null : page.getLast().id());
    return Reply.json(body);
  }

  private static int indexOf(List<Models.Model> models, String id) {
    for (int i = 0; i < models.size(); i++) {
      if (models.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  static Reply one(Call call, String id) {
    Models.Model model = call.world().models().find(Provider.ANTHROPIC, id);
    return model == null || !call.key().allows(id)
        ? new Reply.Refused(FaultErrors.refused(call, id, Refusal.ANTHROPIC_MODEL_NOT_FOUND))
        : Reply.json(describe(model));
  }

  private static ObjectNode describe(Models.Model model) {
    ObjectNode node =
        JsonText.object()
            .put("type", "model")
            .put("id", model.id())
            .put("display_name", model.name())
            .put("created_at", Instant.ofEpochSecond(model.created()).toString())
            .put("max_input_tokens", model.contextTokens())
            .put("max_tokens", model.outputTokens())
            .put("lifecycle", "active")
            .put("line", line(model));
    node.putNull("deprecated_at").putNull("retires_at");
    addCapabilities(node.putObject("capabilities"), model);
    return node;
  }

  private static void addCapabilities(ObjectNode capabilities, Models.Model model) {
    support(
        capabilities,
        "batch",
        "citations",
        "code_execution",
        "image_input",
        "pdf_input",
        "structured_outputs");
    support(
        supported(capabilities, "context_management"),
        "clear_thinking_20251015",
        "clear_tool_uses_20250919",
        "compact_20260112");
    support(supported(capabilities, "effort"), "low", "medium", "high", "xhigh", "max");
    support(supported(capabilities, "server_tools"), "code_execution", "web_search");
    ObjectNode types = supported(capabilities, "thinking").putObject("types");
    support(types, "disabled", "enabled");
    types.putObject("adaptive").put("supported", model.recent());
    types.putObject("between_tools").put("supported", model.recent());
  }

  private static ObjectNode supported(ObjectNode parent, String name) {
    return parent.putObject(name).put("supported", true);
  }

  private static void support(ObjectNode parent, String... names) {
    for (String name : names) {
      supported(parent, name);
    }
  }

  /// The family a model's name tells.
  private static String line(Models.Model model) {
    for (String line : new String[] {"haiku", "sonnet", "opus", "fable", "mythos"}) {
      if (model.id().contains(line)) {
        return line;
      }
    }
    return "opus";
  }
}
