package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Effort;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads `generationConfig`. *Confined to one call.*
record GenerationConfig(Conversation.Draft draft, Losses losses) {

  private static final String FIELD = "generationConfig";
  private static final String JSON = "application/json";

  void read(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    String mimeType = null;
    Slice schema = null;
    GeminiRendering rendering = new GeminiRendering(losses);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (Spelling.camel(name)) {
        case "responseMimeType" -> mimeType = json.textOrNull();
        case "responseSchema", "responseJsonSchema", "ResponseJsonSchema" -> {
          Slice said = json.rawOrNull();
          schema = said == null ? schema : said;
        }
        default -> {
          String field = Spelling.camel(name);
          if (!rendering.read(field, json)) {
            field(field, name, json);
          }
        }
      }
    }
    draft.rendering = rendering.done();
    mimeType = mimeType == null ? rendering.mimeType : mimeType;
    schema = schema == null ? rendering.schema : schema;
    if (schema != null) {
      Slice plain = Schemas.plain(schema, Where.of(FIELD).then("responseSchema"));
      draft.format = new OutputFormat.Schema(null, null, plain, null);
    } else if (JSON.equals(mimeType)) {
      draft.format = new OutputFormat.Json();
    } else if (mimeType != null && !mimeType.equals("text/plain")) {
      String said = rendering.mimeType == null ? "responseMimeType" : "responseFormat";
      losses.lose(Feature.OWN_OPTION, FIELD + "." + said);
    }
  }

  private void field(String field, String name, JsonReader json) throws Fault {
    switch (field) {
      case "temperature" -> draft.temperature = json.number();
      case "topP" -> draft.topP = json.number();
      case "topK" -> draft.topK = json.integer();
      case "candidateCount" -> draft.candidates = json.integer();
      case "maxOutputTokens" -> draft.cap = json.integer();
      case "seed" -> draft.seed = json.integer();
      case "presencePenalty" -> draft.presencePenalty = json.number();
      case "frequencyPenalty" -> draft.frequencyPenalty = json.number();
      case "responseLogprobs" -> draft.logprobs = json.flag();
      case "logprobs" -> draft.topLogprobs = json.integer();
      case "stopSequences" -> draft.stops = texts(json);
      case "thinkingConfig" -> thinking(json);
      case "mediaResolution" -> {
        String level = json.textOrNull();
        draft.detail = level == null ? null : Resolution.word(level);
      }
      case "enableEnhancedCivicAnswers",
          "routingConfig",
          "modelSelectionConfig",
          "audioTimestamp",
          "audioTranscriptionConfig",
          "translationConfig",
          "enableAffectiveDialog" ->
          lost(Feature.OWN_OPTION, name, json);
      default -> lost(Feature.UNKNOWN, name, json);
    }
  }

  private void lost(Feature feature, String name, JsonReader json) throws Fault {
    if (!json.isNull()) {
      losses.lose(feature, FIELD + "." + name);
    }
    json.skip();
  }

  private static List<String> texts(JsonReader json) throws Fault {
    List<String> texts = new ArrayList<>();
    if (json.arrayOrNull()) {
      while (json.nextElement()) {
        texts.add(json.text());
      }
    }
    return List.copyOf(texts);
  }

  private void thinking(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (Spelling.camel(name)) {
        case "includeThoughts" -> draft.shown = json.flag();
        case "thinkingBudget" -> draft.budget = json.integer();
        case "thinkingLevel" -> {
          String level = json.textOrNull();
          draft.effort = level == null ? null : Effort.of(level.toLowerCase(Locale.ROOT));
        }
        default -> lost(Feature.UNKNOWN, "thinkingConfig." + name, json);
      }
    }
  }
}
