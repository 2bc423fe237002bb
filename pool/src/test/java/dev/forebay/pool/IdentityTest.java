package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityTest {

  private static final long SECOND = 1_000_000_000L;

  private final Fixture pools = new Fixture();

  @Test
  void joinsKeysThatTurnOutToBeOneOrganizations() {
    pools.with(key("a"), key("b"), key("c"));
    said("a", "acme", "main");
    said("b", "acme", "main");
    said("c", "acme", "other");

    assertThat(group("a")).isEqualTo("acme/main");
    assertThat(group("b")).isEqualTo("acme/main");
    assertThat(group("c")).isEqualTo("acme/other");
    assertThat(pools.view("a").groupSaidBy()).isEqualTo(Provenance.PROVIDER);
    end(take("a"), Fixture.hinted(Scope.GROUP, Duration.ofSeconds(30)));
    assertThat(pools.status("b")).isInstanceOf(Status.Cooling.class);
    assertThat(pools.take().keyId()).isEqualTo("c");
  }

  @Test
  void obeysTheConfigurationBeforeTheProvider() {
    pools.with(grouped("a", "anthropic/mine"), grouped("b", "anthropic/yours"));
    said("a", "acme", null);
    said("b", "acme", null);
    assertThat(pools.view("a").limitGroup()).isEqualTo("anthropic/mine");
    assertThat(pools.view("a").groupSaidBy()).isEqualTo(Provenance.CONFIGURATION);
    assertThat(pools.view("b").limitGroup()).isEqualTo("anthropic/yours");
  }

  @Test
  void keysComeToTheDeclaredGroupOfTheSameOrganization() {
    pools.with(grouped("a", "anthropic/mine"), key("b"), key("c"), key("d"));
    said("b", "acme", null);
    said("c", "acme", null);
    Lease used = take("c");
    used.headroom(Axis.REQUESTS, 60, 20, 40 * SECOND);
    end(used, Fixture.hinted(Scope.GROUP, Duration.ofMinutes(5)));
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
    said("a", "acme", null);
    said("d", "acme", null);

    for (String id : List.of("a", "b", "c", "d")) {
      assertThat(pools.view(id).limitGroup()).isEqualTo("anthropic/mine");
      assertThat(pools.status(id)).isInstanceOf(Status.Cooling.class);
      assertThat(pools.view(id).headroom()).hasSize(1);
    }
    assertThat(pools.view("b").groupSaidBy()).isEqualTo(Provenance.PROVIDER);
    assertThat(pools.pools.groups(Fixture.PROVIDER)).containsExactly("anthropic/mine");
  }

  @Test
  void whoseLimitsADeclaredGroupDrawsOnFollowsTheConfiguration() {
    pools.with(grouped("a", "anthropic/mine"), key("b"), key("c"));
    said("a", "acme", null);
    said("b", "acme", null);
    end(take("b"), Fixture.hinted(Scope.GROUP, Duration.ofHours(9)));

    pools.with(grouped("a", "anthropic/ours"), key("b"), key("c"));
    allIn("anthropic/ours", "a", "b");
    pools.with(key("a"), grouped("b", "anthropic/mine"), key("c"));
    allIn("anthropic/mine", "a", "b");
    pools.with(key("a"), key("b"), key("c"));
    allIn("org:acme", "a", "b");
    pools.with(grouped("a", "anthropic/mine"), grouped("b", "anthropic/yours"), key("c"));
    allIn("anthropic/mine", "a");
    allIn("anthropic/yours", "b");
    said("c", "acme", null);
    allIn("anthropic/mine", "a", "c");
    pools.with(grouped("b", "anthropic/yours"), key("c"));
    allIn("anthropic/yours", "b", "c");
  }

  private void allIn(String group, String... ids) {
    for (String id : ids) {
      assertThat(pools.view(id).limitGroup()).isEqualTo(group);
      assertThat(pools.status(id)).isInstanceOf(Status.Cooling.class);
    }
  }

  @Test
  void othersLeaveADeclaredKeyThatTurnsOutToBeSomebodyElses() {
    pools.with(grouped("a", "anthropic/mine"), key("b"), key("c"));
    said("a", "acme", null);
    said("b", "acme", null);
    said("c", "globex", null);
    said("a", "globex", null);

    assertThat(pools.view("a").limitGroup()).isEqualTo("anthropic/mine");
    assertThat(pools.view("b").limitGroup()).isEqualTo("org:acme");
    assertThat(pools.view("c").limitGroup()).isEqualTo("anthropic/mine");
    pools.pools.renew("a");
    assertThat(pools.view("a").limitGroup()).isEqualTo("anthropic/mine");
    assertThat(pools.view("c").limitGroup()).isEqualTo("org:globex");
  }

  @Test
  void takesCooldownsAndHeadroomAlong() {
    pools.with(key("a"), key("b"), key("c"));
    said("a", "acme", null);
    Lease lease = take("b");
    lease.headroom(Axis.REQUESTS, 60, 0, 60 * SECOND);
    end(lease, Fixture.hinted(Scope.GROUP_MODEL, Duration.ofSeconds(20)));
    said(lease, "acme", null);

    Tally tally = pools.refused(new Ask(100, 100, List.of("c"), null));
    assertThat(tally.throttled()).isEqualTo(2);
    assertThat(pools.view("a").coolings())
        .singleElement()
        .satisfies(cooling -> assertThat(cooling.limitGroup()).isEqualTo("org:acme"));
    assertThat(pools.view("a").headroom())
        .singleElement()
        .satisfies(left -> assertThat(left.remaining()).isZero());
    pools.advance(Duration.ofSeconds(23));
    served(take("a"), 100);
    assertThat(pools.view("b").coolings()).isEmpty();
  }

  @Test
  void settlesWhatWasInFlightWhenGroupsWereJoined() {
    pools.with(key("a"), key("b"));
    Lease first = take("a");
    first.headroom(Axis.REQUESTS, 60, 30, 30 * SECOND);
    served(first, 100);
    Lease a = take("a");
    Lease b = take("b");
    said(a, "acme", null);
    said(b, "acme", null);
    b.headroom(Axis.REQUESTS, 60, 28, 32 * SECOND);
    end(a, Fixture.hinted(Scope.GROUP_MODEL, Duration.ofSeconds(5)));
    end(b, new Outcome.Failed("502"));

    // The refusal of the one holds for the other, and nothing is left behind.
    pools.refused();
    Invariants.idle(pools.pools);
    assertThat(pools.view("b").headroom())
        .singleElement()
        .satisfies(left -> assertThat(left.remaining()).isBetween(27L, 29L));
  }

  @Test
  void leavesAGroupWhenAnswersNameAnother() {
    pools.with(key("a"), key("b"));
    said("a", "acme", null);
    said("b", "acme", null);
    Lease moving = take("b");
    end(take("a"), Fixture.hinted(Scope.GROUP, Duration.ofMinutes(5)));
    assertThat(pools.status("b")).isInstanceOf(Status.Cooling.class);
    said(moving, "globex", null);
    served(moving, 100);

    assertThat(group("b")).isEqualTo("globex");
    assertThat(pools.status("b")).isEqualTo(Status.OPEN);
    assertThat(pools.take().keyId()).isEqualTo("b");
    assertThat(pools.status("a")).isInstanceOf(Status.Cooling.class);
  }

  @Test
  void forgetsWhoseAKeyIsWithItsSecret() {
    pools.with(key("a"), key("b"));
    said("a", "acme", null);
    said("b", "acme", null);
    pools.pools.renew("a");

    assertThat(pools.view("a").limitGroup()).isEqualTo("key:a");
    assertThat(group("b")).isEqualTo("acme");
    said("a", "acme", null);
    assertThat(group("a")).isEqualTo("acme");
  }

  @Test
  void conversationsStayAtHomeBesideAKeyThatLeftTheGroupNamedAfterIt() {
    pools.with(key("a"), key("b"));
    said("a", "acme", null);
    said("b", "acme", null);
    pools.pools.renew("a");
    Map<Long, String> homes = new HashMap<>();
    for (long conversation = 1; conversation <= 40; conversation++) {
      homes.put(conversation, turn(conversation).group());
    }

    assertThat(homes.values()).contains("key:a", "org:acme");
    for (long conversation = 1; conversation <= 40; conversation++) {
      Lease lease = turn(conversation);
      assertThat(lease.group()).isEqualTo(homes.get(conversation));
      assertThat(lease.homing()).extracting(Homing::end).isEqualTo(Homing.End.KEPT);
    }
  }

  private Lease turn(long conversation) {
    Lease lease =
        pools.take(
            new Ask(
                1_000,
                0,
                List.of(),
                null,
                TokenPrice.UNKNOWN,
                new Conversation(conversation, Duration.ofMinutes(5))));
    served(lease, 1_000);
    return lease;
  }

  @Test
  void believesOnlyNames() {
    pools.with(key("a"));
    Lease lease = take("a");
    for (String name : List.of("", "  ", "a\nb", "ö", "x".repeat(300))) {
      lease.identity(name, null);
      assertThat(pools.view("a").limitGroup()).isEqualTo("key:a");
    }
    lease.identity("acme", "main");
    // An answer that leaves the section out does not contradict.
    lease.identity("acme", null);
    assertThat(group("a")).isEqualTo("acme/main");
  }

  @Test
  void asksNowAndThenOnly() {
    pools.with(key("a"));
    Lease lease = take("a");
    assertThat(lease.asksIdentity()).isTrue();
    lease.identity("acme", null);
    long asked = IntStream.range(0, 160).filter(i -> lease.asksIdentity()).count();

    assertThat(asked).isEqualTo(10);
  }

  @Test
  void findsTheOwnerOfAResourceByTheNameItsGroupHadThen() {
    pools.with(key("a"), key("b"), key("c"));
    Ask owned = new Ask(10, 10, List.of(), "key:b");
    said("a", "acme", null);
    said("b", "acme", null);

    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      keys.add(pools.take(owned).keyId());
    }
    assertThat(keys).containsExactlyInAnyOrder("a", "b");
    assertThat(pools.take(new Ask(10, 10, List.of(), "org:acme")).keyId()).isNotEqualTo("c");
  }

  @Test
  void knowsGroupsAndTheirCooldownsAfterARestart() {
    pools.with(key("a"), key("b"));
    said("a", "acme", "main");
    said("b", "acme", "main");
    end(take("a"), Fixture.hinted(Scope.GROUP_MODEL, Duration.ofMinutes(5)));
    PoolState state = pools.pools.save();
    Fixture after = new Fixture(PoolSettings.defaults(), pools.ticker).with(key("a"), key("b"));
    after.pools.restore(state);

    assertThat(after.view("b").limitGroup()).isEqualTo("org:acme/main");
    assertThat(after.refused().throttled()).isEqualTo(2);
    assertThat(after.pools.save().identities()).isEqualTo(state.identities());
  }

  @Test
  void knowsWhoBelongsToADeclaredGroupAfterARestart() {
    List<KeySpec> keys = List.of(key("b"), grouped("a", "anthropic/mine"));
    pools.with(keys);
    said("a", "acme", null);
    said("b", "acme", null);
    end(take("b"), Fixture.hinted(Scope.GROUP, Duration.ofMinutes(5)));
    Fixture after = new Fixture(PoolSettings.defaults(), pools.ticker).with(keys);
    after.pools.restore(pools.pools.save());

    assertThat(after.view("b").limitGroup()).isEqualTo("anthropic/mine");
    assertThat(after.refused().throttled()).isEqualTo(2);
  }

  @Test
  void whatWasSaidSinceARestartIsNewerThanWhatWasKnownBefore() {
    pools.with(key("a"), key("b"));
    said("a", "acme", null);
    said("b", "acme", null);
    PoolState state = pools.pools.save();
    pools.pools.renew("b");
    said("b", "globex", null);
    pools.pools.restore(state);

    assertThat(group("a")).isEqualTo("acme");
    assertThat(group("b")).isEqualTo("globex");
  }

  @Test
  void thousandsOfKeysOfOneOrganizationAreTakenUpInOneStep() {
    List<KeySpec> keys = IntStream.range(0, 10_000).mapToObj(i -> key("k" + i)).toList();
    pools.with(keys);
    ProviderNodes house = pools.pools.houses().iterator().next();
    long before = house.version();
    List<PoolState.SavedIdentity> identities =
        keys.stream().map(key -> new PoolState.SavedIdentity(key.id(), "acme", null)).toList();
    pools.pools.restore(
        new PoolState(
            pools.ticker.now(), List.of(), List.of(), List.of(), List.of(), identities, List.of()));

    assertThat(pools.pools.groups(Fixture.PROVIDER)).containsExactly("org:acme");
    assertThat(house.version() - before).isLessThan(5);
  }

  /// Whatever answers say and whoever is in flight: every key is in the group that it should be in,
  /// groups know their members, and nothing is left when all is over.
  @Property(runs = 100)
  void keepsGroupsWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Fixture many = new Fixture();
    many.with(IntStream.range(0, 8).mapToObj(i -> key("k" + i)).toList());
    @Nullable String[] expected = new @Nullable String[8];
    @Nullable String[] declared = new @Nullable String[8];
    List<Lease> inFlight = new ArrayList<>();
    for (int step = 0; step < 200; step++) {
      many.advance(Duration.ofMillis(random.nextLong(400)));
      if (random.nextInt(20) == 0) {
        declared[random.nextInt(8)] = random.nextBoolean() ? null : "g" + random.nextInt(3);
        many.with(declared(declared));
      }
      if (many.pool().acquire(Fixture.SMALL, random) instanceof Acquisition.Granted(Lease lease)) {
        inFlight.add(lease);
      }
      if (!inFlight.isEmpty() && random.nextInt(3) > 0) {
        Lease lease = inFlight.remove(random.nextInt(inFlight.size()));
        int number = lease.keyId().charAt(1) - '0';
        if (random.nextInt(3) == 0) {
          String organization = "o" + random.nextInt(3);
          expected[number] = organization;
          lease.identity(organization, null);
        }
        long left = random.nextLong(60);
        lease.headroom(Axis.REQUESTS, 60, left, (60 - left) * SECOND);
        end(lease, Outcomes.any(random));
      }
    }
    inFlight.forEach(lease -> end(lease, Outcomes.any(random)));

    Invariants.idle(many.pools);
    for (int i = 0; i < 8; i++) {
      assertThat(many.view("k" + i).limitGroup()).isEqualTo(group(i, expected, declared));
    }
    Map<Group, Set<Node>> members = new HashMap<>();
    for (Node node : many.pools.nodes()) {
      members.computeIfAbsent(node.group(), _ -> new HashSet<>()).add(node);
    }
    members.forEach(
        (group, nodes) -> assertThat(group.members()).containsExactlyInAnyOrderElementsOf(nodes));
    assertThat(many.pools.groups(Fixture.PROVIDER))
        .containsExactlyInAnyOrderElementsOf(members.keySet().stream().map(Group::id).toList());
    assertThat(members.keySet()).extracting(group -> group.hash).doesNotHaveDuplicates();
  }

  private static List<KeySpec> declared(@Nullable String[] declared) {
    List<KeySpec> specs = new ArrayList<>();
    for (int i = 0; i < declared.length; i++) {
      String group = declared[i];
      specs.add(group == null ? key("k" + i) : grouped("k" + i, group));
    }
    return specs;
  }

  private static String group(int key, @Nullable String[] said, @Nullable String[] declared) {
    String own = declared[key];
    String organization = said[key];
    if (own != null || organization == null) {
      return own == null ? "key:k" + key : own;
    }
    for (int i = 0; i < said.length; i++) {
      String group = declared[i];
      if (group != null && organization.equals(said[i])) {
        return group;
      }
    }
    return "org:" + organization;
  }

  private String group(String id) {
    return KeyView.groupName(pools.view(id).limitGroup());
  }

  private Lease take(String id) {
    List<String> others =
        pools.pools.view().stream().map(KeyView::id).filter(other -> !other.equals(id)).toList();
    return pools.take(new Ask(100, 100, others, null));
  }

  private void said(String id, String organization, @Nullable String section) {
    Lease lease = take(id);
    said(lease, organization, section);
    served(lease, 100);
  }

  private static void said(Lease lease, String organization, @Nullable String section) {
    lease.identity(organization, section);
  }
}
