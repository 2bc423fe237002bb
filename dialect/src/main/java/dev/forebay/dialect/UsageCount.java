package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// What an answer has stated of its usage so far, in the provider's own terms. *Confined to the
/// exchange.*
///
/// Every statement is cumulative: a later one replaces what it names and leaves the rest.
final class UsageCount {

  private final Operation.Counting counting;
  private final boolean thoughtsInTotalOnly;
  private boolean stated;

  private long input;
  private long output;
  private long total;
  private long cacheRead;
  private long cacheWrite;
  private long cacheWriteLong;
  private long reasoning;
  private long tool;
  private long audioIn;
  private long audioOut;
  private long imageIn;
  private long imageOut;
  private long asideInput;
  private long asideOutput;

  UsageCount(Operation operation) {
    this.counting = operation.counting();
    // Google's OpenAI-compatible answers leave thoughts out of the output and in the total.
    this.thoughtsInTotalOnly = operation.provider() == Provider.GEMINI;
  }

  /// Whether the provider has stated anything.
  boolean stated() {
    return stated;
  }

  /// Reads a `usage` or `usageMetadata` object, its brace being current.
  void read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    switch (counting) {
      case NOTHING -> parser.skipChildren();
      case OPENAI_TOKENS -> openAi(parser);
      case ANTHROPIC_TOKENS -> anthropic(parser);
      case GEMINI_TOKENS -> gemini(parser);
    }
  }

  private void openAi(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "prompt_tokens", "input_tokens" -> input = number(parser, value, input);
        case "completion_tokens", "output_tokens" -> output = number(parser, value, output);
        case "total_tokens" -> total = number(parser, value, total);
        case "prompt_tokens_details", "input_tokens_details", "input_token_details" ->
            openAiInput(parser, value);
        case "completion_tokens_details", "output_tokens_details", "output_token_details" ->
            openAiOutput(parser, value);
        default -> parser.skipChildren();
      }
    }
  }

  private void openAiInput(JsonParser parser, JsonToken object) throws IOException {
    if (object != JsonToken.START_OBJECT) {
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "cached_tokens" -> cacheRead = number(parser, value, cacheRead);
        case "cache_write_tokens" -> cacheWrite = number(parser, value, cacheWrite);
        case "ttl_12h_tokens" -> cacheWriteLong = number(parser, value, cacheWriteLong);
        case "audio_tokens" -> audioIn = number(parser, value, audioIn);
        case "image_tokens" -> imageIn = number(parser, value, imageIn);
        case "cache_write_tokens_details" -> openAiInput(parser, value);
        default -> parser.skipChildren();
      }
    }
  }

  private void openAiOutput(JsonParser parser, JsonToken object) throws IOException {
    if (object != JsonToken.START_OBJECT) {
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "reasoning_tokens" -> reasoning = number(parser, value, reasoning);
        case "audio_tokens" -> audioOut = number(parser, value, audioOut);
        case "image_tokens" -> imageOut = number(parser, value, imageOut);
        default -> parser.skipChildren();
      }
    }
  }

  private void anthropic(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "input_tokens" -> input = number(parser, value, input);
        case "output_tokens" -> output = number(parser, value, output);
        case "cache_read_input_tokens" -> cacheRead = number(parser, value, cacheRead);
        case "cache_creation_input_tokens" -> cacheWrite = number(parser, value, cacheWrite);
        case "cache_creation", "output_tokens_details" -> anthropicDetails(parser, value);
        case "iterations" -> iterations(parser, value);
        default -> parser.skipChildren();
      }
    }
  }

  private void anthropicDetails(JsonParser parser, JsonToken object) throws IOException {
    if (object != JsonToken.START_OBJECT) {
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "ephemeral_1h_input_tokens" -> cacheWriteLong = number(parser, value, cacheWriteLong);
        case "thinking_tokens" -> reasoning = number(parser, value, reasoning);
        default -> parser.skipChildren();
      }
    }
  }

  /// Compaction is billed beside the figures above it; every other iteration is inside them.
  private void iterations(JsonParser parser, JsonToken array) throws IOException {
    if (array != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    asideInput = 0;
    asideOutput = 0;
    while (nextObject(parser)) {
      boolean aside = false;
      long in = 0;
      long out = 0;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        switch (name) {
          case "type" -> {
            aside = "compaction".equals(parser.getText());
            parser.skipChildren();
          }
          case "input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens" ->
              in += number(parser, value, 0);
          case "output_tokens" -> out += number(parser, value, 0);
          default -> parser.skipChildren();
        }
      }
      if (aside) {
        asideInput += in;
        asideOutput += out;
      }
    }
  }

  private void gemini(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "promptTokenCount" -> input = number(parser, value, input);
        case "candidatesTokenCount", "responseTokenCount" -> output = number(parser, value, output);
        case "cachedContentTokenCount" -> cacheRead = number(parser, value, cacheRead);
        case "thoughtsTokenCount" -> reasoning = number(parser, value, reasoning);
        case "toolUsePromptTokenCount" -> tool = number(parser, value, tool);
        case "totalTokenCount" -> total = number(parser, value, total);
        case "promptTokensDetails" -> modalities(parser, value, true);
        case "candidatesTokensDetails", "responseTokensDetails" -> modalities(parser, value, false);
        default -> parser.skipChildren();
      }
    }
  }

  private void modalities(JsonParser parser, JsonToken array, boolean in) throws IOException {
    if (array != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (nextObject(parser)) {
      String modality = "";
      long tokens = 0;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (name.equals("modality") && value == JsonToken.VALUE_STRING) {
          modality = parser.getText();
        } else if (name.equals("tokenCount")) {
          tokens = number(parser, value, 0);
        }
        parser.skipChildren();
      }
      switch (modality) {
        case "AUDIO" -> audio(in, tokens);
        case "IMAGE" -> image(in, tokens);
        default -> {}
      }
    }
  }

  private void audio(boolean in, long tokens) {
    if (in) {
      audioIn = tokens;
    } else {
      audioOut = tokens;
    }
  }

  private void image(boolean in, long tokens) {
    if (in) {
      imageIn = tokens;
    } else {
      imageOut = tokens;
    }
  }

  /// Moves on to the next object of an array; false at its end.
  private static boolean nextObject(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    while (token != null && token != JsonToken.END_ARRAY && token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      token = parser.nextToken();
    }
    return token == JsonToken.START_OBJECT;
  }

  /// A figure of the usage; whatever is none leaves the one before.
  private long number(JsonParser parser, JsonToken value, long before) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      stated = true;
      return Math.max(0, parser.getLongValue());
    }
    if (value == JsonToken.VALUE_NUMBER_FLOAT) {
      stated = true;
      return (long) Math.max(0, parser.getDoubleValue());
    }
    parser.skipChildren();
    return before;
  }

  /// The figures in the normal form.
  Usage usage(boolean estimated) {
    return switch (counting) {
      case NOTHING -> Usage.NONE;
      case OPENAI_TOKENS -> openAiUsage(estimated);
      case ANTHROPIC_TOKENS -> {
        long writtenLong = Math.min(cacheWrite, cacheWriteLong);
        yield usage(
            input + asideInput,
            cacheWrite - writtenLong,
            writtenLong,
            output - reasoning + asideOutput,
            reasoning,
            estimated);
      }
      case GEMINI_TOKENS -> usage(input - cacheRead, 0, 0, output, reasoning, estimated);
    };
  }

  private Usage openAiUsage(boolean estimated) {
    long in = input;
    long out = output;
    long thoughts = reasoning;
    if (in == 0 && out == 0) {
      in = total;
    } else if (thoughtsInTotalOnly && total > in + out) {
      thoughts += total - in - out;
      out += total - in - out;
    }
    long writtenLong = Math.min(cacheWrite, cacheWriteLong);
    return usage(
        in - cacheRead - cacheWrite,
        cacheWrite - writtenLong,
        writtenLong,
        out - thoughts,
        thoughts,
        estimated);
  }

  private Usage usage(
      long fresh, long written, long writtenLong, long visible, long thought, boolean estimated) {
    return new Usage(
        Math.max(0, fresh),
        cacheRead,
        written,
        writtenLong,
        Math.max(0, visible),
        thought,
        tool,
        audioIn,
        audioOut,
        imageIn,
        imageOut,
        estimated);
  }
}
