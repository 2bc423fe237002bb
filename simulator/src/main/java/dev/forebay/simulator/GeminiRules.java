package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Gemini refuses in a request to generate. Each check returns the first fault found, or null.
record GeminiRules(JsonNode body, Models.Model model, String project) {

  /// What lets tool calls of another model pass without a signature.
  private static final Set<String> PASSWORDS =
      Set.of("skip_thought_signature_validator", "context_engineering_is_the_way_to_go");

  private static final Set<String> FIELDS =
      Set.of(
          "contents",
          "systemInstruction",
          "tools",
          "toolConfig",
          "safetySettings",
          "generationConfig",
          "cachedContent",
          "labels",
          "model",
          "serviceTier",
          "store",
          "continuationToken");

  private static final Set<String> CONFIG =
      Set.of(
          "temperature",
          "topP",
          "topK",
          "candidateCount",
          "maxOutputTokens",
          "stopSequences",
          "presencePenalty",
          "frequencyPenalty",
          "seed",
          "responseMimeType",
          "responseSchema",
          "responseJsonSchema",
          "responseFormat",
          "responseLogprobs",
          "logprobs",
          "responseModalities",
          "speechConfig",
          "imageConfig",
          "mediaResolution",
          "thinkingConfig",
          "enableEnhancedCivicAnswers");

  @Nullable ApiError check() {
    JsonNode config = GeminiText.field(body, "generationConfig");
    ApiError problem = unknown(body, FIELDS, "");
    if (problem == null) {
      problem = unknown(config, CONFIG, " at 'generation_config'");
    }
    if (problem == null) {
      problem = contents();
    }
    if (problem == null) {
      problem = config(config);
    }
    if (problem == null) {
      problem = tools();
    }
    return problem == null ? signatures() : problem;
  }

