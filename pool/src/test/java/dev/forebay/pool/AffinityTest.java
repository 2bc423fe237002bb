package dev.forebay.pool;

import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.prioritised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AffinityTest {

  private static final Duration LIFE = Duration.ofMinutes(5);

  private final Fixture pools = new Fixture();

  private static Ask turn(long conversation, long tokens) {
    return new Ask(
        tokens, 0, List.of(), null, TokenPrice.UNKNOWN, new Conversation(conversation, LIFE));
  }

  private Lease serve(long conversation, long tokens) {
    Lease lease = pools.take(turn(conversation, tokens));
    Fixture.served(lease, tokens);
    return lease;
  }

  private static Homing.End end(Lease lease) {
    return Objects.requireNonNull(lease.homing(), "homing").end();
  }

  private static @Nullable String home(Lease lease) {
    return Objects.requireNonNull(lease.homing(), "homing").home();
  }

  private static List<KeySpec> keys(int count) {
    List<KeySpec> specs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      specs.add(key("k" + i));
    }
    return specs;
  }

  @Test
  void goesBackToTheGroupThatServedItBefore() {
    pools.with(keys(8));
    for (long conversation = 1; conversation <= 50; conversation++) {
      serve(conversation, 1_000);
    }
    for (long conversation = 1; conversation <= 50; conversation++) {
      String first = serve(conversation, 1_000).group();
      Lease next = serve(conversation, 1_000);

      assertThat(next.group()).isEqualTo(first);
      assertThat(end(next)).isEqualTo(Homing.End.KEPT);
      assertThat(home(next)).isEqualTo(first);
    }
  }

  @Test
  void aConversationWithoutAHomeIsPlacedWhereConversationsUsedLeast() {
    pools.with(keys(4));

    Set<String> homes = new HashSet<>();
    for (long conversation = 1; conversation <= 4; conversation++) {
      Lease lease = serve(conversation, 1_000);
      assertThat(end(lease)).isEqualTo(Homing.End.PLACED);
      assertThat(home(lease)).isNull();
      homes.add(lease.group());
    }

    assertThat(homes).hasSize(4);
  }

  @Test
  void newConversationsAreSpreadAlthoughYoungOnesDidLittleYet() {
    pools.with(keys(2));
    // Two grow old, of which one is no longer heard of.
    for (int turn = 1; turn <= 20; turn++) {
      serve(1, 1_000L * turn);
      serve(2, turn < 15 ? 1_000L * turn : 100);
      pools.advance(Duration.ofSeconds(10));
    }

    Map<String, Integer> young = new HashMap<>();
    for (long conversation = 10; conversation < 20; conversation++) {
      young.merge(serve(conversation, 1_000).group(), 1, Integer::sum);
      pools.advance(Duration.ofSeconds(1));
    }
    assertThat(young.values()).hasSize(2).allMatch(count -> count >= 3);
  }

  @Test
  void tellsWhatAHomeWasComparedWith() {
    pools.with(key("a"), key("b"));
    Lease placed = serve(1, 30_000);
    Homing kept = Objects.requireNonNull(serve(1, 10_000).homing());

    assertThat(kept.work()).isBetween(29_000.0, 30_000.0);
    assertThat(kept.mean()).isCloseTo(kept.work() / 2, within(1.0));
    // More than its share, but the other one, with this conversation, would have done no less.
    assertThat(kept.other()).isNotNull().isNotEqualTo(placed.keyId());
    assertThat(kept.otherWork()).isZero();
  }

  @Test
  void tellsWhichOtherPlaceANewConversationMightHaveHad() {
    pools.with(key("a"), key("b"));
    Lease first = serve(1, 30_000);
    Homing second = Objects.requireNonNull(serve(2, 10_000).homing());

    assertThat(second.work()).isZero();
    assertThat(second.mean()).isNegative();
    assertThat(second.other()).isEqualTo(first.keyId());
    assertThat(second.otherWork()).isBetween(29_000.0, 30_000.0);
  }

  @Test
  void tellsTheTwoKeysOfAHomeThatWereDrawn() {
    pools.with(grouped("a1", "acme"), grouped("a2", "acme"));
    serve(1, 1_000);
    Lease kept = serve(1, 1_000);

    assertThat(end(kept)).isEqualTo(Homing.End.KEPT);
    assertThat(Set.of("a1", "a2")).contains(kept.keyId(), kept.draw(List.of()).second());
    assertThat(kept.draw(List.of()).second()).isNotEqualTo(kept.keyId());
    assertThat(kept.draw(List.of()).secondLoad())
        .isGreaterThanOrEqualTo(kept.draw(List.of()).firstLoad());
  }

  @Test
  void whatBelongsToNoConversationHasNoHoming() {
    pools.with(keys(4));

    assertThat(pools.take().homing()).isNull();
  }

  @Test
  void theHomeIsForgottenWhenTheCacheHasExpired() {
    pools.with(keys(4));
    serve(1, 1_000);
    pools.advance(LIFE.minusSeconds(10));
    assertThat(end(serve(1, 1_000))).isEqualTo(Homing.End.KEPT);
    pools.advance(LIFE.plusSeconds(1));

    assertThat(end(serve(1, 1_000))).isEqualTo(Homing.End.PLACED);
  }

  @Test
  void aHomeThatCoolsIsLeftForGood() {
    pools.with(keys(4));
    String home = serve(1, 1_000).group();
    Lease refused = pools.take(turn(1, 1_000));
    Fixture.end(refused, Fixture.hinted(Scope.GROUP_MODEL, Duration.ofSeconds(20)));

    Lease moved = serve(1, 1_000);

    assertThat(moved.group()).isNotEqualTo(home);
    assertThat(end(moved)).isEqualTo(Homing.End.NOT_READY);
    assertThat(home(moved)).isEqualTo(home);
    pools.advance(Duration.ofSeconds(30));
    assertThat(serve(1, 1_000).group()).isEqualTo(moved.group());
  }

  @Test
  void aLoneConversationStaysAlthoughItIsAllTheLoad() {
    pools.with(keys(4));
    String home = serve(1, 50_000).group();

    for (int i = 0; i < 100; i++) {
      pools.advance(Duration.ofSeconds(3));
      assertThat(serve(1, 50_000).group()).isEqualTo(home);
    }
  }

  /// A new group starts at the median, which is forgotten while it does nothing.
  @Test
  void ofTwoOnOneGroupOneLeavesWhenAnotherGroupIsIdle() {
    pools.with(key("a"));
    serve(1, 50_000);
    serve(2, 50_000);
    pools.with(key("a"), key("b"));
    assertThat(end(serve(1, 50_000))).isEqualTo(Homing.End.KEPT);

    Lease moved = serve(2, 50_000);
    for (int i = 0; i < 60 && end(moved) == Homing.End.KEPT; i++) {
      pools.advance(Duration.ofSeconds(10));
      moved = serve(1 + i % 2, 50_000);
    }

    assertThat(end(moved)).isEqualTo(Homing.End.OVERLOADED);
    assertThat(home(moved)).isEqualTo("key:a");
    assertThat(moved.group()).isEqualTo("key:b");
    assertThat(List.of(serve(1, 50_000).group(), serve(2, 50_000).group()))
        .containsExactlyInAnyOrder("key:a", "key:b");
  }

  @Test
  void aNewGroupIsNotGivenEverythingThatBegins() {
    pools.with(keys(2));
    int conversation = 0;
    for (int i = 0; i < 100; i++) {
      pools.advance(Duration.ofSeconds(1));
      serve(++conversation, 1_000);
    }
    pools.with(keys(3));

    Map<String, Integer> begun = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      pools.advance(Duration.ofSeconds(1));
      begun.merge(serve(++conversation, 1_000).group(), 1, Integer::sum);
    }

    assertThat(begun).hasSize(3).allSatisfy((group, count) -> assertThat(count).isBetween(12, 28));
  }

  @Test
  void requestsInFlightUnderOneNameSpread() {
    pools.with(keys(4));
    List<Lease> flying = new ArrayList<>();
    Set<String> groups = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      Lease lease = pools.take(turn(7, 1_000));
      groups.add(lease.group());
      flying.add(lease);
    }
    flying.forEach(lease -> Fixture.served(lease, 1_000));

    assertThat(groups).hasSize(4);
  }

  @Test
  void everyKeyOfTheHomeWillDo() {
    pools.with(grouped("a1", "acme"), grouped("a2", "acme"), grouped("b1", "else"));
    String home = serve(1, 1_000).group();
    Set<String> used = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Lease lease = serve(1, 1_000);
      assertThat(lease.group()).isEqualTo(home);
      used.add(lease.keyId());
    }

    assertThat(used).hasSize(home.equals("acme") ? 2 : 1);
  }

  @Test
  void aHigherTierComesBeforeTheHome() {
    pools.with(prioritised("low", 5), prioritised("high", 8), prioritised("high2", 8));
    serve(1, 1_000);
    for (String id : List.of("high", "high2")) {
      pools.pools.pause(id);
    }
    assertThat(serve(1, 1_000).keyId()).isEqualTo("low");
    for (String id : List.of("high", "high2")) {
      pools.pools.resume(id);
    }

    Lease back = serve(1, 1_000);

    assertThat(back.keyId()).startsWith("high");
    assertThat(end(back)).isEqualTo(Homing.End.NOT_READY);
    assertThat(home(back)).isEqualTo("key:low");
  }

  @Test
  void oneModelsConversationsAreNotAnothers() {
    pools.with(keys(16));
    serve(1, 1_000);
    Pool other = pools.pools.pool(Fixture.PROVIDER, "another");

    Lease lease = pools.take(other, turn(1, 1_000));

    assertThat(end(lease)).isEqualTo(Homing.End.PLACED);
  }

  @Test
  void pickNamesAKeyOfTheHome() {
    pools.with(keys(16));
    String home = serve(9, 1_000).keyId();

    for (int i = 0; i < 20; i++) {
      assertThat(pools.pool().pick(new Conversation(9, LIFE), pools.random)).isEqualTo(home);
    }
  }

  private static Ask patient(long conversation, Duration patience) {
    return new Ask(
        1_000,
        0,
        List.of(),
        null,
        TokenPrice.UNKNOWN,
        new Conversation(conversation, LIFE),
        patience);
  }

  /// Two keys, of which the one that has conversation 1 will have room again in two seconds.
  private String fullHome() {
    pools.with(keys(2));
    Lease lease = pools.take(turn(1, 1_000));
    lease.headroom(Axis.INPUT_TOKENS, 30_000, 0, Duration.ofMinutes(1).toNanos());
    Fixture.served(lease, 1_000);
    return lease.group();
  }

  @Test
  void aHomeThatWillHaveRoomSoonIsWaitedFor() {
    String home = fullHome();
    Ask ask = patient(1, Duration.ofSeconds(10));

    Tally tally = pools.refused(ask);

    assertThat(pools.pool().home(ask)).isEqualTo(home);
    Duration wait = Duration.between(tally.at(), tally.nextAt().orElseThrow());
    assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    pools.advance(wait.plusMillis(10));
    assertThat(pools.take(ask).group()).isEqualTo(home);
  }

  @Test
  void whoHasNoPatienceGoesWhereThereIsRoom() {
    String home = fullHome();
    Ask ask = patient(1, Duration.ofMillis(100));

    assertThat(pools.pool().home(ask)).isNull();
    assertThat(pools.take(ask).group()).isNotEqualTo(home);
  }

  /// The same of a conversation whose prompt is read from the cache but for a tenth.
  private String fullHomeOfACachedPrompt() {
    pools.with(keys(2));
    for (int turn = 0; turn < 40; turn++) {
      Lease lease = pools.take(turn(1, 10_000));
      lease.settle(new Outcome.Served(Fixture.LATENCY), 10_000, 0, 0, 10_000, 9_000);
    }
    Lease lease = pools.take(turn(1, 10_000));
    lease.headroom(Axis.INPUT_TOKENS, 30_000, 0, Duration.ofMinutes(1).toNanos());
    lease.settle(new Outcome.Served(Fixture.LATENCY), 10_000, 0, 0, 10_000, 9_000);
    return lease.group();
  }

  private static Ask impatient(boolean othersWait) {
    Conversation one = new Conversation(1, LIFE);
    return new Ask(10_000, 0, List.of(), null, TokenPrice.UNKNOWN, one, Duration.ZERO, othersWait);
  }

  @Test
  void itsWholePromptDoesNotTakeWhatOthersWaitFor() {
    String home = fullHomeOfACachedPrompt();
    Ask ask = impatient(true);

    Tally tally = pools.refused(ask);

    assertThat(pools.pool().home(ask)).isEqualTo(home);
    Duration wait = Duration.between(tally.at(), tally.nextAt().orElseThrow());
    assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    assertThat(pools.take(impatient(false)).group()).as("nobody waits").isNotEqualTo(home);
  }

  @Test
  void whatCountsTheSameElsewhereGoesThereWhoeverWaits() {
    String home = fullHome();
    Conversation one = new Conversation(1, LIFE);
    Ask ask =
        new Ask(1_000, 0, List.of(), null, TokenPrice.UNKNOWN, one, Duration.ofMillis(100), true);

    assertThat(pools.take(ask).group()).isNotEqualTo(home);
  }

  @Test
  void aGroupThatComesBackIsNotGivenEverythingThatIsNew() {
    pools.with(keys(4));
    for (long conversation = 1; conversation <= 40; conversation++) {
      serve(conversation, 1_000);
    }
    Lease refused = pools.take(turn(99, 1_000));
    String out = refused.group();
    Fixture.end(refused, Fixture.hinted(Scope.GROUP_MODEL, Duration.ofSeconds(60)));
    for (long conversation = 101; conversation <= 400; conversation++) {
      serve(conversation, 1_000);
    }
    pools.advance(Duration.ofSeconds(70));
    pools.take(turn(500, 1_000)).answered(Fixture.LATENCY);

    int given = 0;
    for (long conversation = 1_001; conversation <= 1_040; conversation++) {
      given += serve(conversation, 1_000).group().equals(out) ? 1 : 0;
    }

    assertThat(given).isLessThan(20);
  }
}
