package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "\"quoted\\\"",
        "line\nbreak\ttab\u0000\u001f",
        "größer",
        "漢字",
        "😀",
        "\u007f"
      })
  void stringsReadAsTheyWere(String text) throws IOException {
    assertThat(read(new JsonText(1).value(text))).isEqualTo(text);
  }

  @Test
  void anyStringIsValidJson() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
      }
      String expected = withoutLoneSurrogates(text.toString());
      assertThat(read(new JsonText(4).value(text.toString()))).isEqualTo(expected);
    }
  }

  @Test
  void aLongStringIsCut() throws IOException {
    String read = read(new JsonText(16).value("x".repeat(100_000)));

    assertThat(read).hasSize(JsonText.MAX_STRING + 1).startsWith("xxx").endsWith("x…");
  }

  @Test
  void aCutNeverSplitsACharacter() throws IOException {
    String read = read(new JsonText(16).value("😀".repeat(JsonText.MAX_STRING)));

    assertThat(read).startsWith("😀😀").endsWith("😀…");
    String odd = read(new JsonText(16).value("x" + "😀".repeat(JsonText.MAX_STRING)));
    assertThat(odd).endsWith("😀\ufffd…");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "-15, -15",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775807",
  })
  void wholeNumbers(long number, String expected) {
    assertThat(text(new JsonText(1).value(number))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.000",
    "1.5, 1.500",
    "-0.25, -0.250",
    "12345.6789, 12345.679",
    "0.0004, 0.000",
    "NaN, null",
    "Infinity, null",
    "1e300, null",
  })
  void fractionsHaveThreeDecimals(double number, String expected) {
    assertThat(text(new JsonText(1).value(number))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.000", "999, 0.000", "1000, 0.001", "123456789, 123.456", "-5, 0.000"})
  void nanosecondsAsMilliseconds(long nanos, String expected) {
    assertThat(text(new JsonText(1).millis(nanos))).isEqualTo(expected);
  }

  private static String withoutLoneSurrogates(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
  }

  private static String read(JsonText text) throws IOException {
    return JSON.readValue(text.bytes(), 0, text.length(), String.class);
  }

  private static String text(JsonText text) {
    return new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.000000000", "1, 0.000000001", "12345678901, 12.345678901", "-5, 0.000000000"})
  void dollarsHaveNineDecimals(long nanos, String expected) {
    assertThat(text(new JsonText(1).dollars(nanos))).isEqualTo(expected);
  }
}
