package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.dialect.RequestHead.ModelPlace;
import dev.forebay.dialect.RequestHead.Owned;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass over the root object of one JSON body. *Confined to the exchange*, and used once.
final class JsonHead {

  private static final int NOT_GIVEN = -1;
  private static final int MOST_CHOICES = 128;

  private final Operation operation;
  private final JsonParser parser;
  private final long length;
  private final @Nullable String pathModel;
  private final boolean google;
  private final BodyWalk walk;
  private final UsageAsking asking;

  private @Nullable String model;

  // A stored prompt or conversation may name the model in the caller's place.
  private boolean modelStored;
  private boolean stream;
  private boolean stores;
  private long cap = NOT_GIVEN;
  private long choices = 1;
  private @Nullable String cacheKey;
  private boolean keyed;

  JsonHead(
      Operation operation,
      JsonParser parser,
      List<Slice> body,
      long length,
      @Nullable String pathModel,
      boolean pathStream) {
    this.operation = operation;
    this.parser = parser;
    this.length = length;
    this.pathModel = pathModel;
    this.google = operation.dialect() == Dialect.GEMINI_GENERATE;
    this.stream = google && pathStream;
    this.stores = operation == Operation.RESPONSES;
    this.walk = new BodyWalk(operation, parser, body, pathModel);
    this.asking = new UsageAsking(parser);
  }

