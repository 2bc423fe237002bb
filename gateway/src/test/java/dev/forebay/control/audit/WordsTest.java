package dev.forebay.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, no time",
    "PT0.25S, 250 milliseconds",
    "PT1S, 1 second",
    "PT90S, 90 seconds",
    "PT20M, 20 minutes",
    "PT36H, 36 hours",
    "P90D, 90 days"
  })
  void aTimeIsSaidInItsLargestExactUnit(Duration time, String words) {
    assertThat(Words.of(time)).isEqualTo(words);
  }

  @Test
  void countsAreGroupedAndChangesNameBothEnds() {
    assertThat(Words.of(2_000_000, "token")).isEqualTo("2,000,000 tokens");
    assertThat(Words.of(1, "key")).isEqualTo("1 key");
    assertThat(Words.change(null, 5)).isEqualTo("from none to 5");
  }
}
