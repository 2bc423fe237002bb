package dev.forebay.storage.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.StorageProblem;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.Stores;
import dev.forebay.pool.PoolState;
import dev.forebay.secrets.Sealer;
import dev.forebay.storage.Rows;
import dev.forebay.storage.StoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store on SQL does beyond the common contract: it outlives the process, seals secrets
/// and knows which tables it works on.
abstract class SqlStoreContract extends StoreContract {

  private static final Migrations FAILING_UPGRADE =
      new Migrations(
          List.of("classpath:db/migration/common", "classpath:db/failing"),
          Stream.concat(Migrations.ALL.versions().stream(), Stream.of("900")).toList());

  @TempDir Path data;

  private SqlStores stores;

  /// The place this test stores in; the same at each call.
  abstract StorageSpec spec();

  @BeforeEach
  void open() {
    stores = opened(SqlStores.open(spec()));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Override
  protected Stores stores() {
    return stores;
  }

  static SqlStores opened(StoreOpening opening) {
    assertThat(opening).isInstanceOf(StoreOpening.Ready.class);
    return (SqlStores) ((StoreOpening.Ready) opening).stores();
  }

  static StorageProblem refused(StoreOpening opening) {
    assertThat(opening).isInstanceOf(StoreOpening.Refused.class);
    return ((StoreOpening.Refused) opening).problem();
  }

  final SqlStores restart() {
    stores.close();
    open();
    return stores;
  }

  final void execute(String... statements) {
    stores
        .database()
        .write(handle -> {
          for (String statement : statements) {
            handle.execute(statement);
          }
          return 0;
        });
  }

  @Test
  void everythingSurvivesARestart() {
    stores.keys().put(key("k1", "a", SECRET));
    stores.clientKeys().add(clientKey(HOME, "c1", "fb-1"));
    stores.settings().change(HOME, Map.of("zone", "UTC"), Set.of());
    stores.usage().append(List.of(Rows.row(1)));
    stores.pool(HOME).save(poolState());

    restart();

    assertThat(stores.keys().keys(HOME)).containsExactly(key("k1", "a", SECRET));
    assertThat(stores.clientKeys().clientKeys(HOME)).containsExactly(clientKey(HOME, "c1", "fb-1"));
    assertThat(stores.settings().settings(HOME)).isEqualTo(Map.of("zone", "UTC"));
    assertThat(stores.usage().rows(HOME, 10, 0)).containsExactly(Rows.row(1));
    assertThat(stores.usage().totals(HOME, LocalDate.of(2026, 11, 23))).hasSize(1);
    assertSame(stores.pool(HOME).load(), poolState());
  }

  @Test
  void savesThePoolStateAfterARestartWithoutLoadingIt() {
    stores.pool(HOME).save(poolState());
    restart();

    stores.pool(HOME).save(poolState());

    assertSame(stores.pool(HOME).load(), poolState());
  }

  @Test
  void leavesOutPoolStatesThatALaterReleaseStored() {
    stores.pool(HOME).save(poolState());
    execute(
        "UPDATE pool_cooling SET cause = 'UNHEARD_OF' WHERE provider = 'openai'",
        "UPDATE pool_rejection SET provenance = 'UNHEARD_OF'");
    restart();

    PoolState state = stores.pool(HOME).load();

    assertThat(state.coolings()).singleElement().isEqualTo(poolState().coolings().getLast());
    assertThat(state.rejections()).isEmpty();
    assertThat(state.usage()).hasSize(2);
    stores.pool(HOME).save(poolState());
    assertSame(stores.pool(HOME).load(), poolState());
  }

  @Test
  void everyTableHasTheWorkspaceOfItsRows() throws SQLException {
    try (Connection connection = stores.database().migrations().getConnection()) {
      List<String> tables = Migrations.tables(connection);
      assertThat(tables).contains("usage_row", "pool_cooling").hasSizeGreaterThan(10);
      for (String table : tables) {
        if (!table.equals("workspace") && !table.equals(Migrations.HISTORY)) {
          try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT workspace FROM " + table).close();
          }
        }
      }
    }
  }

  @Test
  void neverStoresASecretInClear() {
    stores.keys().put(key("k1", "a", SECRET));

    byte[] stored = sealed("k1");
    assertThat(HexFormat.of().formatHex(stored))
        .doesNotContain(HexFormat.of().formatHex(SECRET.getBytes(UTF_8)))
        .hasSizeGreaterThan(2 * SECRET.length());
  }

  @Test
  void doesNotOpenASecretThatWasMovedToAnotherKey() {
    stores.keys().put(key("k1", "one", SECRET));
    stores.keys().put(key("k2", "two", "sk-another-secret-1234"));
    execute(
        "UPDATE provider_key SET secret = (SELECT secret FROM provider_key WHERE id = 'k1')"
            + " WHERE id = 'k2'");

    assertThat(stores.keys().key(HOME, "k1").orElseThrow()).isEqualTo(key("k1", "one", SECRET));
    assertThat(problem("k2")).contains("key \"two\"").contains("enter it again");
  }

