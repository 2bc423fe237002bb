package dev.forebay.storage;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.forebay.control.OwnerStore;
import dev.forebay.control.StoredClientKey;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.Total;
import dev.forebay.control.UsageRow;
import dev.forebay.control.UsageTotal;
import dev.forebay.control.Workspace;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.Ownership;
import dev.forebay.exchange.StandIns;
import dev.forebay.pool.Cause;
import dev.forebay.pool.PoolState;
import dev.forebay.pool.PoolState.SavedCooling;
import dev.forebay.pool.PoolState.SavedIdentity;
import dev.forebay.pool.PoolState.SavedLesson;
import dev.forebay.pool.PoolState.SavedRejection;
import dev.forebay.pool.PoolState.SavedUsage;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Scope;
import dev.forebay.prices.Cost;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every store does, whatever it keeps its rows in.
public abstract class StoreContract extends SearchContract {

  protected static final String HOME = Workspace.DEFAULT;

  protected static final String SECRET = "sk-ant-api03-very-secret-material-9876";

  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

  /// Finer than what is kept.
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456789Z");

  private static final Instant KEPT = Instant.parse("2026-11-23T10:00:00.123456Z");

  protected static StoredKey key(String id, String name, String secret) {
    return new StoredKey(
        HOME,
        id,
        "anthropic",
        name,
        new StoredSecret.Opened(Secret.of(secret)),
        Secret.of(secret).suffix(),
        "acme",
        8,
        2_000_000,
        12_500_000_000L,
        Set.of("claude-opus-5-5", "claude-sonnet-*"),
        "https://api.anthropic.com/prefix",
        true,
        "bought by Zoë 🌊",
        KEPT,
        KEPT);
  }

  protected static StoredClientKey clientKey(String workspace, String id, String clear) {
    return new StoredClientKey(
        workspace, id, "laptop " + id, Digest.sha256(clear), "wxyz", KEPT, null);
  }

  protected static PoolState poolState() {
    return new PoolState(
        KEPT,
        List.of(
            new SavedCooling(
                Scope.GROUP_MODEL,
                "openai",
                "acme",
                "gpt-6",
                KEPT.plusSeconds(60),
                3,
                Cause.RATE_LIMIT,
                "Rate limit reached for gpt-6 — 请稍候",
                Provenance.PROVIDER),
            new SavedCooling(
                Scope.PROVIDER_MODEL,
                "anthropic",
                null,
                "claude-opus-5-5",
                Instant.MAX,
                0,
                Cause.OVERLOADED,
                "overloaded",
                Provenance.ESTIMATED)),
        List.of(
            new SavedRejection(
                "key-b",
                "401 invalid x-api-key",
                Provenance.PROVIDER,
                KEPT,
                KEPT.plusSeconds(3600))),
        List.of(new SavedUsage("key-a", DAY, 12_345, 678), new SavedUsage("key-b", DAY, 1, 0)),
        List.of("key-c"),
        List.of(
            new SavedIdentity("key-a", "org-acme", "wrkspc_1"),
            new SavedIdentity("key-b", "projects/12345", null)),
        List.of(
            new SavedLesson("openai", "gpt-6", 1_250, 1_900, 800, 4_096, 312),
            new SavedLesson("anthropic", "claude-opus-5-5", 900, 1_000, 1, 2, 1)));
  }

  @Test
  void beginsWithOneWorkspaceAndNothingElse() {
    assertThat(stores().workspaces().workspaces())
        .extracting(Workspace::id)
        .containsExactly(Workspace.DEFAULT);
    assertThat(stores().keys().keys(HOME)).isEmpty();
    assertThat(stores().clientKeys().clientKeys(HOME)).isEmpty();
    assertThat(stores().settings().settings(HOME)).isEmpty();
    assertThat(stores().usage().rows(HOME, 10, 0)).isEmpty();
    assertThat(stores().usage().totals(HOME, DAY)).isEmpty();
    assertThat(stores().pool(HOME).load()).isEqualTo(PoolState.EMPTY);
  }

  @Test
  void renamesAWorkspaceAndKeepsItsBeginning() {
    stores().workspaces().put(new Workspace("team", "Team", NOW));
    stores().workspaces().put(new Workspace("team", "Équipe", NOW.plusSeconds(9)));

    assertThat(stores().workspaces().workspaces())
        .contains(new Workspace("team", "Équipe", KEPT))
        .hasSize(2);
  }

