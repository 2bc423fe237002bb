package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenCountTest {

  private static final String MESSAGES =
      "{\"model\":\"m\",\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private static TokenCount ask(Wire client, Wire target, String body) {
    return TokenCount.request(
        client.dialect, target.target(), Slice.of(body.getBytes(UTF_8)), client.options(false));
  }

  @Test
  void asksEveryProviderInItsOwnWords() {
    TokenCount.Asked gemini = (TokenCount.Asked) ask(Wire.MESSAGES, Wire.GEMINI, MESSAGES);
    assertThat(gemini.path()).isEqualTo("/v1beta/models/gemini-3.1-pro-preview:countTokens");
    assertThat(gemini.body().text())
        .isEqualTo(
            "{\"generateContentRequest\":{\"model\":\"models/gemini-3.1-pro-preview\","
                + "\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]},"
                + "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}],"
                + "\"generationConfig\":{}}}");

    TokenCount.Asked openAi = (TokenCount.Asked) ask(Wire.MESSAGES, Wire.RESPONSES, MESSAGES);
    assertThat(openAi.path()).isEqualTo("/v1/responses/input_tokens");
    assertThat(openAi.body().text())
        .isEqualTo(
            "{\"model\":\"gpt-6-sol\",\"instructions\":\"Be brief.\",\"input\":[{\"type\":\"message\","
                + "\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Hi\"}]}]}");

    String contents = "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}";
    for (String body : new String[] {contents, "{\"generateContentRequest\":" + contents + "}"}) {
      TokenCount.Asked anthropic = (TokenCount.Asked) ask(Wire.GEMINI, Wire.MESSAGES, body);
      assertThat(anthropic.path()).isEqualTo("/v1/messages/count_tokens");
      assertThat(anthropic.headers()).containsKey("anthropic-version");
      assertThat(anthropic.body().text())
          .isEqualTo(
              "{\"model\":\"claude-opus-5-5\",\"messages\":[{\"role\":\"user\",\"content\":"
                  + "[{\"type\":\"text\",\"text\":\"Hi\"}]}]}");
    }
  }

  @Test
  void tellsWhereARequestIsMalformed() {
    assertThat(ask(Wire.MESSAGES, Wire.GEMINI, "{\"messages\":7}"))
        .isEqualTo(
            new TokenCount.Malformed(
                GatewayError.Kind.INVALID_REQUEST,
                "messages",
                "\"messages\" must be an array, but is a number."));
  }

  @Test
  void putsTheCountIntoTheClientsWords() {
    assertThat(answer(Wire.MESSAGES, "{\"totalTokens\":12}")).isEqualTo("{\"input_tokens\":12}");
    assertThat(answer(Wire.GEMINI, "{\"object\":\"x\",\"input_tokens\":12}"))
        .isEqualTo("{\"totalTokens\":12}");
    assertThat(answer(Wire.RESPONSES, "{\"input_tokens\":12}"))
        .isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":12}");
    assertThat(answer(Wire.RESPONSES, "{\"error\":{}}")).isNull();
    assertThat(answer(Wire.RESPONSES, "<html>")).isNull();
  }

  private static @Nullable String answer(Wire client, String answer) {
    byte[] written = TokenCount.answer(client.dialect, Slice.of(answer.getBytes(UTF_8)));
    return written == null ? null : new String(written, UTF_8);
  }
}
