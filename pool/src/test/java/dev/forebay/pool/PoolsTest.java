package dev.forebay.pool;

import static dev.forebay.pool.Fixture.MODEL;
import static dev.forebay.pool.Fixture.PROVIDER;
import static dev.forebay.pool.Fixture.SMALL;
import static dev.forebay.pool.Fixture.budgeted;
import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.hinted;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolsTest {

  private final Fixture pools = new Fixture();

  @Test
  void keepsNodesByIdWhenKeysAreReplaced() {
    pools.with(budgeted("a", 10_000), key("b"), key("gone"));
    Lease inFlight = pools.take(new Ask(100, 100, List.of("b", "gone"), null));
    served(pools.take(new Ask(100, 100, List.of("b", "gone"), null)), 700);
    end(
        pools.take(new Ask(1, 1, List.of("a", "gone"), null)),
        hinted(Scope.KEY, Duration.ofHours(1)));
    pools.with(new KeySpec("a", "renamed", PROVIDER, "acme", 9, 20_000, Set.of(), false), key("b"));

    KeyView a = pools.view("a");
    assertThat(a.name()).isEqualTo("renamed");
    assertThat(a.limitGroup()).isEqualTo("acme");
    assertThat(a.usedToday()).isEqualTo(700);
    assertThat(a.inFlight()).isEqualTo(1);
    assertThat(a.dailyTokens()).isEqualTo(20_000);
    assertThat(pools.status("b")).isInstanceOf(Status.Cooling.class);
    assertThat(pools.pools.view("gone")).isEmpty();
    assertThat(pools.pools.view()).extracting(KeyView::id).containsExactly("a", "b");
    served(inFlight, 100);
    assertThat(pools.view("a").usedToday()).isEqualTo(800);
    assertThat(pools.take().group()).isEqualTo("acme");
    assertThat(pools.take().draw(List.of()).tier()).isEqualTo(9);
  }

  @Test
  void settlesHarmlesslyOnARemovedKey() {
    pools.with(key("a"), key("b"));
    List<Lease> leases = List.of(pools.take(), pools.take(), pools.take(), pools.take());
    pools.with(key("c"));

    end(leases.get(0), new Outcome.KeyRejected("401"));
    end(leases.get(1), Fixture.failed());
    end(leases.get(2), hinted(Scope.GROUP_MODEL, Duration.ofHours(1)));
    Fixture.headroom(leases.get(3), 1, 0, 1, 1, 0, 1);
    served(leases.get(3), 500);
    assertThat(pools.serve()).isEqualTo("c");
  }

  @Test
  void rememberstTheUsageOfAKeyThatIsPutInAgain() {
    pools.with(budgeted("a", 10_000));
    served(pools.take(), 700);
    end(pools.take(), new Outcome.KeyRejected("401"));
    pools.with(List.of());
    pools.refused();
    pools.with(budgeted("a", 10_000));

    assertThat(pools.view("a").usedToday()).isEqualTo(700);
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
    pools.take();
  }

  @Test
  void startsAnewWhenAnIdMovesToAnotherProvider() {
    pools.with(budgeted("a", 10_000));
    served(pools.take(), 700);
    pools.with(new KeySpec("a", "a", "openai", "own", 5, 10_000, Set.of(), false));

    assertThat(pools.view("a").usedToday()).isZero();
    pools.refused();
    pools.take(pools.pools.pool("openai", "gpt"), SMALL);
  }

  @Test
  void keepsGroupsOfTheSameNameApartBetweenProviders() {
    pools.with(
        grouped("a", "acme"), new KeySpec("o", "o", "openai", "acme", 5, 1_000, Set.of(), false));
    end(pools.take(), hinted(Scope.GROUP, Duration.ofHours(1)));

    pools.take(pools.pools.pool("openai", "gpt"), SMALL);
  }

  @Test
  void refusesTwoKeysOfOneIdAndChangesNothing() {
    pools.with(key("a"));

    assertThatThrownBy(() -> pools.pools.replace(List.of(key("b"), key("b"))))
        .hasMessage("two keys have the id b (expected: a different id for every key)");
    assertThat(pools.serve()).isEqualTo("a");
  }

  @Test
  void changesKeysBetweenTwoRequests() {
    pools.with(key("a"));
    pools.serve();
    pools.with(key("a"), Fixture.prioritised("b", 9));
    assertThat(pools.serve()).isEqualTo("b");
    pools.with(key("a"), Fixture.pausedByConfiguration("b"));
    assertThat(pools.serve()).isEqualTo("a");
    pools.with(Fixture.limitedTo("a", "other"));
    assertThat(pools.refused().notAllowed()).isEqualTo(1);
  }

  @Test
  void boundsWhatCallersCanMakeItRemember() {
    Fixture small =
        new Fixture(PoolSettings.defaults().withMostModels(10), pools.ticker).with(key("a"));
    Pool used = small.pool();
    Lease early = small.take();
    for (int i = 0; i < 1_000; i++) {
      small.advance(Duration.ofMillis(10));
      Pool other = small.pools.pool(PROVIDER, "model-" + i);
      end(small.take(other, SMALL), hinted(Scope.GROUP_MODEL, Duration.ofHours(1)));
      served(small.take(used, SMALL), 10);
    }
    small.pools.pool(PROVIDER, "x".repeat(10_000));
    for (int i = 0; i < 1_000; i++) {
      small.take(small.pools.pool("provider-" + i, "m").tally().keys() == 0 ? used : used, SMALL);
    }

    assertThat(small.pool()).isSameAs(used);
    assertThat(small.view("a").coolings()).hasSizeLessThan(10);
    assertThat(small.pools.houses()).hasSizeLessThanOrEqualTo(64);
    served(early, 10);
  }

  @Test
  void showsWhatGoesOn() {
    pools.with(key("a"), key("b"));
    for (int i = 0; i < 300; i++) {
      pools.advance(Duration.ofSeconds(1));
      Lease lease = pools.take(new Ask(100, 100, i % 3 == 0 ? List.of("a") : List.of("b"), null));
      Duration latency = Duration.ofMillis(i % 30 == 1 ? 3_000 : 100);
      lease.answered(latency);
      lease.settle(new Outcome.Served(latency), 1_000, 0, 500, 500);
    }

    KeyView a = pools.view("a");
    assertThat(a.served()).isEqualTo(200);
    assertThat(a.shareOfTraffic()).isEqualTo(2 / 3.0, within(0.05));
    assertThat(a.tokensPerMinute()).isEqualTo(40_000, within(2_000.0));
    assertThat(a.usedToday()).isEqualTo(200_000);
    assertThat(a.latencyP50()).isBetween(Duration.ofMillis(80), Duration.ofMillis(130));
    assertThat(a.latencyP95()).isBetween(Duration.ofMillis(100), Duration.ofMillis(3_600));
    assertThat(pools.pools.view()).hasSize(2).first().isEqualTo(a);
    Lease lease = pools.take();
    assertThat(pools.view(lease.keyId()).reservedTokens()).isEqualTo(lease.reservedTokens());
  }

  @Test
  void noticesWhatTimeChangesLazily() {
    pools.with(key("a"));
    end(pools.take(), hinted(Scope.KEY, Duration.ofSeconds(1)));
    assertThat(pools.events).containsExactly("a: Open -> Cooling");
    pools.advance(Duration.ofSeconds(5));

    pools.pools.view();
    assertThat(pools.events).containsExactly("a: Open -> Cooling", "a: Cooling -> Open");
  }

  @Test
  void takesNewSettings() {
    pools.with(key("a"));
    pools.pools.settings(
        PoolSettings.defaults().withCooldown(Duration.ofSeconds(40), Duration.ofSeconds(50)));
    end(pools.take(), Fixture.throttled(Scope.KEY, Cooldown.unknown()));

    assertThat(pools.refused().nextAt().orElseThrow())
        .isBetween(pools.in(Duration.ofSeconds(40)), pools.in(Duration.ofSeconds(42)));
    assertThat(pools.pools.pool(PROVIDER, MODEL).model()).isEqualTo(MODEL);
  }
}
