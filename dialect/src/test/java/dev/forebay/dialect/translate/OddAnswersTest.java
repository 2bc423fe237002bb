package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.translate.Translation.Translated;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// An answer has been paid for: what is odd in a place that may be empty costs nobody the rest.
class OddAnswersTest {

  private static final Map<Wire, String> REQUESTS =
      Map.of(
          Wire.CHAT, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
          Wire.RESPONSES, "{\"model\":\"m\",\"input\":\"Hi\"}",
          Wire.MESSAGES,
              "{\"model\":\"m\",\"max_tokens\":9,"
                  + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
          Wire.GEMINI, "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}");

  /// What stands in the place of `ODD`, in one answer after the other.
  private static final List<String> VALUES =
      List.of("null", "true", "-1.5e300", "\"\"", "\"x\"", "[]", "[1,null,[{}]]", "{\"a\":[{}]}");

  private static final String CHAT_LOGPROBS =
      "{\"content\":[ODD,{\"token\":ODD,\"logprob\":ODD,\"bytes\":ODD,\"top_logprobs\":ODD},"
          + "{\"token\":\"o\",\"bytes\":[ODD],\"top_logprobs\":[ODD]}],\"refusal\":ODD}";

  private static final String CHAT_ANNOTATIONS =
      "[ODD,{\"type\":ODD,\"url_citation\":ODD},{\"url_citation\":{\"url\":\"https://a.example\","
          + "\"title\":ODD,\"start_index\":ODD,\"end_index\":ODD}}]";

  private static final String RESPONSE_ANNOTATIONS =
      "[ODD,{\"type\":\"url_citation\",\"url\":\"https://a.example\",\"title\":ODD,"
          + "\"start_index\":ODD,\"end_index\":ODD}]";

  private static final String GROUNDING =
      """
      "groundingMetadata":{"webSearchQueries":ODD,"groundingChunks":[ODD,{"web":ODD},
        {"web":{"uri":ODD,"title":ODD}}],"groundingSupports":[ODD,{"segment":ODD},
        {"segment":{"startIndex":ODD,"endIndex":ODD,"text":ODD},"groundingChunkIndices":[ODD,2]},
        {"groundingChunkIndices":ODD}]},
      "citationMetadata":{"citationSources":[ODD,{"uri":ODD,"startIndex":ODD,"endIndex":ODD}]},
      "logprobsResult":{"chosenCandidates":[ODD,{"token":ODD,"logProbability":ODD}],
        "topCandidates":[ODD,{"candidates":ODD},{"candidates":[ODD]}]}\
      """;

  private static final Map<Wire, String> ANSWERS =
      Map.of(
          Wire.CHAT,
              """
              {"id":ODD,"model":ODD,"created":ODD,"service_tier":ODD,"moderation":ODD,
               "choices":[{"index":ODD,"finish_reason":ODD,"logprobs":%s,"message":{
                "role":"assistant","content":"Hello.","annotations":%s,"images":[ODD,
                {"image_url":ODD},{"image_url":{"url":ODD}}],"audio":{"id":ODD,"data":ODD,
                "transcript":ODD,"expires_at":ODD}}},
                {"message":{"content":"Hello.","annotations":ODD,"images":ODD,"audio":ODD},
                "logprobs":ODD}]}\
              """
                  .formatted(CHAT_LOGPROBS, CHAT_ANNOTATIONS),
          Wire.RESPONSES,
              """
              {"id":ODD,"model":ODD,"created_at":ODD,"service_tier":ODD,"moderation":{"input":ODD,
               "output":{"type":ODD,"model":ODD,"results":ODD}},"incomplete_details":ODD,
               "tool_usage":{"web_search":{"num_requests":ODD}},"status":"completed","output":[
               {"type":"image_generation_call","id":ODD,"result":ODD,"output_format":ODD},
               {"type":"message","id":ODD,"content":[{"type":"output_text","text":"Hello.",
                "annotations":%s,"logprobs":%s},{"type":"output_text","text":" ",
                "annotations":ODD,"logprobs":ODD}]}]}\
              """
                  .formatted(
                      RESPONSE_ANNOTATIONS,
                      CHAT_LOGPROBS.replaceAll("^\\{\"content\":|,\"refusal\":ODD}$", "")),
          Wire.MESSAGES,
              """
              {"id":"m","model":"c","stop_reason":ODD,"stop_sequence":ODD,"stop_details":ODD,
               "usage":{"service_tier":ODD,"server_tool_use":{"web_search_requests":ODD}},
               "content":[{"type":"new_kind","title":ODD,"data":ODD,"id":ODD,"name":ODD,
                "signature":ODD,"thinking":ODD,"tool_use_id":ODD,"citations":ODD},
                {"type":"text","text":"Hello.","citations":[ODD,{"type":ODD,"url":ODD,
                "title":ODD,"cited_text":ODD,"encrypted_index":ODD}]}]}\
              """,
          Wire.GEMINI,
              """
              {"responseId":ODD,"modelVersion":ODD,"createTime":ODD,"promptFeedback":null,
               "candidates":[{"index":ODD,"finishMessage":ODD,"content":{"parts":[
                {"text":"Hello.","mediaResolution":ODD,"audioTranscription":null,
                "videoMetadata":ODD,"partMetadata":ODD}]},%s},
                {"content":{"parts":[{"text":"Hello."}]},"groundingMetadata":ODD,
                "citationMetadata":ODD,"logprobsResult":ODD}]}\
              """
                  .formatted(GROUNDING));

