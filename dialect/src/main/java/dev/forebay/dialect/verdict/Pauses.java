package dev.forebay.dialect.verdict;

import dev.forebay.dialect.verdict.Verdict.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/// The lengths of pauses that the decision tables speak of.
final class Pauses {

  static final Wait ONE_HOUR = fixed(Duration.ofHours(1));
  static final Wait ONE_DAY = fixed(Duration.ofHours(24));

  /// "Hours", found out by asking again now and then.
  static final Wait HOURS = guess(Duration.ofHours(1), Duration.ofHours(6));

  /// "Hours to a month", found out by asking again at least daily.
  static final Wait HOURS_TO_DAYS = guess(Duration.ofHours(1), Duration.ofHours(24));

  /// A limit without any hint.
  static final Wait UNHINTED = guess(Duration.ofSeconds(1), Duration.ofMinutes(10));

  private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
  // A hint of nothing must not become a tight loop.
  private static final Duration SHORTEST = Duration.ofMillis(50);
  // No limit has a longer period than a month.
  private static final Duration LONGEST = Duration.ofDays(32);
  // How far repeated refusals may stretch a pause that was hinted shorter.
  private static final Duration HINT_STRETCH = Duration.ofMinutes(1);
  // Clocks differ: a refusal just after a boundary may still belong to the period before it, and
  // must not cost a whole further one.
  private static final Duration BOUNDARY_GRACE = Duration.ofMinutes(5);
  private static final String REGAIN = "regain access on ";

  private Pauses() {}

  static Wait guess(Duration floor, Duration cap) {
    return new Wait(floor, cap, false);
  }

  /// The provider's own hint.
  static Wait hinted(long nanos) {
    return hinted(nanos, HINT_STRETCH);
  }

  /// The provider's own hint, with a range of our own that it is at least held to.
  static Wait hinted(long nanos, Duration cap) {
    Duration floor = clamp(Duration.ofNanos(nanos));
    return new Wait(floor, longer(floor, cap), true);
  }

  /// The hint if there is one, else a guess; never shorter than the guess.
  static Wait atLeast(Duration floor, Duration cap, long hintNanos) {
    Duration hint = Duration.ofNanos(Math.max(0, hintNanos));
    return hint.compareTo(floor) > 0 ? hinted(hintNanos, cap) : guess(floor, cap);
  }

  /// Until the day named in "you will regain access on 2026-12-01 at 00:00 UTC"; null when the
  /// message names none, or one that has passed.
  static @Nullable Wait untilAccessReturns(@Nullable String message, Instant now) {
    int at = message == null ? -1 : message.indexOf(REGAIN);
    if (message == null || at < 0) {
      return null;
    }
    int date = at + REGAIN.length();
    int end = date + 10;
    if (end > message.length()) {
      return null;
    }
    int time = message.startsWith(" at ", end) ? end + 4 : -1;
    String clock =
        time > 0 && time + 5 <= message.length() ? message.substring(time, time + 5) : "";
    String day = message.substring(date, end);
    long nanos = Moments.untilRfc3339(day + "T" + clock + ":00Z", now);
    if (nanos < 0) {
      nanos = Moments.untilRfc3339(day + "T00:00:00Z", now);
    }
    return nanos > 0 ? fixed(clamp(Duration.ofNanos(nanos)), true) : null;
  }

  /// Until the first of next month, 00:00 UTC.
  static Wait untilNextMonth(Instant now) {
    LocalDate first =
        LocalDate.ofInstant(now, ZoneOffset.UTC).with(TemporalAdjusters.firstDayOfMonth());
    return between(begin(first, ZoneOffset.UTC), begin(first.plusMonths(1), ZoneOffset.UTC), now);
  }

  /// Until the next midnight in Los Angeles, where Gemini's days begin.
  static Wait untilPacificMidnight(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, PACIFIC);
    return between(begin(today, PACIFIC), begin(today.plusDays(1), PACIFIC), now);
  }

  /// A day, or less when the month ends before in Los Angeles.
  static Wait withinPacificMonth(Instant now) {
    LocalDate next =
        LocalDate.ofInstant(now, PACIFIC).with(TemporalAdjusters.firstDayOfNextMonth());
    Duration left = Duration.between(now, begin(next, PACIFIC));
    return fixed(left.compareTo(ONE_DAY.floor()) < 0 ? left : ONE_DAY.floor());
  }

  /// Until the next full minute.
  static Wait untilNextMinute(Instant now) {
    Duration left = Duration.ofSeconds(60 - Math.floorMod(now.getEpochSecond(), 60));
    return guess(left, HINT_STRETCH);
  }

  private static Instant begin(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static Wait between(Instant began, Instant ends, Instant now) {
    Duration since = Duration.between(began, now);
    return since.compareTo(BOUNDARY_GRACE) < 0
        ? fixed(BOUNDARY_GRACE)
        : fixed(Duration.between(now, ends), true);
  }

  private static Wait fixed(Duration pause) {
    return fixed(pause, false);
  }

  private static Wait fixed(Duration pause, boolean fromProvider) {
    return new Wait(pause, pause, fromProvider);
  }

  private static Duration clamp(Duration pause) {
    if (pause.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
