package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.translate.Translation.Translated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that speak OpenAI's dialect may answer with a list of parts where OpenAI has a string.
class PartedContentTest {

  private static final String THOUGHT_AND_SAID =
      """
      [{"type":"thinking","thinking":[{"type":"text","text":"Hm, "},{"type":"text","text":"well."}]},
       {"type":"text","text":"Hello"},{"type":"reference","reference_ids":[1,2]},
       {"type":"text","text":" there."}]\
      """;

  private static final String REQUEST =
      """
      {"model":"m","max_tokens":2000,"thinking":{"type":"enabled","budget_tokens":1024},
       "stream":%s,"messages":[{"role":"user","content":"Hi"}]}\
      """;

  private static Translated asked(boolean stream) {
    return (Translated)
        Translator.of(Wire.MESSAGES.dialect, Wire.CHAT.target())
            .request(
                Slice.of(REQUEST.formatted(stream).getBytes(UTF_8)), Wire.MESSAGES.options(stream));
  }

  private static String whole(String content) {
    String answer =
        """
        {"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"message":{
          "role":"assistant","content":%s},"finish_reason":"stop"}]}\
        """
            .formatted(content);
    Answered answered = asked(false).answer(Slice.of(answer.getBytes(UTF_8)));
    return new String(((Answered.Whole) answered).body(), UTF_8);
  }

  @Test
  void whatWasThoughtAndWhatWasSaidReachTheClientApart() {
    assertThat(whole(THOUGHT_AND_SAID))
        .contains("\"thinking\":\"Hm, well.\"")
        .contains("\"text\":\"Hello there.\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"Hel\",\"lo.\"]",
        "[{\"text\":\"Hello.\",\"type\":\"output_text\"}]",
        "[null,7,[],{},{\"type\":\"text\",\"text\":null},{\"thinking\":{\"a\":1}},{\"text\":\"Hello.\"}]"
      })
  void otherListsAreReadAsFarAsTheyCanBe(String content) {
    assertThat(whole(content)).contains("\"text\":\"Hello.\"");
  }

  @Test
  void aStreamOfPartsIsToldPieceByPiece() {
    String stream =
        """
        data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":%s}}]}

        data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":" Bye."}}]}

        data: {"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: [DONE]

        """
            .formatted(THOUGHT_AND_SAID.replace("\n", ""));
    byte[] bytes = stream.getBytes(UTF_8);

    String told = new StreamRun(asked(true)).feed(bytes, 0, bytes.length).end();

    assertThat(told)
        .containsSubsequence(
            "\"thinking\":\"Hm, well.\"", "\"text\":\"Hello there.\"", "\"text\":\" Bye.\"")
        .contains("message_stop");
    assertThat(new StreamRun(asked(true)).feedEach(bytes, 1).end()).isEqualTo(told);
  }
}
