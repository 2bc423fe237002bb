package dev.forebay.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private final RateLimit limit = new RateLimit(Axis.REQUESTS, Period.MINUTE, true);
  private long now = 3_600 * SECOND;

  @Test
  void restrictsNothingUntilItIsKnown() {
    assertThat(limit.known(now)).isFalse();
    for (int i = 0; i < 1_000; i++) {
      assertThat(limit.take(1_000_000, now)).isTrue();
    }
    assertThat(limit.freeAt(1, now)).isLessThanOrEqualTo(now);
  }

  @Test
  void spendsWhatIsLeftAndThenKeepsThePaceOfTheRefill() {
    limit.read(now, limit.mark(), 60, 5, 55 * SECOND, now);

    for (int i = 0; i < 5; i++) {
      assertThat(limit.take(1, now)).isTrue();
    }
    assertThat(limit.take(1, now)).isFalse();
    // One a second, and not a minute's wait for a full bucket.
    assertThat(limit.freeAt(1, now) - now).isBetween(SECOND - 10_000, SECOND);
    assertThat(limit.freeAt(10, now) - now).isBetween(10 * SECOND - 10_000, 10 * SECOND);
    now += SECOND;
    assertThat(limit.take(1, now)).isTrue();
    assertThat(limit.take(1, now)).isFalse();
    now += 2 * MINUTE;
    assertThat(limit.remaining(now)).isEqualTo(60);
  }

  @Test
  void takesTheRefillOfADailyLimitFromItsReset() {
    limit.read(now, limit.mark(), 200, 0, Duration.ofHours(20).toNanos(), now);

    assertThat(limit.freeAt(1, now) - now)
        .isCloseTo(Duration.ofMinutes(6).toNanos(), within(SECOND));
    assertThat(limit.perMinute()).isBetween(0.16, 0.17);
  }

  @Test
  void countsWhatWasSentLaterAgainstAReading() {
    limit.read(now, 0, 100, 100, 0, now);
    long first = now;
    limit.take(1, now);
    long mark = limit.mark();
    for (int i = 0; i < 49; i++) {
      limit.take(1, now);
    }
    // The first answer says 99 are left: the provider had not seen the other 49 then.
    limit.read(first, mark, 100, 99, 1, now);

    assertThat(limit.remaining(now)).isEqualTo(50);
    assertThat(limit.fitsWithout(60, 49, now)).isTrue();
    assertThat(limit.take(60, now)).isFalse();
  }

  @Test
  void believesTheAnswerOfTheNewestRequestWhicheverComesLast() {
    limit.read(now, 0, 100, 100, 0, now);
    limit.take(1, now);
    long first = now;
    long firstMark = limit.mark();
    now += SECOND;
    limit.take(80, now);
    limit.read(now, limit.mark(), 100, 10, 54 * SECOND, now);
    assertThat(limit.remaining(now)).isEqualTo(10);

    // An answer that took long speaks of what is over.
    limit.read(first, firstMark, 100, 99, SECOND, now);
    assertThat(limit.remaining(now)).isEqualTo(10);
  }

  @Test
  void keepsItsOwnReckoningWithinWhatALateAnswerLeavesOpen() {
    limit.read(now, 0, 60, 60, 0, now);
    limit.take(30, now);
    long sent = now;
    long mark = limit.mark();
    now += 20 * SECOND;
    // 30 were left when it was sent, or are left now: 20 have come back since, as far as we know.
    limit.read(sent, mark, 60, 30, 30 * SECOND, now);
    assertThat(limit.remaining(now)).isEqualTo(50);

    limit.take(10, now);
    // Somebody else has used the group: less is left than we thought.
    limit.read(now, limit.mark(), 60, 5, 55 * SECOND, now);
    assertThat(limit.remaining(now)).isEqualTo(5);
  }

  @Test
  void countsOutputInFlightByHalf() {
    RateLimit output = new RateLimit(Axis.OUTPUT_TOKENS, Period.MINUTE, true);
    output.read(now, 0, 1_000, 1_000, 0, now);
    output.take(200, now);
    output.take(200, now);
    output.read(now, output.mark(), 1_000, 1_000, 0, now);
    assertThat(output.remaining(now)).isEqualTo(800);

    output.settle(200, 300, now, true);
    assertThat(output.remaining(now)).isEqualTo(700);
  }

  @Test
  void forgetsWhatARefusalNamedAfterAnHour() {
    RateLimit named = new RateLimit(Axis.TOKENS, Period.MINUTE, false);
    named.refused(30_000, 29_500, 1_000, -1, now);
    assertThat(named.take(1_000, now)).isFalse();
    assertThat(named.freeAt(1_000, now) - now).isBetween(SECOND - 10_000, SECOND);
    now += 59 * MINUTE;
    assertThat(named.known(now)).isTrue();
    assertThat(named.take(30_000, now)).isTrue();
    assertThat(named.take(30_000, now)).isFalse();
    now += MINUTE;

    assertThat(named.known(now)).isFalse();
    for (int i = 0; i < 10; i++) {
      assertThat(named.take(30_000, now)).isTrue();
    }
  }

  @Test
  void correctsAnEstimateThatWasNeverRead() {
    limit.read(now, limit.mark(), 1_000, 1_000, 0, now);
    limit.take(400, now);
    limit.settle(400, 100, now, false);
    assertThat(limit.remaining(now)).isEqualTo(900);
    limit.take(400, now);
    limit.giveBack(400, now);

    assertThat(limit.remaining(now)).isEqualTo(900);
  }

  @Test
  void letsARequestThatIsLargerThanTheLimitPassAFullBucket() {
    limit.read(now, limit.mark(), 100, 50, 30 * SECOND, now);

    assertThat(limit.take(500, now)).isFalse();
    assertThat(limit.freeAt(500, now)).isEqualTo(now + 30 * SECOND);
    now += 30 * SECOND;
    assertThat(limit.take(500, now)).isTrue();
    assertThat(limit.freeAt(1, now)).isLessThanOrEqualTo(now + MINUTE);
  }

  @Test
  void asksAgainWhenNothingWasReadForAnHour() {
    limit.read(now, limit.mark(), 10, 0, Duration.ofDays(300).toNanos(), now);
    assertThat(limit.freeAt(1, now)).isEqualTo(now + 60 * MINUTE);
    now += 60 * MINUTE;

    assertThat(limit.take(1, now)).isTrue();
    assertThat(limit.take(1, now)).isFalse();
    assertThat(limit.freeAt(1, now)).isEqualTo(now + MINUTE);
    limit.read(now, limit.mark(), 10, 9, SECOND, now);
    assertThat(limit.take(1, now)).isTrue();
  }

  @Test
  void livesWithHeadersThatSayLittle() {
    assertThat(limit.read(now, limit.mark(), 100, -1, -1, now)).isFalse();
    assertThat(limit.known(now)).isFalse();
    limit.read(now, limit.mark(), -1, 0, 20 * SECOND, now);
    assertThat(limit.take(5, now)).isFalse();
    assertThat(limit.freeAt(5, now)).isEqualTo(now + 20 * SECOND);
    limit.read(now, limit.mark(), -1, 700, -1, now);
    assertThat(limit.take(500, now)).isTrue();
    assertThat(limit.perMinute()).isZero();
    limit.read(now, limit.mark(), Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, now);
    limit.take(5, now);
    limit.read(now, limit.mark(), 1, Long.MAX_VALUE, Long.MAX_VALUE, now);
  }

  /// Against a true token bucket whose headers arrive late, a caller that obeys is hardly refused
  /// and uses nearly all there is.
  @Property(runs = 50)
  void usesWhatABucketGivesAndIsHardlyRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long size = random.nextLong(20, 2_000);
    double perNano = size / (double) MINUTE;
    double level = size;
    long granted = 0;
    long refused = 0;
    Queue<long[]> answers = new PriorityQueue<>(Comparator.comparingLong(answer -> answer[0]));
    long step = MINUTE / size / 4;
    long begin = now;
    while (now - begin < 5 * MINUTE) {
      now += step;
      level = Math.min(size, level + step * perNano);
      while (!answers.isEmpty() && answers.peek()[0] <= now) {
        long[] answer = answers.remove();
        limit.read(answer[3], answer[4], size, answer[1], answer[2], now);
      }
      if (limit.take(1, now)) {
        boolean fits = level >= 1;
        granted += fits ? 1 : 0;
        refused += fits ? 0 : 1;
        level -= fits ? 1 : 0;
        long reset = (long) ((size - level) / perNano);
        long answered = now + random.nextLong(100_000_000L, 20 * SECOND);
        answers.add(new long[] {answered, (long) level, reset, now, limit.mark()});
      }
    }

    assertThat(granted).isGreaterThan((long) (0.97 * (5 * size + size)));
    assertThat(refused).isLessThan(Math.max(2, (granted + 99) / 100));
  }
}
