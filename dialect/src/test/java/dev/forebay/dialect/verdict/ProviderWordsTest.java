package dev.forebay.dialect.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderWordsTest {

  private static String words(String body) {
    return ProviderWords.of(body.getBytes(UTF_8), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Incorrect API key provided: sk-test-alpha-0123456789. Find yours at https://x.example/keys. | Incorrect API key provided: [key]. Find yours at https://x.example/keys.
          Incorrect API key provided: sk-test-********aaaa                                              | Incorrect API key provided: [key]
          The key 'AIzaTestKeyOfNobody0123' was reported as leaked                                      | The key '[key]' was reported as leaked
          key ending in ****aaaa is disabled                                                            | key ending in [key] is disabled
          The model task-mask-9 of org-1234567890abcdef is asked for too often                          | The model task-mask-9 of org-1234567890abcdef is asked for too often
          """)
  void whatLooksLikeAKeyIsCovered(String said, String shown) {
    assertThat(words("{\"error\":{\"message\":\"" + said + "\"}}")).isEqualTo(shown);
  }

  @Test
  void linesAreJoinedAndLongOnesCut() {
    assertThat(words("{\"error\":{\"message\":\"one\\ntwo\"}}")).isEqualTo("one two");
    assertThat(words("{\"error\":{\"message\":\"" + "word ".repeat(200) + "\"}}"))
        .hasSize(301)
        .endsWith("…");
  }

  @Test
  void aPageOfSomethingElseSaysNothing() {
    assertThat(words("<html>Bad gateway</html>")).isEmpty();
    assertThat(words("")).isEmpty();
  }
}
