package dev.forebay.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HomesTest {

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final int CONVERSATIONS = 100_000;
  private static final long MEGABYTE = 1 << 20;

  private final Homes homes = new Homes();
  private final long now = Duration.ofHours(1).toNanos();

  @Test
  void remembersAHundredThousandLiveConversations() {
    SplittableRandom keys = new SplittableRandom(3);
    for (int i = 0; i < CONVERSATIONS; i++) {
      homes.begin(keys.nextLong(), i, LIFE, 100, now);
    }

    keys = new SplittableRandom(3);
    int found = 0;
    for (int i = 0; i < CONVERSATIONS; i++) {
      int place = homes.table().find(keys.nextLong(), now);
      if (place >= 0 && homes.table().group(place) == i) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(CONVERSATIONS * 99 / 100);
  }

  @Test
  void doesNotGrowBeyondItsBound() {
    SplittableRandom keys = new SplittableRandom(4);
    for (int i = 0; i < 1_000_000; i++) {
      homes.begin(keys.nextLong(), i, LIFE, 100, now);
    }

    assertThat(homes.table().places()).isEqualTo(Homes.MOST_PLACES);
  }

  @Test
  void expiredConversationsMakeRoomWithoutGrowing() {
    SplittableRandom keys = new SplittableRandom(5);
    long time = now;
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 500; j++) {
        homes.begin(keys.nextLong(), j, Duration.ofSeconds(30), 100, time);
      }
      time += Duration.ofSeconds(40).toNanos();
    }

    assertThat(homes.table().places()).isLessThan(Homes.MOST_PLACES / 16);
  }

  @Test
  void remembersHowMuchAConversationUsedLately() {
    homes.begin(42, 1, LIFE, 1_000, now);
    homes.end(42, 1, 500, now);

    int place = homes.table().find(42, now);
    assertThat(homes.table().used(place, now)).isBetween(1_499.0, 1_501.0);
    assertThat(homes.table().isFlying(place)).isFalse();
    long later = now + Duration.ofMinutes(4).toNanos();
    assertThat(homes.table().used(place, later)).isBetween(600.0, 720.0);
  }

  @Test
  void countsWhatIsInFlightForThePresentHomeOnly() {
    homes.begin(42, 1, LIFE, 10, now);
    homes.begin(42, 1, LIFE, 10, now);
    homes.end(42, 1, 0, now);
    int place = homes.table().find(42, now);
    assertThat(homes.table().isFlying(place)).isTrue();

    homes.begin(42, 2, LIFE, 10, now);
    homes.end(42, 1, 0, now);
    assertThat(homes.table().isFlying(place)).isTrue();
    homes.end(42, 2, 0, now);
    assertThat(homes.table().isFlying(place)).isFalse();
  }

  @Test
  void conversationsAndKeysByTheThousandTakeLittleMemory() {
    long before = used();
    Fixture pools = new Fixture();
    List<KeySpec> specs = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      specs.add(Fixture.key("k" + i));
    }
    pools.with(specs);
    SplittableRandom keys = new SplittableRandom(6);
    for (int i = 0; i < CONVERSATIONS; i++) {
      Ask ask =
          new Ask(
              1_000,
              100,
              List.of(),
              null,
              TokenPrice.UNKNOWN,
              new Conversation(keys.nextLong() | 1, LIFE));
      Fixture.served(pools.take(ask), 1_000);
    }
    long after = used();

    assertThat(after - before).isLessThan(100 * MEGABYTE);
    assertThat(pools.pools.view()).hasSize(10_000);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
