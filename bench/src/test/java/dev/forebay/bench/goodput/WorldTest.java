package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.MINUTE;
import static dev.forebay.bench.goodput.Timeline.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorldTest {

  private static Job question(long input, long output, long cap) {
    return new Job(1, -1, 0, 0, input, 0, output, cap, 4_000, true, SECOND, 10_000_000);
  }

  private static Job turn(int conversation, long input) {
    return new Job(1, conversation, 0, 0, input, 1_000, 100, 0, 4_000, true, SECOND, 10_000_000);
  }

  @Test
  void bucketsRefillContinuouslyAndWindowsAtTheMinute() {
    Meter bucket = new Meter.Bucket(Axis.REQUESTS, 60);
    Meter window = new Meter.Window(Axis.REQUESTS, 60);
    long begin = 1_000 * MINUTE + 20 * SECOND;
    for (Meter meter : List.of(bucket, window)) {
      meter.left(begin);
      meter.take(60, begin);
      assertThat(meter.has(1, begin)).isFalse();
    }

    assertThat(bucket.has(1, begin + SECOND)).isTrue();
    assertThat(bucket.nanosUntilFull(begin)).isEqualTo(MINUTE);
    assertThat(window.has(1, begin + 39 * SECOND)).isFalse();
    assertThat(window.nanosUntil(1, begin)).isEqualTo(40 * SECOND);
    assertThat(window.left(begin + 40 * SECOND)).isEqualTo(60);
  }

  @Test
  void quotasOfADayBeginAnewAtMidnightOfThePacific() {
    long before = Instant.parse("2026-11-28T07:59:00Z").getEpochSecond() * SECOND;
    Meter day = new Meter.Window(Axis.REQUESTS_PER_DAY, 10);
    day.take(10, before);

    assertThat(day.nanosUntil(1, before)).isEqualTo(MINUTE);
    assertThat(day.left(before + MINUTE)).isEqualTo(10);
  }

  @Test
  void anthropicDoesNotCountWhatIsReadFromTheCache() {
    Organisation organisation =
        new Organisation(0, Quota.anthropic(100, 10_000, 1_000), Flavour.ANTHROPIC);
    long now = MINUTE;

    assertThat(organisation.ask(turn(7, 9_000), now, now)).isInstanceOf(Reply.Admitted.class);
    Reply next = organisation.ask(turn(7, 9_500), now, now);

    assertThat(next)
        .isInstanceOfSatisfying(
            Reply.Admitted.class,
            reply -> assertThat(reply.cache()).isEqualTo(new CacheUse(9_000, 500, 0)));
    assertThat(organisation.ask(turn(8, 9_000), now, now))
        .isInstanceOfSatisfying(
            Reply.Exhausted.class, reply -> assertThat(reply.limit().axis()).isEqualTo(Axis.INPUT));
  }

  @Test
  void openAiCountsTheLargerOfCapAndInputAndItsRefusalsCostARequest() {
    Organisation organisation = new Organisation(0, Quota.openAi(3, 5_000), Flavour.OPENAI);
    long now = MINUTE;

    assertThat(organisation.ask(question(100, 10, 4_000), now, now))
        .isInstanceOf(Reply.Admitted.class);
    assertThat(organisation.ask(question(2_000, 10, 0), now, now))
        .isInstanceOfSatisfying(
            Reply.Exhausted.class,
            reply ->
                assertThat(Gauge.of(reply.gauges(), Axis.REQUESTS))
                    .isNotNull()
                    .satisfies(gauge -> assertThat(gauge.remaining()).isEqualTo(1)));
  }

  @Test
  void cachesForgetWhatIsNotUsed() {
    PromptCache cache = new PromptCache(5 * MINUTE);
    cache.use(turn(1, 5_000), 0);

    assertThat(cache.peek(turn(1, 6_000), 5 * MINUTE - 1)).isEqualTo(5_000);
    assertThat(cache.peek(turn(2, 6_000), 5 * MINUTE - 1)).isEqualTo(1_000);
    assertThat(cache.peek(turn(1, 6_000), 5 * MINUTE)).isZero();
  }

  @Test
  void burstsDoNotChangeTheMeanRate() {
    for (Arrivals arrivals : List.of(Arrivals.STEADY, Arrivals.BURSTY)) {
      SplittableRandom random = new SplittableRandom(5);
      int count = 0;
      for (long at = 0; at < 40 * MINUTE; at = arrivals.next(at, 10, random)) {
        count++;
      }

      assertThat(count / (40 * 60.0)).isCloseTo(10, within(0.2));
    }
  }

  @Test
  void schedulesOfferWhatTheLoadSays() {
    for (Workload workload :
        List.of(
            Workloads.whole().steady(Flavour.ANTHROPIC),
            Workloads.whole().longAnswers(),
            Workloads.whole().agentic(Flavour.ANTHROPIC))) {
      for (int seed = 1; seed <= 12; seed++) {
        double offered = Schedule.of(workload, 0.9, seed).offered();
        assertThat(offered / workload.granted())
            .as("%s, seed %d", workload.name(), seed)
            .isCloseTo(0.9, within(0.01));
      }
      assertThat(Schedule.of(workload, 0.9, 2)).isEqualTo(Schedule.of(workload, 0.9, 2));
    }
  }

  @Test
  void thingsHappenInTheOrderOfTheirInstants() {
    Timeline time = new Timeline(Instant.EPOCH);
    List<String> seen = new ArrayList<>();
    time.at(20, () -> seen.add("third"));
    time.at(10, () -> seen.add("first"));
    time.at(10, () -> seen.add("second"));
    time.at(15, () -> seen.add("never")).cancel();

    time.run(100);

    assertThat(seen).containsExactly("first", "second", "third");
    assertThat(time.nanos()).isEqualTo(100);
  }
}
