package dev.forebay.dialect.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Property;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30.250Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:15:31Z, PT0.75S",
    "2026-11-23T10:15:30.5Z, PT0.25S",
    "2026-11-23T12:15:31+02:00, PT0.75S",
    "2026-11-23T05:15:31-05:00, PT0.75S",
    "2026-11-23 10:15:31Z, PT0.75S",
    "2026-11-24T10:15:30.250000Z, PT24H",
    "2028-03-01T00:00:00Z, PT11125H44M29.75S",
    "2026-11-23T10:15:30Z, PT0S",
    "2025-01-01T00:00:00Z, PT0S",
  })
  void readsRfc3339(String text, Duration expected) {
    assertThat(Moments.untilRfc3339(text, NOW)).isEqualTo(expected.toNanos());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-23",
        "2026-11-23T10:15:31",
        "2026-13-23T10:15:31Z",
        "2026-11-32T10:15:31Z",
        "2026-11-23T25:15:31Z",
        "2026/11/23T10:15:31Z",
        "2026-11-23T10:15:31.",
        "2026-11-23T10:15:31+2",
        "Mon, 23 Nov 2026 10:20:30 GMT",
        "tomorrow, if you are lucky"
      })
  void leavesWhatIsNoRfc3339(String text) {
    assertThat(Moments.untilRfc3339(text, NOW)).isEqualTo(Spans.UNKNOWN);
  }

  @Test
  void readsHttpDates() {
    assertThat(Moments.untilHttpDate("Mon, 23 Nov 2026 10:20:30 GMT", NOW))
        .isEqualTo(Duration.ofMillis(299_750).toNanos());
    assertThat(Moments.untilHttpDate("Sun, 06 Nov 1994 08:49:37 GMT", NOW)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mon, 23 Nov 2026 10:20:30 UTC",
        "Mon, 23 ovD 2026 10:20:30 GMT",
        "Monday, 23-Nov-26 10:20:30 GMT",
        "Mon Nov 23 10:20:30 2026",
        "17"
      })
  void leavesOtherDates(String text) {
    assertThat(Moments.untilHttpDate(text, NOW)).isEqualTo(Spans.UNKNOWN);
  }

  @Test
  void readsUnixSeconds() {
    assertThat(Moments.untilUnixSeconds("1795436130", NOW))
        .isEqualTo(Duration.ofMillis(7_199_750).toNanos());
    assertThat(Moments.untilUnixSeconds("9999999999999999999", NOW)).isPositive();
    assertThat(Moments.untilUnixSeconds("soon", NOW)).isEqualTo(Spans.UNKNOWN);
  }

  @Property
  void agreesWithTheLibrary(long seed) {
    Random random = new Random(seed);
    Duration ahead = Duration.ofSeconds(1 + random.nextInt(200_000_000));
    ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(29) - 14) * 1800);
    OffsetDateTime moment = NOW.plus(ahead).atOffset(offset);
    long toTheSecond = Duration.between(NOW, moment.withNano(0)).toNanos();

    assertThat(Moments.untilRfc3339(moment.toString(), NOW)).isEqualTo(ahead.toNanos());
    String httpDate =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ROOT)
            .format(moment.withOffsetSameInstant(ZoneOffset.UTC));
    assertThat(Moments.untilHttpDate(httpDate, NOW)).isEqualTo(toTheSecond);
  }
}
