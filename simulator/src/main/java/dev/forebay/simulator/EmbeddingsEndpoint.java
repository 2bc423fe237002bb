package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// `POST /v1/embeddings`, and the same on Gemini's OpenAI-compatible surface. Event loop only.
final class EmbeddingsEndpoint {

  private static final int MAX_INPUTS = 2048;

  private final World world;
  private final Provider provider;

  EmbeddingsEndpoint(World world, Provider provider) {
    this.world = world;
    this.provider = provider;
  }

  Opened create(Call call, JsonNode body) {
    String given = JsonText.string(body, "model");
    String model =
        provider == Provider.GEMINI && given.startsWith("models/")
            ? given.substring("models/".length())
            : given;
    return new Opened.Ready(model, () -> answer(call, body, model));
  }

  private Reply answer(Call call, JsonNode body, String modelId) {
    if (modelId.isEmpty()) {
      return new Reply.Refused(OpenAiErrors.invalid("you must provide a model parameter", null));
    }
    Models.Model model = world.models().find(provider, modelId);
    if (model == null || !call.key().allows(modelId)) {
      return new Reply.Refused(
          provider == Provider.OPENAI
              ? FaultErrors.refused(call, modelId, Refusal.OPENAI_MODEL_NOT_FOUND)
              : GeminiSurface.noModel(modelId, "embedContent", "v1main"));
    }
    if (model.kind() != Models.Kind.EMBEDDING) {
      return new Reply.Refused(
          new ApiError(
              403,
              "invalid_request_error",
              null,
              "You are not allowed to generate embeddings from this model"));
    }
    List<String> inputs = inputs(body.path("input"));
    if (inputs.isEmpty() || inputs.contains("")) {
      return new Reply.Refused(
          OpenAiErrors.invalid("'$.input' is invalid. Please check the API reference.", null));
    }
    if (inputs.size() > MAX_INPUTS) {
      return new Reply.Refused(
          OpenAiErrors.invalid(
              "Invalid 'input': array too long. Expected an array with maximum length 2048, but got"
                  + " an array with length "
                  + inputs.size()
                  + " instead.",
              "input",
              "array_above_max_length"));
    }
    int natural = dimensions(model);
    int dimensions = body.path("dimensions").asInt(natural);
    if (dimensions < 1 || dimensions > natural) {
      return new Reply.Refused(
          OpenAiErrors.invalid(
              "Invalid value for 'dimensions' = "
                  + dimensions
                  + ". Must be less than or equal to "
                  + natural
                  + ".",
              "dimensions"));
    }
    return embedded(call, body, model, inputs, dimensions);
  }

  static int dimensions(Models.Model model) {
    return switch (model.id()) {
      case "text-embedding-3-small" -> 1536;
      default -> 3072;
    };
  }

  /// One text, several texts, the tokens of one, or the tokens of several.
  private static List<String> inputs(JsonNode input) {
    List<String> inputs = new ArrayList<>();
    if (input.isTextual()) {
      inputs.add(input.textValue());
    } else if (input.isArray() && !input.isEmpty() && input.get(0).isNumber()) {
      inputs.add(input.toString());
    } else {
      for (JsonNode one : input) {
        inputs.add(one.isTextual() ? one.textValue() : one.toString());
      }
    }
    return inputs;
  }

  private Reply embedded(
      Call call, JsonNode body, Models.Model model, List<String> inputs, int dimensions) {
    long tokens = 0;
    for (String input : inputs) {
      int one = Blocks.tokens(input.length());
      if (one > model.contextTokens()) {
        return new Reply.Refused(OpenAiAdmission.tooLong(model, one, "input"));
      }
      tokens += one;
    }
    ApiError refusal = OpenAiAdmission.admit(call, provider, model, tokens, Long.MAX_VALUE);
    if (refusal != null) {
      return new Reply.Refused(refusal);
    }
    boolean base64 = "base64".equals(JsonText.string(body, "encoding_format"));
    ObjectNode answer = JsonText.object().put("object", "list");
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < inputs.size(); i++) {
      float[] vector = Vectors.of(inputs.get(i), dimensions);
      ObjectNode embedding = data.addObject().put("object", "embedding").put("index", i);
      if (base64) {
        embedding.put("embedding", Vectors.base64(vector));
      } else {
        embedding.set("embedding", Vectors.numbers(vector));
      }
    }
    answer.put("model", model.id());
    answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return Reply.json(answer);
  }
}
