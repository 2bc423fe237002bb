package dev.forebay.app.roundtrip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The values with which the types are filled, where any would not do.
final class Seeds {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String PDF =
      "{\"file_data\":\"data:application/pdf;base64,aGk=\",\"filename\":\"a.pdf\"}";
  private static final String PICTURE = "{\"image_url\":\"https://a.example/1.png\"}";
  private static final String BLOB = "{\"mimeType\":\"image/png\",\"data\":\"b25l\"}";
  private static final String FILE =
      "{\"mimeType\":\"image/png\",\"fileUri\":\"https://a.example/1.png\"}";

  /// As long as places in it are far.
  private static final String LONG = "said ".repeat(800);

  private static final String BACKED =
      "{\"segment\":{\"endIndex\":3500},\"groundingChunkIndices\":[0]}";
  private static final String PAGES =
      "[{\"web\":{\"uri\":\"https://a.example/1\"}},{\"web\":{\"uri\":\"https://a.example/2\"}}]";

  private static final Map<String, List<String>> TEXTS =
      Map.ofEntries(
          Map.entry("arguments", List.of("{\"a\":1}", "{\"a\":2}")),
          Map.entry("url", List.of("https://a.example/1.png", "https://a.example/2.png")),
          Map.entry("image_url", List.of("https://a.example/1.png", "https://a.example/2.png")),
          Map.entry("fileUri", List.of("https://a.example/1.png", "https://a.example/2.png")),
          Map.entry(
              "file_data",
              List.of("data:application/pdf;base64,aGk=", "data:application/pdf;base64,aG8=")),
          Map.entry("data", List.of("aGk=", "aG8=")),
          Map.entry("role", List.of("user", "model")),
          Map.entry("createTime", List.of("2026-11-27T10:00:00Z", "2026-11-27T11:00:00.5Z")),
          Map.entry("mimeType", List.of("image/png", "image/jpeg")),
          Map.entry("TextResponseFormat.mimeType", List.of("application/json", "text/plain")),
          Map.entry("responseMimeType", List.of("application/json", "text/plain")));

  /// By the name of the type; for those that have two ways to say where their bytes are, one is
  /// left out where the other is looked at.
  private static final Map<String, JsonNode> LEAST =
      Map.ofEntries(
          Map.entry("ResponseCreateParams$Body", json("{\"input\":\"Hi\",\"model\":\"m\"}")),
          Map.entry("ResponseInputItem$FunctionCallOutput", json("{\"call_id\":\"c1\"}")),
          Map.entry(
              "ChatCompletionChunk$Choice$Delta$ToolCall",
              json("{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\"}}")),
          Map.entry(
              "RawMessageDeltaEvent$Delta",
              json("{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"x\"}")),
          Map.entry("ChatCompletionContentPart$File$FileObject", json(PDF)),
          Map.entry(
              "ResponseFormatJsonSchema$JsonSchema", json("{\"schema\":{\"type\":\"object\"}}")),
          Map.entry("ResponseInputFile", json(PDF)),
          Map.entry("ResponseInputFileContent", json(PDF)),
          Map.entry("ResponseInputImage", json(PICTURE)),
          Map.entry("ResponseInputImageContent", json(PICTURE)),
          Map.entry("ChatCompletionMessage", json("{\"content\":\"said\"}")),
          Map.entry("Candidate", json("{\"content\":{\"parts\":[{\"text\":\"" + LONG + "\"}]}}")),
          // Else the sum would be a guess, by what was sent.
          Map.entry(
              "GenerateContentResponse",
              json("{\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":1}}")),
          Map.entry("GroundingSupport", json(BACKED)),
          Map.entry("Segment", json("{\"endIndex\":3500}")),
          Map.entry("GroundingChunk", json("{\"web\":{\"uri\":\"https://a.example/1\"}}")),
          Map.entry("Citation", json("{\"uri\":\"https://a.example/1\",\"endIndex\":3500}")),
          // Enough was written to the cache for any part of it.
          Map.entry("ResponseUsage$InputTokensDetails", json("{\"cache_write_tokens\":9000}")),
          Map.entry("Usage", json("{\"cache_creation_input_tokens\":9000}")),
          Map.entry("FunctionCall", json("{\"name\":\"f\"}")),
          Map.entry("FunctionResponse", json("{\"name\":\"f\",\"response\":{}}")),
          Map.entry("FunctionDeclaration", json("{\"name\":\"f\"}")),
          Map.entry("Schema", json("{\"type\":\"STRING\"}")),
          Map.entry("Blob", json(BLOB)),
          Map.entry("FunctionResponseBlob", json(BLOB)),
          Map.entry("FileData", json(FILE)),
          Map.entry("FunctionResponseFileData", json(FILE)));

