package dev.forebay.pool;

import static dev.forebay.pool.Fixture.SMALL;
import static dev.forebay.pool.Fixture.budgeted;
import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.hinted;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What outlives a restart: a second instance under the same clock takes the first one's state up.
class PoolStateTest {

  private final Fixture before = new Fixture();
  private final Fixture after = new Fixture(PoolSettings.defaults(), before.ticker);

  private void restart(KeySpec... keys) {
    after.with(keys);
    after.pools.restore(before.pools.save());
  }

  @Test
  void cooldownsOfEveryScopeGoOn() {
    KeySpec[] keys = {grouped("a", "acme"), grouped("b", "beta"), key("c"), key("d")};
    before.with(keys);
    end(only("a"), hinted(Scope.KEY, Duration.ofMinutes(1)));
    end(only("b"), hinted(Scope.GROUP, Duration.ofMinutes(2)));
    end(only("c"), hinted(Scope.GROUP_MODEL, Duration.ofMinutes(3)));
    Pool haiku = before.pools.pool(Fixture.PROVIDER, "haiku");
    end(before.take(haiku, SMALL), hinted(Scope.PROVIDER_MODEL, Duration.ofMinutes(4)));
    before.advance(Duration.ofSeconds(50));
    restart(keys);

    assertThat(after.pools.save().coolings())
        .containsExactlyInAnyOrderElementsOf(before.pools.save().coolings())
        .hasSize(4);
    assertThat(after.status("a")).isEqualTo(before.status("a"));
    assertThat(after.status("b")).isEqualTo(before.status("b"));
    assertThat(after.serve()).isEqualTo("d");
    assertThat(after.refused(after.pools.pool(Fixture.PROVIDER, "haiku"), SMALL).throttled())
        .isEqualTo(4);
    after.advance(Duration.ofSeconds(15));
    assertThat(after.take(new Ask(1, 1, List.of("d"), null)).keyId()).isEqualTo("a");
  }

  @Test
  void backoffGoesOnWhereItWas() {
    before.with(key("a"));
    for (int i = 0; i < 4; i++) {
      before.advance(Duration.ofSeconds(10));
      end(before.take(), Fixture.throttled(Scope.KEY, Cooldown.unknown()));
    }
    restart(key("a"));
    after.advance(Duration.ofSeconds(10));
    end(after.take(), Fixture.throttled(Scope.KEY, Cooldown.unknown()));

    assertThat(after.refused().nextAt().orElseThrow())
        .isBetween(after.in(Duration.ofSeconds(16)), after.in(Duration.ofMillis(17_600)));
  }

  @Test
  void rejectionsPausesAndUsageGoOn() {
    KeySpec[] keys = {budgeted("a", 1_000), key("b"), key("c")};
    before.with(keys);
    served(only("a"), 1_000);
    end(only("b"), new Outcome.KeyRejected("401"));
    before.pools.pause("c");
    before.advance(Duration.ofMinutes(50));
    restart(keys);

    assertThat(after.pools.view())
        .extracting(KeyView::status)
        .containsExactlyElementsOf(before.pools.view().stream().map(KeyView::status).toList());
    assertThat(after.view("a").usedToday()).isEqualTo(1_000);
    after.refused();
    // Whoever restarts may have changed a secret: what was rejected is probed at once, then hourly.
    assertThat(after.pools.dueForProbe()).containsExactly("b");
    after.advance(Duration.ofMinutes(59));
    assertThat(after.pools.dueForProbe()).isEmpty();
    after.advance(Duration.ofMinutes(1));
    assertThat(after.pools.dueForProbe()).containsExactly("b");
    after.advance(Duration.ofHours(14));
    assertThat(after.serve()).isEqualTo("a");
  }

  @Test
  void dropsWhatIsOverAndWhatIsUnknown() {
    before.with(budgeted("a", 1_000), key("b"), grouped("c", "gone"));
    served(only("a"), 1_000);
    end(only("b"), hinted(Scope.KEY, Duration.ofHours(1)));
    end(only("c"), hinted(Scope.GROUP_MODEL, Duration.ofDays(9)));
    PoolState state = before.pools.save();
    after.with(budgeted("a", 1_000), grouped("b", "other"));
    after.advance(Duration.ofDays(1));
    after.pools.restore(state);

    assertThat(after.pools.view()).extracting(KeyView::status).containsOnly(Status.OPEN);
    assertThat(after.view("a").usedToday()).isZero();
    assertThat(after.pools.save().coolings()).isEmpty();
    after.pools.restore(PoolState.EMPTY);
    after.serve();
  }

  @Test
  void savesNothingOfAnUntouchedPool() {
    before.with(key("a"));
    PoolState state = before.pools.save();

    assertThat(state)
        .isEqualTo(new PoolState(before.ticker.now(), List.of(), List.of(), List.of(), List.of()));
  }

  private Lease only(String keyId) {
    List<String> others =
        before.pools.view().stream().map(KeyView::id).filter(id -> !id.equals(keyId)).toList();
    return before.take(new Ask(10, 10, others, null));
  }
}