  @Test
  void givesAProviderKeyBackAsItWas() {
    StoredKey key = key("k1", "team-a", SECRET);
    stores().keys().put(key);

    assertThat(stores().keys().keys(HOME)).containsExactly(key);
    assertThat(stores().keys().key(HOME, "k1")).contains(key);
    assertThat(stores().keys().key(HOME, "k2")).isEmpty();
  }

  @Test
  void givesAProviderKeyWithDefaultsBackAsItWas() {
    StoredKey key =
        new StoredKey(
            HOME,
            "k1",
            "gemini",
            "plain",
            new StoredSecret.Opened(Secret.of("x")),
            "",
            null,
            5,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Set.of(),
            null,
            false,
            "",
            KEPT,
            KEPT);
    stores().keys().put(key);

    assertThat(stores().keys().keys(HOME)).containsExactly(key);
  }

  @Test
  void replacesAProviderKeyButNotItsBeginning() {
    stores().keys().put(key("k1", "old", SECRET).withTimes(NOW, NOW));
    StoredKey next = key("k1", "new", "sk-another-secret-1234");
    stores().keys().put(next.withTimes(NOW.plusSeconds(7), NOW.plusSeconds(8)));

    assertThat(stores().keys().keys(HOME))
        .containsExactly(next.withTimes(KEPT, KEPT.plusSeconds(8)));
  }

  @Test
  void keepsTheSecretOfAKeyThatIsPutWithoutOne() {
    stores().keys().put(key("k1", "old", SECRET));
    stores()
        .keys()
        .put(key("k1", "new", SECRET).withSecret(new StoredSecret.Unreadable("not shown")));

    assertThat(stores().keys().keys(HOME)).containsExactly(key("k1", "new", SECRET));
  }

