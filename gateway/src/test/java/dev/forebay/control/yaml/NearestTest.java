package dev.forebay.control.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("provider", "name", "secret", "priority", "dailyTokens", "limitGroup", "baseUrl");

  @ParameterizedTest
  @CsvSource({
    "piority, priority",
    "pirority, priority",
    "daily_tokens, dailyTokens",
    "dailytoken, dailyTokens",
    "baseURL, baseUrl",
    "limit-group, limitGroup",
    "secrets, secret",
    "prov, provider"
  })
  void findsWhatWasProbablyMeant(String written, String meant) {
    assertThat(Nearest.of(written, KNOWN)).isEqualTo(meant);
    assertThat(Nearest.hint(written, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
  }

  @Test
  void doesNotGuessWhenNothingIsClose() {
    assertThat(Nearest.of("region", KNOWN)).isNull();
    assertThat(Nearest.hint("x", KNOWN)).isEmpty();
  }
}
