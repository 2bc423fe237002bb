package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// OpenAI's pictures, sounds and moderation. Event loop only.
final class MediaEndpoint {

  /// A picture of one transparent point.
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

  private static final String[] CATEGORIES = {
    "harassment",
    "harassment/threatening",
    "hate",
    "hate/threatening",
    "illicit",
    "illicit/violent",
    "self-harm",
    "self-harm/instructions",
    "self-harm/intent",
    "sexual",
    "sexual/minors",
    "violence",
    "violence/graphic"
  };

  private final World world;
  private final Provider provider;

  MediaEndpoint(World world, Provider provider) {
    this.world = world;
    this.provider = provider;
  }

  /// Finds the model, asks the limits, then answers.
  private Opened with(
      Call call,
      String modelId,
      Models.Kind kind,
      long tokens,
      Function<Models.Model, Reply> answer) {
    return new Opened.Ready(
        modelId,
        () -> {
          Models.Model model = world.models().find(provider, modelId);
          if (model == null || model.kind() != kind || !call.key().allows(modelId)) {
            return new Reply.Refused(
                provider == Provider.OPENAI
                    ? FaultErrors.refused(call, modelId, Refusal.OPENAI_MODEL_NOT_FOUND)
                    : GeminiSurface.noModel(modelId, "generateImages", "v1main"));
          }
          ApiError refusal = OpenAiAdmission.admit(call, provider, model, tokens, Long.MAX_VALUE);
          return refusal == null ? answer.apply(model) : new Reply.Refused(refusal);
        });
  }

  private static Opened refused(ApiError error) {
    return new Opened.Refused(error);
  }

  private static String or(String given, String otherwise) {
    return given.isEmpty() ? otherwise : given;
  }

  Opened moderate(Call call, JsonNode body) {
    JsonNode input = body.path("input");
    if (input.isMissingNode() || input.isNull()) {
      return refused(OpenAiErrors.missing("input"));
    }
    return with(
        call,
        or(JsonText.string(body, "model"), "omni-moderation-latest"),
        Models.Kind.MODERATION,
        Blocks.tokens(input.toString().length()),
        model -> moderated(model, input));
  }

  private Reply moderated(Models.Model model, JsonNode input) {
    ObjectNode answer = JsonText.object().put("id", world.id("modr-", 32)).put("model", model.id());
    ArrayNode results = answer.putArray("results");
    int count = input.isArray() && !input.isEmpty() && input.get(0).isTextual() ? input.size() : 1;
    for (int i = 0; i < count; i++) {
      ObjectNode result = results.addObject().put("flagged", false);
      ObjectNode categories = result.putObject("categories");
      ObjectNode scores = result.putObject("category_scores");
      ObjectNode types = result.putObject("category_applied_input_types");
      for (String category : CATEGORIES) {
        categories.put(category, false);
        scores.put(category, 0.0001);
        types.putArray(category).add("text");
      }
    }
    return Reply.json(answer);
  }

  Opened generateImages(Call call, JsonNode body) {
    String prompt = JsonText.string(body, "prompt");
    if (prompt.isEmpty()) {
      return refused(OpenAiErrors.missing("prompt"));
    }
    String usual = provider == Provider.OPENAI ? "gpt-image-1" : "gemini-3.1-flash-image";
    return images(
        call,
        or(JsonText.string(body, "model"), usual),
        prompt,
        body.path("n").asInt(1),
        "url".equals(JsonText.string(body, "response_format")));
  }

  /// `/v1/images/edits` and `/v1/images/variations`.
  Opened changeImages(Call call, boolean variation) {
    Multipart form = Multipart.of(call);
    if (form == null) {
      return refused(wrongType());
    }
    if (!form.has("image")) {
      return refused(OpenAiErrors.missing("image"));
    }
    if (!variation && form.value("prompt").isEmpty()) {
      return refused(OpenAiErrors.missing("prompt"));
    }
    String count = form.value("n");
    return images(
        call,
        or(form.value("model"), variation ? "dall-e-2" : "gpt-image-1"),
        form.value("prompt"),
        count.length() == 1 && Character.isDigit(count.charAt(0)) ? count.charAt(0) - '0' : 1,
        form.value("response_format").equals("url"));
  }

  private static ApiError wrongType() {
    return OpenAiErrors.invalid(
        "Invalid Content-Type header: expected 'multipart/form-data' with a boundary.", null);
  }

