package dev.forebay.bench.goodput;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Answers as providers write them, short but with true usage: the beginning of a stream, its end,
/// and whole answers.
final class AnswerBodies {

  private final Flavour flavour;

  AnswerBodies(Flavour flavour) {
    this.flavour = flavour;
  }

  /// The first events of a stream, content among them.
  byte[] beginning(CacheUse use) {
    String text =
        switch (flavour) {
          case ANTHROPIC ->
              event(
                      "message_start",
                      ",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"%s\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{%s,\"output_tokens\":1}}"
                          .formatted(flavour.model, anthropicInput(use)))
                  + event(
                      "content_block_start",
                      ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                  + event(
                      "content_block_delta",
                      ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Yes\"}");
          case OPENAI, SILENT, TERSE ->
              chunk(
                  "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Yes\"},\"finish_reason\":null}]",
                  "null");
          case GEMINI ->
              "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Yes\"}]},\"index\":0}],\"usageMetadata\":%s,\"modelVersion\":\"%s\"}\n\n"
                  .formatted(geminiUsage(use, 1), flavour.model);
        };
    return text.getBytes(US_ASCII);
  }

  /// The last events of a stream.
  byte[] ending(CacheUse use, long output) {
    String text =
        switch (flavour) {
          case ANTHROPIC ->
              event("content_block_stop", ",\"index\":0")
                  + event(
                      "message_delta",
                      ",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":%d}"
                          .formatted(output))
                  + event("message_stop", "");
          case OPENAI, SILENT, TERSE ->
              chunk("[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", "null")
                  + chunk("[]", openAiUsage(use, output))
                  + "data: [DONE]\n\n";
          case GEMINI ->
              "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\".\"}]},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":%s,\"modelVersion\":\"%s\"}\n\n"
                  .formatted(geminiUsage(use, output), flavour.model);
        };
    return text.getBytes(US_ASCII);
  }

  /// An answer that is not streamed.
  byte[] whole(CacheUse use, long output) {
    String text =
        switch (flavour) {
          case ANTHROPIC ->
              "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"%s\",\"content\":[{\"type\":\"text\",\"text\":\"Yes.\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{%s,\"output_tokens\":%d}}"
                  .formatted(flavour.model, anthropicInput(use), output);
          case OPENAI, SILENT, TERSE ->
              "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"%s\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}],\"usage\":%s}"
                  .formatted(flavour.model, openAiUsage(use, output));
          case GEMINI ->
              "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Yes.\"}]},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":%s,\"modelVersion\":\"%s\"}"
                  .formatted(geminiUsage(use, output), flavour.model);
        };
    return text.getBytes(US_ASCII);
  }

  private static String event(String type, String rest) {
    return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, rest);
  }

  private String chunk(String choices, String usage) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"%s\",\"choices\":%s,\"usage\":%s}\n\n"
        .formatted(flavour.model, choices, usage);
  }

  private static String anthropicInput(CacheUse use) {
    return "\"input_tokens\":%d,\"cache_creation_input_tokens\":%d,\"cache_read_input_tokens\":%d"
        .formatted(use.fresh(), use.written(), use.read());
  }

  private static String openAiUsage(CacheUse use, long output) {
    long input = use.fresh() + use.written() + use.read();
    return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,\"prompt_tokens_details\":{\"cached_tokens\":%d}}"
        .formatted(input, output, input + output, use.read());
  }

  private static String geminiUsage(CacheUse use, long output) {
    long input = use.fresh() + use.written() + use.read();
    return "{\"promptTokenCount\":%d,\"cachedContentTokenCount\":%d,\"candidatesTokenCount\":%d,\"totalTokenCount\":%d}"
        .formatted(input, use.read(), output, input + output);
  }
}
