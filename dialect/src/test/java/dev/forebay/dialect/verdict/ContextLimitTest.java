package dev.forebay.dialect.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextLimitTest {

  private static boolean exceeded(String body) {
    return ContextLimit.exceeded(name -> null, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}",
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"input length and `max_tokens` exceed context limit: 190000 + 32000 > 200000\"}}",
        "{\"error\":{\"message\":\"Your input exceeds the context window of this model.\",\"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":\"context_length_exceeded\"}}",
        "{\"error\":{\"code\":400,\"message\":\"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).\",\"status\":\"INVALID_ARGUMENT\"}}",
        "{\"error\":{\"code\":400,\"message\":\"The input token count exceeds the maximum number of tokens allowed 1048576.\",\"status\":\"INVALID_ARGUMENT\"}}"
      })
  void everyProvidersWordsAreKnown(String body) {
    assertThat(exceeded(body)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages: prompt is too long\"}}",
        "{\"error\":{\"message\":\"wait\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}",
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too longwinded for this tool\"}}",
        "{\"error\":{\"code\":400,\"message\":\"Invalid value at 'contents[0].parts[0].text': the input token count field exceeds the maximum length\",\"status\":\"INVALID_ARGUMENT\"}}",
        "{\"error\":{\"code\":400,\"message\":\"The requested output token count exceeds the maximum number of tokens allowed\",\"status\":\"INVALID_ARGUMENT\"}}",
        "{\"error\":{\"code\":429,\"message\":\"The input token count exceeds the maximum quota\",\"status\":\"RESOURCE_EXHAUSTED\"}}"
      })
  void otherRefusalsAreNot(String body) {
    assertThat(exceeded(body)).isFalse();
  }
}
