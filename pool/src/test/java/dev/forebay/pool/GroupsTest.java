package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.hinted;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Limit groups while keys come into them and leave them.
class GroupsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Fixture pools = new Fixture();

  @Test
  void aGroupThatIsCalledAnotherNameGoesOn() {
    pools.with(grouped("a", "acme"), grouped("b", "acme"), key("c"));
    String home = useUp("a");
    pools.with(grouped("a", "beta"), grouped("b", "beta"), key("c"));

    assertThat(pools.view("a").limitGroup()).isEqualTo("beta");
    assertThat(home).isEqualTo("acme");
    isUsedUp("a", "beta");
    isUsedUp("b", "beta");
    pools.with(key("a"), grouped("b", "acme"), key("c"));
    assertThat(pools.status("a")).isEqualTo(pools.status("b")).isInstanceOf(Status.Cooling.class);
  }

  @Test
  void aKeyThatIsNoLongerDeclaredGoesOn() {
    pools.with(grouped("a", "acme"), key("b"));
    useUp("a");
    pools.with(key("a"), key("b"));

    isUsedUp("a", "key:a");
    assertThat(pools.status("b")).isEqualTo(Status.OPEN);
    pools.with(grouped("a", "beta"), key("b"));
    isUsedUp("a", "beta");
  }

  @Test
  void twoGroupsThatAreDeclaredOneHaveTheCooldownsAndLimitsOfBoth() {
    pools.with(grouped("a", "acme"), grouped("b", "beta"));
    useUp("a");
    pools.with(grouped("a", "beta"), grouped("b", "beta"));

    isUsedUp("a", "beta");
    isUsedUp("b", "beta");
    assertThat(pools.refused().throttled()).isEqualTo(2);
  }

  @Test
  void whoLeavesOthersTakesTheCooldownAlongAndLearnsItsOwnLimits() {
    pools.with(grouped("a", "acme"), grouped("b", "acme"));
    useUp("a");
    pools.with(grouped("a", "beta"), grouped("b", "acme"));

    isUsedUp("b", "acme");
    assertThat(pools.view("a").limitGroup()).isEqualTo("beta");
    assertThat(pools.status("a")).isEqualTo(pools.status("b"));
    assertThat(pools.view("a").coolings())
        .singleElement()
        .satisfies(cooling -> assertThat(cooling.limitGroup()).isEqualTo("beta"));
    assertThat(pools.view("a").headroom()).isEmpty();

    pools.pools.recover("a");
    assertThat(pools.serve()).isEqualTo("a");
    assertThat(pools.status("b")).isInstanceOf(Status.Cooling.class);
  }

  @Test
  void twoThatChangeNamesKeepWhatIsTheirs() {
    pools.with(grouped("a", "acme"), grouped("b", "beta"));
    useUp("a");
    pools.with(grouped("a", "beta"), grouped("b", "acme"));

    isUsedUp("a", "beta");
    assertThat(pools.serve()).isEqualTo("b");
    assertThat(pools.view("b").headroom()).isEmpty();
  }

  @Test
  void aKeyThatTakesAnothersPlaceFindsTheCooldownOfTheGroup() {
    pools.with(grouped("a", "acme"));
    useUp("a");
    pools.with(grouped("b", "acme"));
    isUsedUp("b", "acme");

    pools.with(key("c"));
    pools.with(grouped("b", "acme"));
    assertThat(pools.serve()).isEqualTo("b");
  }

  @Test
  void aGroupKeepsItsConversations() {
    List<KeySpec> named = IntStream.range(0, 6).mapToObj(i -> grouped("k" + i, "g" + i)).toList();
    pools.with(named);
    Conversation conversation = new Conversation(7, Duration.ofMinutes(5));
    Ask turn = new Ask(1_000, 0, List.of(), null, TokenPrice.UNKNOWN, conversation);
    Lease first = pools.take(turn);
    served(first, 1_000);
    pools.reconfigure(spec -> grouped(spec.id(), "of " + spec.id()));

    for (int i = 0; i < 10; i++) {
      Lease next = pools.take(turn);
      served(next, 1_000);
      assertThat(next.keyId()).isEqualTo(first.keyId());
      assertThat(next.group()).isEqualTo("of " + first.keyId());
    }
  }

  /// Other loops draw meanwhile, and see who is where as soon as it is so.
  @Test
  void cooldownsComeAlongWhoeverDrawsMeanwhile() {
    pools.with(key("a"), key("b"), key("c"));
    List<Pool> models =
        IntStream.range(0, 8)
            .mapToObj(i -> pools.pools.pool(Fixture.PROVIDER, "model-" + i))
            .toList();
    Ask notC = new Ask(100, 100, List.of("c"), null);
    Ask onlyB = new Ask(100, 100, List.of("a", "c"), null);
    models.forEach(model -> pools.take(model, onlyB));
    Lease joining = pools.take(models.getFirst(), onlyB);
    models.forEach(
        model -> end(pools.take(model, onlyB), hinted(Scope.GROUP_MODEL, Duration.ofHours(5))));
    pools.take(models.getFirst(), notC).identity("acme", null);
    pools.ticker.meanwhile(() -> models.forEach(model -> model.acquire(notC, pools.random)));
    joining.identity("acme", null);
    pools.ticker.meanwhile(() -> {});

    for (Pool model : models) {
      assertThat(pools.refused(model, notC).throttled()).as(model.model()).isEqualTo(2);
    }
  }

  /// The whole group waits for an hour, and has nothing left for the model, which waits as well.
  private String useUp(String id) {
    List<String> others =
        pools.pools.view().stream().map(KeyView::id).filter(other -> !other.equals(id)).toList();
    Ask ask = new Ask(100, 100, others, null);
    Lease first = pools.take(ask);
    Lease second = pools.take(ask);
    first.headroom(Axis.REQUESTS, 60, 0, 60_000_000_000L);
    end(first, hinted(Scope.GROUP_MODEL, HOUR));
    end(
        second,
        new Outcome.Throttled(
            Scope.GROUP, Cooldown.hinted(HOUR), Cause.SPEND_LIMIT, "the spend limit is reached"));
    return second.group();
  }

  private void isUsedUp(String id, String group) {
    KeyView view = pools.view(id);
    assertThat(view.limitGroup()).isEqualTo(group);
    assertThat(view.status())
        .isInstanceOfSatisfying(
            Status.Cooling.class,
            cooling -> assertThat(cooling.cause()).isEqualTo(Cause.SPEND_LIMIT));
    assertThat(view.coolings())
        .singleElement()
        .satisfies(cooling -> assertThat(cooling.limitGroup()).isEqualTo(group));
    assertThat(view.headroom())
        .singleElement()
        .satisfies(left -> assertThat(left.remaining()).isZero());
  }
}
