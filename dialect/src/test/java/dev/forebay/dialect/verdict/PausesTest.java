package dev.forebay.dialect.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.verdict.Verdict.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PausesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:15:30Z, 2026-11-24T08:00:00Z",
    "2026-07-01T06:30:00Z, 2026-07-01T07:00:00Z",
    "2026-07-01T07:30:00Z, 2026-07-02T07:00:00Z",
    // The clocks go forward on 8 March and back on 1 November.
    "2026-03-08T09:00:00Z, 2026-03-09T07:00:00Z",
    "2026-11-01T08:00:00Z, 2026-11-02T08:00:00Z",
    "2026-12-31T20:00:00Z, 2027-01-01T08:00:00Z",
  })
  void theDayOfGeminiEndsAtMidnightInLosAngeles(Instant now, Instant midnight) {
    Wait pause = Pauses.untilPacificMidnight(now);

    assertThat(now.plus(pause.floor())).isEqualTo(midnight);
    assertThat(pause.cap()).isEqualTo(pause.floor());
    assertThat(pause.fromProvider()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:15:30Z, 2026-12-01T00:00:00Z",
    "2026-12-31T23:59:59Z, 2027-01-01T00:00:00Z",
    "2027-01-31T12:00:00Z, 2027-02-01T00:00:00Z",
  })
  void aMonthEndsInUtc(Instant now, Instant first) {
    assertThat(now.plus(Pauses.untilNextMonth(now).floor())).isEqualTo(first);
  }

  @Test
  void aRefusalJustAfterABoundaryDoesNotCostAWholeFurtherPeriod() {
    Wait month = Pauses.untilNextMonth(Instant.parse("2026-12-01T00:00:03Z"));
    Wait day = Pauses.untilPacificMidnight(Instant.parse("2026-11-24T08:04:59Z"));

    assertThat(month).isEqualTo(new Wait(Duration.ofMinutes(5), Duration.ofMinutes(5), false));
    assertThat(day).isEqualTo(month);
    assertThat(Pauses.untilPacificMidnight(Instant.parse("2026-11-24T08:05:00Z")).floor())
        .isEqualTo(Duration.parse("PT23H55M"));
  }

  @Test
  void aSpendingCapIsAskedAgainDailyAndAtTheEndOfTheMonth() {
    assertThat(Pauses.withinPacificMonth(Instant.parse("2026-11-23T10:00:00Z")).floor())
        .isEqualTo(Duration.ofHours(24));
    assertThat(Pauses.withinPacificMonth(Instant.parse("2026-12-01T05:00:00Z")).floor())
        .isEqualTo(Duration.ofHours(3));
  }

  @ParameterizedTest
  @CsvSource({"2026-11-23T10:15:00Z, 60", "2026-11-23T10:15:59.9Z, 1", "2026-11-23T10:15:30Z, 30"})
  void theNextMinuteIsNeverFartherThanAMinute(Instant now, long seconds) {
    assertThat(Pauses.untilNextMinute(now))
        .isEqualTo(new Wait(Duration.ofSeconds(seconds), Duration.ofMinutes(1), false));
  }

  @Test
  void aHintOfNothingIsNoTightLoop() {
    assertThat(Pauses.hinted(0).floor()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void aGuessStandsUnlessTheHintIsLonger() {
    Duration five = Duration.ofSeconds(5);
    Duration thirty = Duration.ofSeconds(30);

    assertThat(Pauses.atLeast(five, thirty, Spans.UNKNOWN))
        .isEqualTo(new Wait(five, thirty, false));
    assertThat(Pauses.atLeast(five, thirty, Duration.ofSeconds(1).toNanos()))
        .isEqualTo(new Wait(five, thirty, false));
    assertThat(Pauses.atLeast(five, thirty, Duration.ofSeconds(9).toNanos()))
        .isEqualTo(new Wait(Duration.ofSeconds(9), thirty, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You will regain access on",
        "You will regain access on 2026-12",
        "You will regain access on Tuesday at 00:00 UTC.",
        "You will regain access on 2026-99-99 at 00:00 UTC.",
        "You will regain access on 2020-01-01 at 00:00 UTC.",
        "Come back later."
      })
  void aMessageMayNameNoDay(String message) {
    assertThat(Pauses.untilAccessReturns(message, Row.NOW)).isNull();
    assertThat(Pauses.untilAccessReturns(null, Row.NOW)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "You will regain access on 2026-12-01 at 00:00 UTC., 2026-12-01T00:00:00Z",
    "You will regain access on 2026-12-01., 2026-12-01T00:00:00Z",
    "You will regain access on 2026-12-01, 2026-12-01T00:00:00Z",
    "You will regain access on 2026-12-01 at 14:30 UTC., 2026-12-01T14:30:00Z",
    "You will regain access on 2026-12-01 at noon., 2026-12-01T00:00:00Z",
    "You will regain access on 2026-12-01 at, 2026-12-01T00:00:00Z",
  })
  void aMessageMayNameADay(String message, Instant until) {
    Wait pause = Objects.requireNonNull(Pauses.untilAccessReturns(message, Row.NOW));

    assertThat(Row.NOW.plus(pause.floor())).isEqualTo(until);
    assertThat(pause.fromProvider()).isTrue();
  }
}
