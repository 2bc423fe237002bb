package dev.forebay.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private final RateLimit limit = new RateLimit();
  private long now = 3_600 * SECOND;

  @Test
  void restrictsNothingUntilItIsKnown() {
    assertThat(limit.known()).isFalse();
    for (int i = 0; i < 1_000; i++) {
      assertThat(limit.take(1_000_000, now)).isTrue();
    }
    assertThat(limit.freeAt(1, now)).isLessThanOrEqualTo(now);
  }

  @Test
  void spendsWhatIsLeftAndThenKeepsThePaceOfTheRefill() {
    limit.read(0, 60, 5, 55 * SECOND, now);

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
    limit.read(0, 200, 0, Duration.ofHours(20).toNanos(), now);

    assertThat(limit.freeAt(1, now) - now)
        .isCloseTo(Duration.ofMinutes(6).toNanos(), within(SECOND));
    assertThat(limit.perMinute()).isBetween(0.16, 0.17);
  }

  @Test
  void countsWhatIsInFlightAgainstAReading() {
    limit.read(0, 100, 100, 0, now);
    for (int i = 0; i < 50; i++) {
      limit.take(1, now);
    }
    // The first answer says 99 are left: the provider has not seen the other 49 yet.
    limit.read(1, 100, 99, 1, now);

    assertThat(limit.remaining(now)).isEqualTo(50);
    assertThat(limit.unread()).isEqualTo(49);
    assertThat(limit.fitsAlone(60, now)).isTrue();
    assertThat(limit.take(60, now)).isFalse();
  }

  @Test
  void correctsAnEstimateThatWasNeverRead() {
    limit.read(0, 1_000, 1_000, 0, now);
    limit.take(400, now);
    limit.settle(400, 100);
    assertThat(limit.remaining(now)).isEqualTo(900);
    limit.take(400, now);
    limit.giveBack(400);

    assertThat(limit.remaining(now)).isEqualTo(900);
    assertThat(limit.unread()).isZero();
  }

  @Test
  void letsARequestThatIsLargerThanTheLimitPassAFullBucket() {
    limit.read(0, 100, 50, 30 * SECOND, now);

    assertThat(limit.take(500, now)).isFalse();
    assertThat(limit.freeAt(500, now)).isEqualTo(now + 30 * SECOND);
    now += 30 * SECOND;
    assertThat(limit.take(500, now)).isTrue();
    assertThat(limit.freeAt(1, now)).isLessThanOrEqualTo(now + MINUTE);
  }

  @Test
  void asksAgainWhenNothingWasReadForAnHour() {
    limit.read(0, 10, 0, Duration.ofDays(300).toNanos(), now);
    assertThat(limit.freeAt(1, now)).isEqualTo(now + 60 * MINUTE);
    now += 60 * MINUTE;

    assertThat(limit.take(1, now)).isTrue();
    assertThat(limit.take(1, now)).isFalse();
    assertThat(limit.freeAt(1, now)).isEqualTo(now + MINUTE);
    limit.read(1, 10, 9, SECOND, now);
    assertThat(limit.take(1, now)).isTrue();
  }

  @Test
  void livesWithHeadersThatSayLittle() {
    assertThat(limit.read(0, 100, -1, -1, now)).isFalse();
    assertThat(limit.known()).isFalse();
    limit.read(0, -1, 0, 20 * SECOND, now);
    assertThat(limit.take(5, now)).isFalse();
    assertThat(limit.freeAt(5, now)).isEqualTo(now + 20 * SECOND);
    limit.read(0, -1, 700, -1, now);
    assertThat(limit.take(500, now)).isTrue();
    assertThat(limit.perMinute()).isZero();
    limit.read(0, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, now);
    limit.take(5, now);
    limit.read(0, 1, Long.MAX_VALUE, Long.MAX_VALUE, now);
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
    Deque<long[]> answers = new ArrayDeque<>();
    long step = MINUTE / size / 4;
    long begin = now;
    while (now - begin < 5 * MINUTE) {
      now += step;
      level = Math.min(size, level + step * perNano);
      while (!answers.isEmpty() && answers.getFirst()[0] <= now) {
        long[] answer = answers.removeFirst();
        limit.read(1, size, answer[1], answer[2], now);
      }
      if (limit.take(1, now)) {
        boolean fits = level >= 1;
        granted += fits ? 1 : 0;
        refused += fits ? 0 : 1;
        level -= fits ? 1 : 0;
        long reset = (long) ((size - level) / perNano);
        answers.add(new long[] {now + 300_000_000L, (long) level, reset});
      }
    }

    assertThat(granted).isGreaterThan((long) (0.97 * (5 * size + size)));
    assertThat(refused).isLessThan(Math.max(2, (granted + 99) / 100));
  }
}
