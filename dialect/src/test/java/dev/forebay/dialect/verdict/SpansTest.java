package dev.forebay.dialect.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Property;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

  @ParameterizedTest
  @CsvSource({
    "1s, PT1S",
    "120ms, PT0.12S",
    "6m0s, PT6M",
    "23h55m16.126s, PT23H55M16.126S",
    "7.66s, PT7.66S",
    "34.074824224s, PT34.074824224S",
    "34.0748242249s, PT34.074824224S",
    "250us, PT0.00025S",
    "250µs, PT0.00025S",
    "30ns, PT0.00000003S",
    "0s, PT0S",
    "5, PT5S",
    "1.5, PT1.5S",
    "' 2s ', PT2S",
    "1h, PT1H",
  })
  void readsGoDurationsAndBareSeconds(String text, Duration expected) {
    assertThat(Spans.nanos(text)).isEqualTo(expected.toNanos());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "s", "-1", "1x", "1s!", "1s5", "1.s", ".5s", "Mon, 23 Nov 2026", "1e3"})
  void leavesWhatIsNoDuration(String text) {
    assertThat(Spans.nanos(text)).isEqualTo(Spans.UNKNOWN);
  }

  @Test
  void aMissingHeaderIsUnknown() {
    assertThat(Spans.nanos(null)).isEqualTo(Spans.UNKNOWN);
    assertThat(Spans.millis(null)).isEqualTo(Spans.UNKNOWN);
    assertThat(Spans.number(null)).isEqualTo(Spans.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"420, 420000000", "0.5, 500000", "1234.25, 1234250000", "20ms, 20000000"})
  void readsMilliseconds(String text, long nanos) {
    assertThat(Spans.millis(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "39.84s., PT39.84S",
    "6m1.5s. Visit us, PT6M1.5S",
    "20s, PT20S",
    "3 minutes, PT3S",
    "900ms., PT0.9S",
    "2d, PT2S",
  })
  void readsTheBeginningOfASentence(String text, Duration expected) {
    assertThat(Spans.leading("in " + text, 3)).isEqualTo(expected.toNanos());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "200, 200", "' 7 ', 7", "-3, 0", "99999999999999999999, 9223372036854775807"})
  void readsNumbers(String text, long expected) {
    assertThat(Spans.number(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "1.5", "abc", "1 2", "0x10", "٣"})
  void leavesWhatIsNoNumber(String text) {
    assertThat(Spans.number(text)).isEqualTo(Spans.UNKNOWN);
  }

  @Test
  void neverOverflows() {
    long tenYears = Duration.ofDays(3660).toNanos();

    assertThat(Spans.nanos("9999999999999999999999h9999999999m1s")).isEqualTo(tenYears);
    assertThat(Spans.nanos("99999999999999999999")).isEqualTo(tenYears);
    assertThat(Spans.millis("99999999999999999999999999")).isEqualTo(tenYears);
  }

  @Property
  void readsWhatGoWrites(long seed) {
    Random random = new Random(seed);
    Duration span = Duration.ofSeconds(random.nextInt(200_000)).plusMillis(random.nextInt(1000));
    String text =
        span.toHours()
            + "h"
            + span.toMinutesPart()
            + "m"
            + span.toSecondsPart()
            + "."
            + Integer.toString(1000 + span.toMillisPart()).substring(1)
            + "s";

    assertThat(Spans.nanos(text)).isEqualTo(span.toNanos());
  }

  @Property
  void takesAnyText(long seed) {
    Random random = new Random(seed);
    String alphabet = "0123456789.hmsunµ -+TZ:";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }

    assertThat(Spans.nanos(text.toString())).isGreaterThanOrEqualTo(Spans.UNKNOWN);
    assertThat(Spans.millis(text.toString())).isGreaterThanOrEqualTo(Spans.UNKNOWN);
    assertThat(Spans.leading(text.toString(), 0)).isGreaterThanOrEqualTo(Spans.UNKNOWN);
    assertThat(Spans.number(text.toString())).isGreaterThanOrEqualTo(Spans.UNKNOWN);
  }
}