  private static final Map<Wire, String> STREAMS =
      Map.of(
          Wire.CHAT,
          """
          data: {"id":ODD,"model":ODD,"created":ODD,"service_tier":ODD,"moderation":ODD,\
          "choices":[{"index":0,"delta":{"content":"Hello.","annotations":%s,"images":[ODD],\
          "audio":{"id":ODD,"data":ODD,"transcript":ODD,"expires_at":ODD}},"logprobs":%s}]}

          data: {"choices":[{"index":ODD,"finish_reason":ODD,"delta":{"annotations":ODD,\
          "images":ODD,"audio":ODD},"logprobs":ODD}]}

          data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

          data: [DONE]

          """
              .formatted(CHAT_ANNOTATIONS, CHAT_LOGPROBS),
          Wire.RESPONSES,
          """
          event: response.created
          data: {"type":"response.created","response":{"id":ODD,"model":ODD,"created_at":ODD}}

          event: response.output_text.delta
          data: {"type":"response.output_text.delta","output_index":ODD,"content_index":ODD,\
          "delta":"Hello.","logprobs":ODD}

          event: response.output_text.annotation.added
          data: {"type":"response.output_text.annotation.added","annotation":ODD}

          event: response.output_text.annotation.added
          data: {"type":"response.output_text.annotation.added","annotation":{"url":ODD,\
          "title":ODD,"start_index":ODD,"end_index":ODD}}

          event: response.output_item.done
          data: {"type":"response.output_item.done","output_index":ODD,"item":{\
          "type":"image_generation_call","id":ODD,"result":ODD,"output_format":ODD}}

          event: response.completed
          data: {"type":"response.completed","response":{"status":"completed",\
          "incomplete_details":ODD,"moderation":ODD,"tool_usage":ODD}}

          """,
          Wire.MESSAGES,
          """
          event: message_start
          data: {"type":"message_start","message":{"id":ODD,"model":ODD,"usage":ODD}}

          event: content_block_start
          data: {"type":"content_block_start","index":0,"content_block":{"type":"text",\
          "text":"","citations":ODD}}

          event: content_block_delta
          data: {"type":"content_block_delta","index":0,"delta":{"type":"citations_delta",\
          "citation":ODD}}

          event: content_block_delta
          data: {"type":"content_block_delta","index":0,"delta":{"type":"citations_delta",\
          "citation":{"url":ODD,"title":ODD,"cited_text":ODD,"encrypted_index":ODD}}}

          event: content_block_delta
          data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta",\
          "text":"Hello."}}

          event: content_block_stop
          data: {"type":"content_block_stop","index":0}

          event: message_delta
          data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":ODD},\
          "usage":{"server_tool_use":ODD}}

          event: message_stop
          data: {"type":"message_stop"}

          """,
          Wire.GEMINI,
          "data: {\"responseId\":ODD,\"modelVersion\":ODD,\"createTime\":ODD,\"candidates\":[{"
              + "\"content\":{\"parts\":[{\"text\":\"Hello.\",\"mediaResolution\":ODD}]}}]}\n\n"
              + "data: {\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\","
              + "\"finishMessage\":ODD,"
              + GROUNDING.replace("\n", "")
              + "}]}\n\n");

  private static Translated asked(Wire client, Wire provider) {
    return (Translated)
        Translator.of(client.dialect, provider.target())
            .request(
                Slice.of(requireNonNull(REQUESTS.get(client)).getBytes(UTF_8)),
                client.options(false));
  }

  @TestFactory
  List<DynamicTest> aWholeAnswerStaysReadable() {
    return each(
        ANSWERS,
        (client, provider, answer) -> {
          Answered answered = asked(client, provider).answer(Slice.of(answer.getBytes(UTF_8)));
          assertThat(answered).isInstanceOf(Answered.Whole.class);
          assertThat(new String(((Answered.Whole) answered).body(), UTF_8)).contains("Hello.");
        });
  }

  @TestFactory
  List<DynamicTest> aStreamGoesOn() {
    return each(
        STREAMS,
        (client, provider, stream) -> {
          byte[] bytes = stream.getBytes(UTF_8);
          String got = new StreamRun(asked(client, provider)).feed(bytes, 0, bytes.length).end();
          assertThat(got).contains("Hello.").contains("FINISHED\n");
        });
  }

  private interface Case {
    void run(Wire client, Wire provider, String answer);
  }

  private static List<DynamicTest> each(Map<Wire, String> answers, Case behaviour) {
    return List.of(Wire.values()).stream()
        .flatMap(provider ->
            List.of(Wire.values()).stream()
                .flatMap(client ->
                    VALUES.stream()
                        .map(value ->
                            DynamicTest.dynamicTest(
                                provider + " to " + client + ": " + value,
                                () ->
                                    behaviour.run(
                                        client,
                                        provider,
                                        requireNonNull(answers.get(provider))
                                            .replace("ODD", value))))))
        .toList();
  }
}