  private Seeds() {}

  static Values requests(Wire wire) {
    Map<String, JsonNode> beside = new HashMap<>();
    JsonNode tools = json("{\"tools\":" + tools(wire) + "}");
    beside.put("tool_choice", tools);
    beside.put("parallel_tool_calls", tools);
    beside.put("toolConfig", tools);
    beside.put(
        "function_call", json("{\"functions\":[{\"name\":\"one-name\"},{\"name\":\"two-name\"}]}"));
    beside.put("stream_options", json("{\"stream\":true}"));
    beside.put("GenerationConfig.logprobs", json("{\"responseLogprobs\":true}"));
    beside.put("Part.mediaResolution", json("{\"inlineData\":" + BLOB + "}"));
    if (wire == Wire.CHAT) {
      beside.put("top_logprobs", json("{\"logprobs\":true}"));
      beside.put("audio", json("{\"modalities\":[\"text\",\"audio\"]}"));
    }
    if (wire == Wire.MESSAGES) {
      beside.put("thinking", json("{\"max_tokens\":9000}"));
    }
    return new Values(TEXTS, LEAST, beside);
  }

  static Values answers(Wire wire) {
    Map<String, JsonNode> beside = new HashMap<>();
    if (wire == Wire.MESSAGES) {
      beside.put("stop_details", json("{\"stop_reason\":\"refusal\"}"));
      beside.put("stop_sequence", json("{\"stop_reason\":\"stop_sequence\"}"));
      beside.put("stop_reason", json("{\"stop_sequence\":\"x\"}"));
    }
    if (wire == Wire.RESPONSES) {
      beside.put("incomplete_details", json("{\"status\":\"incomplete\"}"));
    }
    addSources(beside);
    return new Values(TEXTS, LEAST, beside);
  }

  static Values streams(Wire wire) {
    Map<String, JsonNode> beside = new HashMap<>();
    if (wire == Wire.CHAT) {
      beside.put("usage", json("{\"choices\":[]}"));
    }
    addSources(beside);
    return new Values(TEXTS, LEAST, beside);
  }

  /// A place needs a source, and a source a place; alternatives need what was chosen.
  private static void addSources(Map<String, JsonNode> beside) {
    beside.put("GroundingMetadata.groundingSupports", json("{\"groundingChunks\":" + PAGES + "}"));
    beside.put(
        "GroundingMetadata.groundingChunks", json("{\"groundingSupports\":[" + BACKED + "]}"));
    beside.put(
        "LogprobsResult.topCandidates",
        json("{\"chosenCandidates\":[{\"token\":\"a\",\"logProbability\":-0.5}]}"));
  }

  private static String tools(Wire wire) {
    return switch (wire) {
      case CHAT ->
          """
          [{"type":"function","function":{"name":"one-name"}},
           {"type":"function","function":{"name":"two-name"}}]\
          """;
      case RESPONSES ->
          """
          [{"type":"function","name":"one-name","parameters":{}},
           {"type":"function","name":"two-name","parameters":{}},
           {"type":"web_search_preview"}]\
          """;
      case MESSAGES ->
          """
          [{"name":"one-name","input_schema":{"type":"object"}},
           {"name":"two-name","input_schema":{"type":"object"}}]\
          """;
      case GEMINI ->
          """
          [{"functionDeclarations":[{"name":"one-name"},{"name":"two-name"},
            {"name":"one-allowedFunctionNames"},{"name":"two-allowedFunctionNames"}]}]\
          """;
    };
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