  @Test
  void refusesANewKeyWithoutASecret() {
    StoredKey key = key("k1", "a", SECRET).withSecret(new StoredSecret.Unreadable("not shown"));

    assertThatThrownBy(() -> stores().keys().put(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a\"");
    assertThat(stores().keys().keys(HOME)).isEmpty();
  }

  @Test
  void listsKeysByAgeAndThenById() {
    stores().keys().put(key("b", "2", SECRET));
    stores().keys().put(key("Z", "1", SECRET));
    stores().keys().put(key("a", "3", SECRET).withTimes(KEPT.plusSeconds(1), KEPT));
    stores().keys().put(key("c", "0", SECRET).withTimes(KEPT.minusSeconds(1), KEPT));

    assertThat(stores().keys().keys(HOME))
        .extracting(StoredKey::name)
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void removesAKeyOnce() {
    stores().keys().put(key("k1", "a", SECRET));

    assertThat(stores().keys().remove(HOME, "k1")).isTrue();
    assertThat(stores().keys().remove(HOME, "k1")).isFalse();
    assertThat(stores().keys().keys(HOME)).isEmpty();
  }

  @Test
  void keepsWorkspacesApart() {
    stores().workspaces().put(new Workspace("other", "Other", KEPT));
    stores().keys().put(key("k1", "a", SECRET));
    stores().clientKeys().add(clientKey(HOME, "c1", "fb-1"));
    stores().settings().change(HOME, Map.of("zone", "UTC"), Set.of());
    stores().usage().append(List.of(Rows.row(1), Rows.in("other", Rows.row(1))));
    stores().pool(HOME).save(poolState());

    assertThat(stores().keys().keys("other")).isEmpty();
    assertThat(stores().keys().remove("other", "k1")).isFalse();
    assertThat(stores().clientKeys().clientKeys("other")).isEmpty();
    assertThat(stores().clientKeys().revoke("other", "c1", KEPT)).isFalse();
    assertThat(stores().settings().settings("other")).isEmpty();
    assertThat(stores().usage().rows("other", 10, 0)).hasSize(1);
    assertThat(stores().usage().totals("other", DAY)).hasSize(1);
    assertThat(stores().pool("other").load()).isEqualTo(PoolState.EMPTY);
  }

  @Test
  void refusesAWorkspaceThatDoesNotExist() {
    StoredClientKey lost = clientKey("nowhere", "c1", "fb-1");

    assertThatThrownBy(() -> stores().clientKeys().add(lost))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> stores().settings().change("nowhere", Map.of("a", "b"), Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void storesEveryClientKeyOnce() {
    StoredClientKey first = clientKey(HOME, "c1", "fb-1");
    stores().workspaces().put(new Workspace("other", "Other", KEPT));

    assertThat(stores().clientKeys().add(first)).isTrue();
    assertThat(stores().clientKeys().add(clientKey(HOME, "c1", "fb-2"))).isFalse();
    assertThat(stores().clientKeys().add(clientKey("other", "c2", "fb-1"))).isFalse();
    assertThat(stores().clientKeys().add(clientKey(HOME, "c0", "fb-3"))).isTrue();
    assertThat(stores().clientKeys().clientKeys(HOME))
        .containsExactly(clientKey(HOME, "c0", "fb-3"), first);
  }

  @Test
  void revokesAClientKeyForGood() {
    stores().clientKeys().add(clientKey(HOME, "c1", "fb-1"));

    assertThat(stores().clientKeys().revoke(HOME, "c1", NOW)).isTrue();
    assertThat(stores().clientKeys().revoke(HOME, "c1", NOW.plusSeconds(1))).isFalse();
    assertThat(stores().clientKeys().revoke(HOME, "c9", NOW)).isFalse();
    assertThat(stores().clientKeys().clientKeys(HOME).getFirst().revokedAt()).isEqualTo(KEPT);
  }

  @Test
  void renamesAndRemovesAClientKey() {
    stores().clientKeys().add(clientKey(HOME, "c1", "fb-1"));

    assertThat(stores().clientKeys().change(HOME, "c1", "数据中心", ClientLimits.NONE, null)).isTrue();
    assertThat(stores().clientKeys().change(HOME, "c9", "x", ClientLimits.NONE, null)).isFalse();
    assertThat(stores().clientKeys().clientKeys(HOME))
        .extracting(StoredClientKey::name)
        .containsExactly("数据中心");
    assertThat(stores().clientKeys().remove(HOME, "c1")).isTrue();
    assertThat(stores().clientKeys().remove(HOME, "c1")).isFalse();
    assertThat(stores().clientKeys().add(clientKey(HOME, "c1", "fb-1"))).isTrue();
  }

  @Test
  void remembersTheLastUseOfAClientKey() {
    stores().clientKeys().add(clientKey(HOME, "c1", "fb-1"));
    stores().clientKeys().used(HOME, Map.of("c1", NOW, "of-the-file", NOW.minusSeconds(60)));
    stores().clientKeys().used(HOME, Map.of("c1", NOW.minusSeconds(5)));
    stores().clientKeys().used("other", Map.of("c1", NOW.plusSeconds(5)));

    assertThat(stores().clientKeys().lastUses(HOME))
        .containsOnly(entry("c1", KEPT), entry("of-the-file", KEPT.minusSeconds(60)));
    stores().clientKeys().used(HOME, Map.of("c1", NOW.plusSeconds(60)));
    assertThat(stores().clientKeys().lastUses(HOME)).containsEntry("c1", KEPT.plusSeconds(60));
    stores().clientKeys().remove(HOME, "c1");
    assertThat(stores().clientKeys().lastUses(HOME)).containsOnlyKeys("of-the-file");
  }

  @Test
  void keepsWhoStandsInForACaller() {
    StandIns order = StandIns.parse("gemini, openai/gpt-6-sol");
    stores().clientKeys().add(clientKey(HOME, "c1", "fb-1").with("ci", ClientLimits.NONE, order));
    assertThat(stores().clientKeys().clientKeys(HOME).getFirst().standIns()).isEqualTo(order);

    stores().clientKeys().change(HOME, "c1", "ci", ClientLimits.NONE, StandIns.NOBODY);
    assertThat(stores().clientKeys().clientKeys(HOME).getFirst().standIns())
        .isEqualTo(StandIns.NOBODY);
    stores().clientKeys().change(HOME, "c1", "ci", ClientLimits.NONE, null);
    assertThat(stores().clientKeys().clientKeys(HOME).getFirst().standIns()).isNull();
  }

  @Test
  void changesSettingsTogether() {
    stores().settings().change(HOME, Map.of("zone", "Europe/Berlin", "maxWait", "10 s"), Set.of());
    stores()
        .settings()
        .change(HOME, Map.of("zone", "UTC", "motto", "a\nb 'c' \"d\" 🌊"), Set.of("maxWait"));

    assertThat(stores().settings().settings(HOME))
        .containsExactlyInAnyOrderEntriesOf(Map.of("zone", "UTC", "motto", "a\nb 'c' \"d\" 🌊"));
  }

  @Test
  void givesAUsageRowBackAsItWas() {
    Usage usage = new Usage(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, true);
    UsageRow row = Rows.row("r-1", KEPT, "key-a", "gpt-6-🌊", usage);
    stores().usage().append(List.of(row));

    assertThat(stores().usage().rows(HOME, 10, 0)).containsExactly(row);
  }

  @Test
  void keepsRowsThatNobodyAnswered() {
    UsageRow row = Rows.row("r-1", KEPT, null, "", Usage.NONE);
    stores().usage().append(List.of(row));

    assertThat(stores().usage().rows(HOME, 10, 0)).containsExactly(row);
    assertThat(stores().usage().totals(HOME, DAY))
        .containsExactly(
            new UsageTotal<>(
                new UsageTotal.Group<>(HOME, DAY, null, "", null, "client-1"),
                new Total(1, 0, 2, 0, 0, 0, Usage.NONE, Cost.ZERO)));
  }

  @Test
  void keepsWhateverModelACallerNames() {
    String wild = "\0gpt\0" + "x".repeat(1_000_000);
    stores().usage().append(List.of(Rows.row("r-1", KEPT, "key-a", wild, Usage.NONE)));

    assertThat(stores().usage().rows(HOME, 1, 0).getFirst().requestedModel())
        .startsWith("\uFFFDgpt\uFFFDxxx")
        .hasSize(256);
  }

  @Test
  void listsTheYoungestRowsFirst() {
    stores().usage().append(List.of(Rows.row(2), Rows.row(1), Rows.row(3)));

    assertThat(stores().usage().rows(HOME, 2, 0)).containsExactly(Rows.row(3), Rows.row(2));
    assertThat(stores().usage().rows(HOME, 2, 2)).containsExactly(Rows.row(1));
  }

  @Test
  void countsARowOnceHoweverOftenItIsAppended() {
    stores().usage().append(Rows.rows(0, 10));
    stores().usage().append(Rows.rows(5, 10));

    assertThat(stores().usage().rows(HOME, 100, 0)).hasSize(15);
    assertThat(stores().usage().totals(HOME, DAY))
        .singleElement()
        .extracting(UsageTotal::total)
        .returns(15L, Total::requests)
        .returns(Usage.of(1500, 300), Total::usage)
        .returns(new Cost(15 * 120 * 2_500), Total::cost);
    assertThat(stores().usage().hours(HOME, KEPT.truncatedTo(HOURS), KEPT.plus(1, HOURS)))
        .singleElement()
        .extracting(UsageTotal::total)
        .isEqualTo(stores().usage().totals(HOME, DAY).getFirst().total());
  }

  @Test
  void totalsAreTheSumOfTheRows() {
    List<UsageRow> rows = new ArrayList<>();
    Usage usage = new Usage(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, true);
    for (int i = 0; i < 400; i++) {
      rows.add(
          Rows.row(
              "r-" + i,
              KEPT.plusSeconds(600L * i),
              i % 7 == 0 ? null : "key-" + i % 3,
              "model-" + i % 5,
              i % 2 == 0 ? usage : Usage.of(10, i)));
    }
    for (int from = 0; from < rows.size(); from += 100) {
      stores().usage().append(rows.subList(from, from + 100));
    }

    assertThat(stores().usage().totals(HOME, DAY.minusDays(1), DAY.plusDays(9)))
        .isEqualTo(UsageTotal.days(rows))
        .hasSizeGreaterThan(40);
    assertThat(stores().usage().totals(HOME, DAY.plusDays(1)))
        .isEqualTo(
            UsageTotal.days(rows).stream()
                .filter(total -> total.group().period().equals(DAY.plusDays(1)))
                .toList())
        .isNotEmpty();
    Instant noon = KEPT.plus(1, DAYS).truncatedTo(DAYS).plus(12, HOURS);
    assertThat(stores().usage().hours(HOME, Instant.EPOCH, KEPT.plus(9, DAYS)))
        .isEqualTo(UsageTotal.hours(rows));
    assertThat(stores().usage().hours(HOME, noon, noon.plus(2, HOURS)))
        .isEqualTo(
            UsageTotal.hours(rows).stream()
                .filter(total -> !total.group().period().isBefore(noon))
                .filter(total -> total.group().period().isBefore(noon.plus(2, HOURS)))
                .toList())
        .isNotEmpty();
    assertThat(stores().usage().hours("other", Instant.EPOCH, KEPT.plus(9, DAYS))).isEmpty();
  }

  @Test
  void tellsACostThatNobodyKnowsFromNone() {
    UsageRow unknown = Rows.costing(null, Rows.row(1));
    UsageRow free = Rows.costing(Cost.ZERO, Rows.row(2));
    stores().usage().append(List.of(unknown, free, Rows.row(3)));

    assertThat(stores().usage().rows(HOME, 10, 0)).containsExactly(Rows.row(3), free, unknown);
    assertThat(stores().usage().totals(HOME, DAY))
        .singleElement()
        .extracting(UsageTotal::total)
        .returns(1L, Total::unpriced)
        .returns(new Cost(120 * 2_500), Total::cost);
  }

  @Test
  void anHourIsTheOneInWhichTheRequestEnded() {
    Instant hour = Instant.parse("2026-11-23T11:00:00Z");
    Usage usage = Usage.of(1, 1);
    // Requests of 1.234567 seconds.
    stores()
        .usage()
        .append(
            List.of(
                Rows.row("early", hour.minusMillis(1_235), "key-a", "gpt-6", usage),
                Rows.row("late", hour.minusMillis(1_234), "key-a", "gpt-6", usage)));

    assertThat(stores().usage().hours(HOME, Instant.EPOCH, KEPT.plus(9, DAYS)))
        .extracting(total -> total.group().period())
        .containsExactly(hour.minus(1, HOURS), hour);
  }

  @Test
  void deletesOldHoursInSmallBatchesAndKeepsTheirDays() {
    for (int i = 0; i < 6; i++) {
      Instant at = KEPT.plus(i, HOURS);
      stores().usage().append(List.of(Rows.row("r-" + i, at, "key-a", "gpt-6", Usage.of(1, 1))));
    }
    Instant before = KEPT.plus(4, HOURS).truncatedTo(HOURS);

    assertThat(stores().usage().removeHours(HOME, before, 3)).isEqualTo(3);
    assertThat(stores().usage().removeHours("other", before, 3)).isZero();
    assertThat(stores().usage().removeHours(HOME, before, 3)).isEqualTo(1);
    assertThat(stores().usage().removeHours(HOME, before, 3)).isZero();
    assertThat(stores().usage().hours(HOME, Instant.EPOCH, KEPT.plus(9, DAYS))).hasSize(2);
    assertThat(stores().usage().totals(HOME, DAY).getFirst().total().requests()).isEqualTo(6);
  }

  @Test
  void takesTenThousandRowsAtOnce() {
    stores().usage().append(Rows.rows(0, 10_000));

    assertThat(stores().usage().totals(HOME, DAY))
        .singleElement()
        .extracting(UsageTotal::total)
        .returns(10_000L, Total::requests)
        .returns(20_000L, Total::attempts)
        .returns(10_000L, Total::rescued)
        .returns(Usage.of(1_000_000, 200_000), Total::usage);
    assertThat(stores().usage().rows(HOME, 20_000, 0)).hasSize(10_000);
  }

  @Test
  void severalWritersLoseNothing() throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      int first = 1_000 * w;
      writers.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 10; i++) {
                  stores().usage().append(Rows.rows(first + 20 * i, 20));
                  stores().settings().change(HOME, Map.of("writer-" + first, "" + i), Set.of());
                  stores().settings().settings(HOME);
                }
              }));
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(stores().usage().totals(HOME, DAY))
        .singleElement()
        .extracting(UsageTotal::total)
        .returns(800L, Total::requests);
    assertThat(stores().settings().settings(HOME).values()).containsExactly("9", "9", "9", "9");
  }

  @Test
  void deletesOldRowsInSmallBatchesAndKeepsTheirTotals() {
    stores().usage().append(Rows.rows(0, 10));
    Instant before = Rows.row(7).at();

    assertThat(stores().usage().removeRows(HOME, before, 5)).isEqualTo(5);
    assertThat(stores().usage().rows(HOME, 10, 0).getLast()).isEqualTo(Rows.row(5));
    assertThat(stores().usage().removeRows(HOME, before, 5)).isEqualTo(2);
    assertThat(stores().usage().removeRows(HOME, before, 5)).isZero();
    assertThat(stores().usage().rows(HOME, 10, 0)).hasSize(3);
    assertThat(stores().usage().totals(HOME, DAY).getFirst().total().requests()).isEqualTo(10);
  }

  @Test
  void givesThePoolStateBackAsItWas() {
    stores().pool(HOME).save(poolState());

    assertSame(stores().pool(HOME).load(), poolState());
  }

  @Test
  void replacesThePoolStateWhole() {
    PoolState first = poolState();
    stores().pool(HOME).save(first);
    SavedCooling longer =
        new SavedCooling(
            Scope.GROUP_MODEL,
            "openai",
            "acme",
            "gpt-6",
            KEPT.plusSeconds(120),
            4,
            Cause.QUOTA,
            "again",
            Provenance.PERSON);
    PoolState second =
        new PoolState(
            KEPT.plusSeconds(1),
            List.of(longer),
            List.of(),
            List.of(
                new SavedUsage("key-a", DAY, 99_999, 999),
                new SavedUsage("key-a", DAY.plusDays(1), 5, 0)),
            List.of("key-c", "key-d"),
            List.of(new SavedIdentity("key-a", "org-acme", "wrkspc_2")),
            List.of(new SavedLesson("openai", "gpt-6", 1_260, 1_900, 810, 4_096, 312)));
    stores().pool(HOME).save(second);
    assertSame(stores().pool(HOME).load(), second);

    PoolState nothing =
        new PoolState(KEPT.plusSeconds(2), List.of(), List.of(), List.of(), List.of());
    stores().pool(HOME).save(nothing);
    assertSame(stores().pool(HOME).load(), nothing);
  }

  /// Equal but for the order of the rows.
  protected static void assertSame(PoolState actual, PoolState expected) {
    assertThat(actual.at()).isEqualTo(expected.at());
    assertThat(actual.coolings()).containsExactlyInAnyOrderElementsOf(expected.coolings());
    assertThat(actual.rejections()).containsExactlyInAnyOrderElementsOf(expected.rejections());
    assertThat(actual.usage()).containsExactlyInAnyOrderElementsOf(expected.usage());
    assertThat(actual.pausedByPerson())
        .containsExactlyInAnyOrderElementsOf(expected.pausedByPerson());
    assertThat(actual.identities()).containsExactlyInAnyOrderElementsOf(expected.identities());
    assertThat(actual.lessons()).containsExactlyInAnyOrderElementsOf(expected.lessons());
  }

  private static Ownership owner(String resource, String keyId, Instant at) {
    return new Ownership(resource, keyId, "group of " + keyId, resource.hashCode() * -7L, null, at);
  }

  @Test
  void whoBeganAnUploadIsKept() {
    Ownership begun = new Ownership("upload/u1", "k1", "group of k1", 0, "client-1", KEPT);
    stores().owners().put(HOME, List.of(begun));

    assertThat(stores().owners().latest(HOME, 10)).containsExactly(begun);
  }

  @Test
  void ownersOfResourcesAreKeptTheLatestFirst() {
    OwnerStore owners = stores().owners();
    owners.put(
        HOME, List.of(owner("file-1", "k1", NOW), owner("file-2", "k2", NOW.plusSeconds(5))));
    owners.put(HOME, List.of(owner("resp_3", "k1", NOW.plusSeconds(9))));

    assertThat(owners.latest(HOME, 10))
        .containsExactly(
            owner("resp_3", "k1", KEPT.plusSeconds(9)),
            owner("file-2", "k2", KEPT.plusSeconds(5)),
            owner("file-1", "k1", KEPT));
    assertThat(owners.latest(HOME, 1)).extracting(Ownership::resource).containsExactly("resp_3");
    assertThat(owners.latest("elsewhere", 10)).isEmpty();
  }

  @Test
  void aLaterOwnerOfAResourceReplacesAnEarlierOne() {
    OwnerStore owners = stores().owners();
    owners.put(HOME, List.of(owner("file-1", "k1", KEPT)));
    owners.put(HOME, List.of(owner("file-1", "k2", KEPT.plusSeconds(1))));

    assertThat(owners.latest(HOME, 10)).containsExactly(owner("file-1", "k2", KEPT.plusSeconds(1)));
  }

  @Test
  void theOldestOwnersAreForgottenFirst() {
    OwnerStore owners = stores().owners();
    for (int i = 0; i < 5; i++) {
      owners.put(HOME, List.of(owner("file-" + i, "k1", KEPT.plusSeconds(i))));
    }

    assertThat(owners.trim(HOME, 2)).isEqualTo(3);
    assertThat(owners.trim(HOME, 2)).isZero();
    assertThat(owners.latest(HOME, 10))
        .extracting(Ownership::resource)
        .containsExactly("file-4", "file-3");
  }
}
