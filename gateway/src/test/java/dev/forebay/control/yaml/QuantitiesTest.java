package dev.forebay.control.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  @Test
  void dollarsAreExact() {
    assertThat(Quantities.parseDollars("25")).isEqualTo(25_000_000_000L);
    assertThat(Quantities.parseDollars("$12.50")).isEqualTo(12_500_000_000L);
    assertThat(Quantities.parseDollars("0.000000001")).isEqualTo(1);
    assertThat(Quantities.parseDollars("0")).isZero();
    for (String wrong : List.of("", "$", "-1", "1e3", "0.0000000001", "10000000000", "5 EUR")) {
      assertThat(Quantities.parseDollars(wrong)).as(wrong).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "250ms, 250",
    "10s, 10000",
    "1.5m, 90000",
    "2H, 7200000",
    "90d, 7776000000",
    "1h30m, 5400000",
    "1m 30s, 90000",
    "0s, 0"
  })
  void readsDurations(String text, long millis) {
    assertThat(Quantities.parseDuration(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "-1s", "1.2.3s", "10 apples", "99999999999d", "1e3s"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(Quantities.parseDuration(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "250, 250ms", "10000, 10s", "90000, 90s", "3600000, 1h", "7776000000, 90d"})
  void showsDurationsAsTheyAreRead(long millis, String text) {
    assertThat(Quantities.show(Duration.ofMillis(millis))).isEqualTo(text);
    assertThat(Quantities.parseDuration(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "512KiB, 524288",
    "32MiB, 33554432",
    "32M, 33554432",
    "1.5 GiB, 1610612736",
    "32MB, 32000000",
    "10b, 10",
    "4_096, 4096"
  })
  void readsSizes(String text, long bytes) {
    assertThat(Quantities.parseSize(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "2TB", "-1", "1.0001", "99999999999999999999"})
  void refusesWhatIsNoSize(String text) {
    assertThat(Quantities.parseSize(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000B", "1024, 1KiB", "33554432, 32MiB", "1073741824, 1GiB", "0, 0B"})
  void showsSizesAsTheyAreRead(long bytes, String text) {
    assertThat(Quantities.showSize(bytes)).isEqualTo(text);
    assertThat(Quantities.parseSize(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "2000000, 2000000",
    "2_000_000, 2000000",
    "2M, 2000000",
    "1.5m, 1500000",
    "500k, 500000",
    "3B, 3000000000",
    "0, 0"
  })
  void readsCounts(String text, long count) {
    assertThat(Quantities.parseCount(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "M", "1.5", "-3", "0x10", "two", "99999999999999999999"})
  void refusesWhatIsNoCount(String text) {
    assertThat(Quantities.parseCount(text)).isNull();
  }
}