  HeadScan scan() throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        return HeadScanner.notJson(
            "The request body must be a JSON object, but is "
                + (first == null ? "empty" : described(first))
                + ".");
      }
      long root = Json.tokenStart(parser);
      HeadScan.Malformed fault = null;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        walk.next();
        HeadScan.Malformed found = field(name, parser.nextToken());
        fault = fault == null ? found : fault;
      }
      walk.next();
      if (parser.nextToken() != null) {
        return HeadScanner.notJson(
            "The request body goes on behind its JSON object, at byte "
                + Json.tokenStart(parser)
                + ".");
      }
      return fault != null ? fault : head(root);
    } catch (JsonProcessingException e) {
      String path = Json.path(parser);
      return new HeadScan.Malformed(
          "The request body is not valid JSON: " + Json.reason(e, path) + ".",
          path,
          GatewayError.Kind.INVALID_JSON);
    }
  }

  private HeadScan head(long root) {
    String named = google ? pathModel : model;
    if (named == null) {
      named = HeadScanner.modelByDefault(operation);
    }
    if (operation.body() == Operation.Body.ANY || named == null && modelStored) {
      named = "";
    }
    if (named == null) {
      return HeadScanner.invalid(
          "The request names no model; add the field \"model\" with the id of one.", "model");
    }
    boolean streamed = stream && operation.canStream();
    boolean asks = streamed && operation.asksForUsage();
    return new HeadScan.Scanned(
        new RequestHead(
            named,
            streamed,
            cap < 0 ? NOT_GIVEN : cap * choices,
            walk.inputTokens(length),
            asks && asking.asked(),
            walk.owned(),
            walk.modelPlaces(),
            asks ? asking.edits(root) : List.of(),
            prefix(root),
            stores));
  }

  private PromptPrefix prefix(long root) {
    return operation.cachesPrompt()
        ? new PromptPrefix(walk.fingerprint(), cacheKey, keyed, walk.cacheLife(), root + 1)
        : PromptPrefix.NONE;
  }

  /// A field of the root object, its value's first token being current.
  private HeadScan.@Nullable Malformed field(String name, JsonToken value) throws IOException {
    switch (name) {
      case "model" -> {
        if (google) {
          walk.repeatedModel();
          return null;
        }
        return model(value);
      }
      case "stream" -> {
        return streamFlag(value);
      }
      case "stream_format" -> {
        if (operation == Operation.AUDIO_SPEECH && value == JsonToken.VALUE_STRING) {
          stream = parser.getText().equals("sse");
        }
      }
      case "stream_options" -> {
        if (operation.asksForUsage()) {
          asking.options(value);
        }
      }
      case "max_tokens", "max_completion_tokens", "max_output_tokens" -> outputCap(value);
      case "n" -> choices(value);
      case "input_file_id" -> walk.owns(Owned.Kind.FILE);
      case "store" -> stores = value == JsonToken.VALUE_TRUE;
      case "previous_response_id" -> walk.owns(Owned.Kind.PREVIOUS_RESPONSE);
      case "conversation" -> {
        modelStored |=
            operation.dialect() == Dialect.OPENAI_RESPONSES && value != JsonToken.VALUE_NULL;
        walk.ownsById(Owned.Kind.CONVERSATION, "id");
      }
      case "thread" -> walk.ownsById(Owned.Kind.THREAD, "previous_message_id");
      case "container" -> walk.ownsById(Owned.Kind.CONTAINER, "id");
      case "cachedContent", "cached_content" -> walk.owns(Owned.Kind.CACHED_CONTENT);
      case "generationConfig", "generation_config" -> generationConfig(value);
      case "prompt" -> {
        if (operation.dialect() == Dialect.OPENAI_RESPONSES) {
          modelStored |= value != JsonToken.VALUE_NULL;
          walk.ownsById(Owned.Kind.PROMPT, "id");
        }
      }
      case "messages", "input", "contents" -> walk.turns(name);
      case "tools",
          "functions",
          "system",
          "instructions",
          "systemInstruction",
          "system_instruction",
          "user" ->
          walk.preface(name);
      case "metadata" -> walk.metadata(value);
      case "prompt_cache_key" -> {
        keyed = true;
        cacheKey =
            value == JsonToken.VALUE_STRING && parser.getTextLength() > 0 ? parser.getText() : null;
      }
      case "prompt_cache_retention" -> walk.cacheLife(value);
      default -> walk.field(name);
    }
    // Whatever was not read above is passed over; on an object already read this does nothing.
    parser.skipChildren();
    return null;
  }

  private HeadScan.@Nullable Malformed model(JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return HeadScanner.invalid(
          "\"model\" must be a string with the id of a model, but is " + described(value) + ".",
          "model");
    }
    long from = Json.tokenStart(parser);
    String name = parser.getText();
    if (name.isBlank()) {
      return HeadScanner.invalid(
          "\"model\" must be the id of a model, but is an empty string.", "model");
    }
    model = name;
    walk.modelAt(new ModelPlace(from, Json.position(parser), "", true));
    return null;
  }

  private HeadScan.@Nullable Malformed streamFlag(JsonToken value) throws IOException {
    if (google) {
      parser.skipChildren();
      return null;
    }
    switch (value) {
      case VALUE_TRUE -> stream = true;
      case VALUE_FALSE, VALUE_NULL -> stream = false;
      default -> {
        parser.skipChildren();
        return HeadScanner.invalid(
            "\"stream\" must be true or false, but is " + described(value) + ".", "stream");
      }
    }
    return null;
  }

  private void generationConfig(JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken inner = parser.nextToken();
      switch (name) {
        case "maxOutputTokens", "max_output_tokens" -> outputCap(inner);
        case "candidateCount", "candidate_count" -> choices(inner);
        default -> {}
      }
      parser.skipChildren();
    }
  }

  private void outputCap(JsonToken value) throws IOException {
    cap = Math.max(cap, number(value));
  }

  private void choices(JsonToken value) throws IOException {
    choices = Math.clamp(number(value), 1, MOST_CHOICES);
  }

  /// A count; -1 for anything else, which is the provider's to refuse.
  private long number(JsonToken value) throws IOException {
    return switch (value) {
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT, LONG -> Math.clamp(parser.getLongValue(), NOT_GIVEN, Integer.MAX_VALUE);
            default -> NOT_GIVEN;
          };
      case VALUE_NUMBER_FLOAT ->
          (long) Math.clamp(parser.getDoubleValue(), NOT_GIVEN, Integer.MAX_VALUE);
      default -> NOT_GIVEN;
    };
  }

  private static String described(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "no value";
    };
  }
}
