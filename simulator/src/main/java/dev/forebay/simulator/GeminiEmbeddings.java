package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// `:embedContent` and `:batchEmbedContents`.
final class GeminiEmbeddings {

  private static final int MAX_REQUESTS = 100;

  private GeminiEmbeddings() {}

  static Reply one(Call call, Models.Model model, JsonNode body) {
    Reply answer = embed(call, model, List.of(body));
    if (answer instanceof Reply.Refused) {
      return answer;
    }
    ObjectNode result = JsonText.object();
    result.set("embedding", vector(model, body));
    return Reply.json(result);
  }

  static Reply batch(Call call, Models.Model model, JsonNode body) {
    JsonNode requests = body.path("requests");
    if (!requests.isArray() || requests.isEmpty() || requests.size() > MAX_REQUESTS) {
      return new Reply.Refused(
          GeminiErrors.invalid(
              "* BatchEmbedContentsRequest.requests: at least one and at most %d requests are expected, got %d%n"
                  .formatted(MAX_REQUESTS, requests.size())));
    }
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode request : requests) {
      String named = JsonText.string(request, "model");
      if (!named.isEmpty() && !named.equals("models/" + model.id())) {
        return new Reply.Refused(
            GeminiErrors.invalid(
                "* BatchEmbedContentsRequest.requests[].model: model must match the model in the"
                    + " batch request.\n"));
      }
      all.add(request);
    }
    return embed(call, model, all);
  }

  private static Reply embed(Call call, Models.Model model, List<JsonNode> requests) {
    long tokens = 0;
    for (JsonNode request : requests) {
      String text = text(request);
      if (text.isEmpty()) {
        return new Reply.Refused(
            GeminiErrors.invalid("* EmbedContentRequest.content: content is empty\n"));
      }
      tokens += Blocks.tokens(text.length());
    }
    ApiError refusal = OpenAiAdmission.admit(call, Provider.GEMINI, model, tokens, Long.MAX_VALUE);
    if (refusal != null) {
      return new Reply.Refused(refusal);
    }
    ObjectNode answer = JsonText.object();
    ArrayNode embeddings = answer.putArray("embeddings");
    requests.forEach(request -> embeddings.add(vector(model, request)));
    return Reply.json(answer);
  }

  private static ObjectNode vector(Models.Model model, JsonNode request) {
    int natural = EmbeddingsEndpoint.dimensions(model);
    JsonNode asked = GeminiText.field(request, "outputDimensionality");
    if (asked.isMissingNode()) {
      asked =
          GeminiText.field(GeminiText.field(request, "embedContentConfig"), "outputDimensionality");
    }
    int dimensions = Math.clamp(asked.asInt(natural), 1, natural);
    ObjectNode embedding = JsonText.object();
    embedding.set("values", Vectors.numbers(Vectors.of(text(request), dimensions)));
    return embedding;
  }

  private static String text(JsonNode request) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : request.path("content").path("parts")) {
      text.append(part.path("text").isTextual() ? part.get("text").textValue() : part.toString());
    }
    return text.toString();
  }
}
