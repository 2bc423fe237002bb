package dev.forebay.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketTest {

  private static final long SECOND = 1_000_000_000L;

  private final Bucket bucket = new Bucket();
  private final long now = 100 * SECOND;

  /// Two a second, and 20 of 120 left: what is nearly empty is not spent at once.
  private void nearlyEmpty() {
    bucket.shape(120, SECOND / 2.0);
    bucket.missing(101, now);
  }

  @Test
  void theLastIsTakenInTurns() {
    nearlyEmpty();
    int taken = 0;
    while (bucket.take(1, now)) {
      taken++;
    }
    assertThat(taken).isBetween(1, 10);
    assertThat(bucket.fitsAt(1, now)).isGreaterThan(now);
  }

  /// Another limit had no room for it.
  @Test
  void whatIsGivenBackKeepsNobodyWaiting() {
    nearlyEmpty();
    for (int i = 0; i < 100; i++) {
      assertThat(bucket.take(1, now)).isTrue();
      bucket.giveBack(1, now);
    }
    assertThat(bucket.fitsAt(1, now)).isLessThanOrEqualTo(now);
    assertThat(bucket.remaining(now)).isEqualTo(19);
  }
}
