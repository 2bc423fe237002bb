package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.pool.PoolListener;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OwnersTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final Ticker ticker =
      new Ticker() {
        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public Instant now() {
          return NOW;
        }
      };
  private final Pools pools =
      new Pools(PoolSettings.defaults(), ticker, new SplittableRandom(1), new PoolListener() {});
  private final Owners owners = new Owners(2, pools, ticker);

  @Test
  void aResponseBelongsToItsConversationWhoeverAsksForIt() {
    owners.remember("resp_1", "a", "group", 42);
    owners.remember("resp_1", "b", "group");

    assertThat(owners.conversationOf("resp_1")).isEqualTo(42);
    assertThat(owners.drain())
        .containsExactly(
            new Ownership("resp_1", "a", "group", 42, null, NOW),
            new Ownership("resp_1", "b", "group", 42, null, NOW));
  }

  @Test
  void whatIsKnownIsNotWrittenAgain() {
    owners.remember("resp_1", "a", "group");
    owners.remember("resp_1", "a", "group", 42);
    owners.remember("resp_1", "a", "group", 42);
    owners.remember("resp_1", "a", "group");

    assertThat(owners.drain()).extracting(Ownership::conversation).containsExactly(0L, 42L);
  }

  @Test
  void aRestartForgetsNoConversation() {
    owners.restore(List.of(new Ownership("resp_1", "a", "group", 42, null, NOW)));

    assertThat(owners.conversationOf("resp_1")).isEqualTo(42);
  }

  @Test
  void whatNobodyAskedForLongestIsForgotten() {
    owners.remember("resp_1", "a", "group", 1);
    owners.remember("resp_2", "a", "group", 2);
    assertThat(owners.conversationOf("resp_1")).isEqualTo(1);
    owners.remember("resp_3", "a", "group", 3);

    assertThat(owners.conversationOf("resp_1")).isEqualTo(1);
    assertThat(owners.conversationOf("resp_2")).isZero();
  }
}