  private Opened images(Call call, String modelId, String prompt, int count, boolean url) {
    if (count < 1 || count > 10) {
      return refused(OpenAiErrors.invalid("Invalid 'n': " + count + " (expected: 1 to 10).", "n"));
    }
    long tokens = Blocks.tokens(prompt.length());
    return with(
        call,
        modelId,
        Models.Kind.IMAGE,
        tokens,
        model -> {
          ObjectNode answer =
              JsonText.object().put("created", world.clock().now().getEpochSecond());
          ArrayNode data = answer.putArray("data");
          for (int i = 0; i < count; i++) {
            if (url) {
              data.addObject().put("url", "https://images.example.com/" + world.id("img-", 16));
            } else {
              data.addObject().put("b64_json", PNG);
            }
          }
          if (!model.id().startsWith("dall-e")) {
            long output = 272L * count;
            ObjectNode usage = answer.putObject("usage");
            usage.put("input_tokens", tokens).put("output_tokens", output);
            usage.put("total_tokens", tokens + output);
            usage
                .putObject("input_tokens_details")
                .put("text_tokens", tokens)
                .put("image_tokens", 0);
          }
          return Reply.json(answer);
        });
  }

  Opened speak(Call call, JsonNode body) {
    String input = JsonText.string(body, "input");
    if (input.isEmpty()) {
      return refused(OpenAiErrors.missing("input"));
    }
    if (body.path("voice").isMissingNode()) {
      return refused(OpenAiErrors.missing("voice"));
    }
    String format = or(JsonText.string(body, "response_format"), "mp3");
    String type = audioType(format);
    if (type == null) {
      return refused(
          OpenAiErrors.invalid(
              "Invalid value: '"
                  + format
                  + "'. Supported values are: 'mp3', 'opus', 'aac', 'flac',"
                  + " 'wav', and 'pcm'.",
              "response_format",
              "invalid_value"));
    }
    return with(
        call,
        JsonText.string(body, "model"),
        Models.Kind.SPEECH,
        Blocks.tokens(input.length()),
        _ -> new Reply.Whole(type, sound(input.length()), Blocks.tokens(input.length())));
  }

  private static @Nullable String audioType(String format) {
    return switch (format) {
      case "mp3" -> "audio/mpeg";
      case "opus" -> "audio/opus";
      case "aac" -> "audio/aac";
      case "flac" -> "audio/flac";
      case "wav" -> "audio/wav";
      case "pcm" -> "audio/pcm";
      default -> null;
    };
  }

  /// Noise, about as long as speech of so many characters would be.
  private static Buffer sound(int characters) {
    byte[] bytes = new byte[1024 + Math.min(characters, 4096) * 256];
    new SplittableRandom(characters).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  /// `/v1/audio/transcriptions` and `/v1/audio/translations`.
  Opened transcribe(Call call) {
    Multipart form = Multipart.of(call);
    if (form == null) {
      return refused(wrongType());
    }
    if (!form.has("file")) {
      return refused(OpenAiErrors.missing("file"));
    }
    if (form.value("model").isEmpty()) {
      return refused(OpenAiErrors.invalid("you must provide a model parameter", null));
    }
    String format = or(form.value("response_format"), "json");
    return with(
        call,
        form.value("model"),
        Models.Kind.TRANSCRIPTION,
        Blocks.tokens(call.body().length / 64),
        model -> transcribed(call, model, format));
  }

  private static Reply transcribed(Call call, Models.Model model, String format) {
    String text = "The water gathers behind a wall and waits.";
    if (format.equals("text")) {
      return new Reply.Whole(
          "text/plain; charset=utf-8", Buffer.buffer(text + "\n"), Blocks.tokens(text.length()));
    }
    ObjectNode answer = JsonText.object().put("text", text);
    ObjectNode usage = answer.putObject("usage");
    if (model.id().startsWith("whisper")) {
      usage.put("type", "duration").put("seconds", 1 + call.body().length / 32_000);
    } else {
      int input = Blocks.tokens(call.body().length / 64);
      int output = Blocks.tokens(text.length());
      usage.put("type", "tokens").put("input_tokens", input).put("output_tokens", output);
      usage.put("total_tokens", input + output);
      usage.putObject("input_token_details").put("text_tokens", 0).put("audio_tokens", input);
    }
    return new Reply.Whole(
        "application/json", JsonText.bytes(answer), Blocks.tokens(text.length()));
  }
}