  static @Nullable ApiError unknown(JsonNode node, Set<String> known, String at) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(GeminiText.camel(field.getKey()))) {
        return GeminiErrors.badField(
            at.isEmpty() ? "" : "generation_config",
            "Invalid JSON payload received. Unknown name \""
                + field.getKey()
                + "\""
                + at
                + ": Cannot find field.");
      }
    }
    return null;
  }

  private @Nullable ApiError contents() {
    JsonNode contents = GeminiReader.contents(body);
    if (!contents.isArray() || contents.isEmpty()) {
      return GeminiErrors.invalid("* GenerateContentRequest.contents: contents is not specified\n");
    }
    int calls = 0;
    for (int i = 0; i < contents.size(); i++) {
      JsonNode content = contents.get(i);
      String role = JsonText.string(content, "role");
      if (!role.isEmpty()
          && !role.equals("user")
          && !role.equals("model")
          && !role.equals("function")) {
        return GeminiErrors.invalid("Please use a valid role: user, model.");
      }
      JsonNode parts = content.path("parts");
      if (!parts.isArray() || parts.isEmpty()) {
        return GeminiErrors.invalid(
            "* GenerateContentRequest.contents["
                + i
                + "].parts: contents.parts must not be"
                + " empty.\n");
      }
      int responses = 0;
      int made = 0;
      for (JsonNode part : parts) {
        responses += GeminiText.field(part, "functionResponse").isObject() ? 1 : 0;
        made += GeminiText.field(part, "functionCall").isObject() ? 1 : 0;
      }
      if (responses > calls) {
        return GeminiErrors.invalid(
            calls == 0
                ? "Please ensure that function response turn comes immediately after a function call"
                    + " turn."
                : "Please ensure that the number of function response parts is equal to the number of"
                    + " function call parts of the function call turn.");
      }
      if (calls > 0 && responses == 0 && !role.equals("model")) {
        return GeminiErrors.invalid(
            "Please ensure that function call turn comes immediately after a user turn or after a"
                + " function response turn.");
      }
      calls = role.equals("model") ? calls + made : calls - responses;
    }
    return null;
  }

  private @Nullable ApiError config(JsonNode config) {
    ApiError problem = range(config, "temperature", 0, 2);
    if (problem == null) {
      problem = range(config, "topP", 0, 1);
    }
    if (problem == null) {
      problem = range(config, "maxOutputTokens", 1, model.outputTokens());
    }
    if (problem != null) {
      return problem;
    }
    if (GeminiText.field(config, "candidateCount").asInt(1) != 1) {
      return GeminiErrors.invalid("Multiple candidates is not enabled for this model");
    }
    if (GeminiText.field(config, "stopSequences").size() > 5) {
      return GeminiErrors.invalid(
          "* GenerateContentRequest.generation_config.stop_sequences: at most 5 stop sequences are"
              + " allowed.\n");
    }
    boolean json = "application/json".equals(GeminiText.string(config, "responseMimeType"));
    boolean schema =
        GeminiText.field(config, "responseSchema").isObject()
            || GeminiText.field(config, "responseJsonSchema").isObject();
    if (schema && !json) {
      return GeminiErrors.invalid(
          "* GenerateContentRequest.generation_config.response_schema: only allowed when"
              + " response_mime_type is application/json.\n");
    }
    boolean tools = body.path("tools").isArray() && !body.path("tools").isEmpty();
    return json && tools && !model.recent()
        ? GeminiErrors.invalid(
            "Function calling with a response mime type: 'application/json' is unsupported")
        : null;
  }

  private static @Nullable ApiError range(JsonNode config, String name, double least, double most) {
    JsonNode value = GeminiText.field(config, name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    String snake = GeminiText.snake(name);
    if (!value.isNumber()) {
      return GeminiErrors.badField(
          "generation_config." + snake,
          "Invalid value at 'generation_config." + snake + "' (TYPE_FLOAT), " + value);
    }
    return value.doubleValue() < least || value.doubleValue() > most
        ? GeminiErrors.invalid(
            "* GenerateContentRequest.generation_config.%s: %s must be in the range [%s, %s].%n"
                .formatted(snake, snake, least, most))
        : null;
  }

  private @Nullable ApiError tools() {
    int at = 0;
    for (JsonNode tool : body.path("tools")) {
      for (JsonNode declaration : GeminiText.field(tool, "functionDeclarations")) {
        String name = JsonText.string(declaration, "name");
        if (!validName(name)) {
          return GeminiErrors.invalid(
              "* GenerateContentRequest.tools["
                  + at
                  + "].function_declarations.name: Invalid"
                  + " function name. Must start with a letter or an underscore. Must be alphameric"
                  + " (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a"
                  + " maximum length of 64.\n");
        }
      }
      at++;
    }
    return null;
  }

  private static boolean validName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean other = (c >= '0' && c <= '9') || c == '.' || c == ':' || c == '-';
      if (!letter && (i == 0 || !other)) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= 64;
  }

  /// Since Gemini 3 the calls of the turn at hand must come back with their signatures, and
  /// whatever is signed must have been signed here.
  private @Nullable ApiError signatures() {
    if (!model.recent()) {
      return null;
    }
    JsonNode contents = GeminiReader.contents(body);
    int turn = turnStart(contents);
    for (int i = 0; i < contents.size(); i++) {
      JsonNode content = contents.get(i);
      if (!"model".equals(JsonText.string(content, "role"))) {
        continue;
      }
      boolean first = true;
      for (JsonNode part : content.path("parts")) {
        JsonNode call = GeminiText.field(part, "functionCall");
        String signature = GeminiText.string(part, "thoughtSignature");
        // Of calls made together only the first one is signed.
        if (call.isObject() && signature.isEmpty() && first && i >= turn) {
          return GeminiErrors.invalid(
              "Function call is missing a thought_signature in functionCall parts. This is required"
                  + " for tools to work correctly, and missing thought_signature may lead to degraded"
                  + " model performance. Additional data, function call `default_api:"
                  + JsonText.string(call, "name")
                  + "` , position "
                  + (i + 1)
                  + ". Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for"
                  + " more details.");
        }
        first &= !call.isObject();
        if (!signature.isEmpty()
            && !PASSWORDS.contains(signature)
            && Signatures.check(signature, project, "") != Signatures.Check.GOOD) {
          return GeminiErrors.invalid("Thought signature is not valid");
        }
      }
    }
    return null;
  }

  private static int turnStart(JsonNode contents) {
    for (int i = contents.size() - 1; i >= 0; i--) {
      JsonNode content = contents.get(i);
      if (!"model".equals(JsonText.string(content, "role")) && !GeminiReader.answersTool(content)) {
        return i;
      }
    }
    return 0;
  }
}