  @Test
  void saysWhichKeyAForeignKeysetCannotOpen() throws IOException {
    stores.keys().put(key("k1", "team-a", SECRET));
    stores.close();
    Files.writeString(spec().data().resolve(StorageSpec.KEYSET_FILE), Sealer.generated());
    open();

    assertThat(problem("k1"))
        .contains("key \"team-a\" (…9876)")
        .contains("keyset.json does not hold")
        .contains("restore the keyset");
    assertThat(stores.keys().keys(HOME).getFirst().name()).isEqualTo("team-a");
  }

  @Test
  void saysWhichKeyNeedsTheMissingKeyset() throws IOException {
    stores.keys().put(key("k1", "team-a", SECRET));
    stores.close();
    Files.delete(spec().data().resolve(StorageSpec.KEYSET_FILE));
    open();

    assertThat(problem("k1")).contains("\"team-a\"").contains("missing").contains("keyset.json");

    stores.keys().put(key("k1", "team-a", SECRET));
    assertThat(stores.keys().keys(HOME)).containsExactly(key("k1", "team-a", SECRET));
  }

  @Test
  void sealsAgainWithTheNewKeyAfterARotation() {
    stores.keys().put(key("k1", "a", SECRET));
    byte[] before = sealed("k1");
    stores.sealer().rotate();

    assertThat(stores.keys().keys(HOME)).containsExactly(key("k1", "a", SECRET));
    byte[] after = sealed("k1");
    assertThat(after).isNotEqualTo(before);
    assertThat(stores.sealer().stale(after)).isFalse();

    restart();
    assertThat(stores.keys().keys(HOME)).containsExactly(key("k1", "a", SECRET));
    assertThat(sealed("k1")).isEqualTo(after);
  }

  @Test
  void takesTheKeysetFromTheEnvironment() {
    StorageSpec file = spec();
    StorageSpec spec = new StorageSpec(file.data(), file.database(), Sealer.generated());
    stores.close();
    stores = opened(SqlStores.open(spec));
    stores.keys().put(key("k1", "a", SECRET));
    stores.close();
    stores = opened(SqlStores.open(spec));

    assertThat(stores.keys().keys(HOME)).containsExactly(key("k1", "a", SECRET));
    assertThat(spec().data().resolve(StorageSpec.KEYSET_FILE)).doesNotExist();
  }

  @Test
  void refusesAKeysetThatIsNone() {
    stores.close();
    StorageSpec file = spec();

    StorageProblem problem =
        refused(SqlStores.open(new StorageSpec(file.data(), file.database(), "{oops")));

    assertThat(problem).isInstanceOf(StorageProblem.Keyset.class);
    assertThat(problem.message()).contains("FOREBAY_KEYSET").doesNotContain("oops");
  }

  @Test
  void refusesADatabaseFromANewerVersion() {
    execute(
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " VALUES (99, '999', 'future', 'SQL', 'V999__future.sql', 1, 'x', 1, '1')");
    stores.close();

    StorageProblem problem = refused(SqlStores.open(spec()));

    assertThat(problem)
        .isInstanceOfSatisfying(
            StorageProblem.NewerVersion.class, newer -> assertThat(newer.found()).isEqualTo("999"));
    assertThat(problem.message())
        .contains("999")
        .contains("knows up to " + Migrations.ALL.versions().getLast());
  }

  @Test
  void refusesADatabaseOfAnotherProgram() {
    execute("DROP TABLE flyway_schema_history");
    stores.close();

    assertThat(refused(SqlStores.open(spec()))).isInstanceOf(StorageProblem.ForeignTables.class);
  }

  @Test
  void leavesEverythingAsItWasWhenAMigrationFails() {
    stores.settings().change(HOME, Map.of("zone", "UTC"), Set.of());
    stores.close();

    StorageProblem problem = refused(SqlStores.open(spec(), FAILING_UPGRADE));

    assertThat(problem).isInstanceOf(StorageProblem.MigrationFailed.class);
    assertThat(problem.message()).contains("nowhere");
    open();
    assertThat(stores.settings().settings(HOME)).isEqualTo(Map.of("zone", "UTC"));
    assertThat(tables()).doesNotContain("half_done");
  }

  @Test
  void knowsTheMigrationsThatAreThere() {
    assertThat(Migrations.ALL.flyway(stores.database()).info().all())
        .filteredOn(migration -> migration.getVersion() != null)
        .extracting(migration -> migration.getVersion().getVersion())
        .isEqualTo(Migrations.ALL.versions());
  }

  private List<String> tables() {
    return stores.database().read(handle -> Migrations.tables(handle.getConnection()));
  }

  private String problem(String id) {
    StoredKey key = stores.keys().key(HOME, id).orElseThrow();
    assertThat(key.secret()).isInstanceOf(StoredSecret.Unreadable.class);
    return ((StoredSecret.Unreadable) key.secret()).problem();
  }

  private byte[] sealed(String id) {
    return stores
        .database()
        .read(handle ->
            handle
                .createQuery("SELECT secret FROM provider_key WHERE id = :id")
                .bind("id", id)
                .mapTo(byte[].class)
                .one());
  }
}
