package dev.forebay.storage.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.StorageProblem;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.Stores;
import dev.forebay.control.UsageRow;
import dev.forebay.dialect.Usage;
import dev.forebay.pool.PoolState;
import dev.forebay.secrets.Sealer;
import dev.forebay.storage.Rows;
import dev.forebay.storage.StoreContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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

  @Test
  void forgetsWhatOldRowsHadInCommonWithThem() {
    UsageRow old = Rows.row(1);
    UsageRow young =
        Rows.row("r-2", Rows.START.plus(Duration.ofDays(9)), "key-a", "gpt-6", Usage.of(1, 1));
    stores.usage().append(List.of(old, young));
    assertThat(kinds()).isEqualTo(2);

    stores.usage().removeRows(HOME, Rows.START.plus(Duration.ofDays(1)), 10);
    assertThat(kinds()).isEqualTo(1);

    UsageRow late = Rows.row(3);
    stores.usage().append(List.of(late));
    assertThat(stores.usage().rows(HOME, 10, 0)).containsExactly(young, late);
  }

  private int kinds() {
    return stores
        .database()
        .read(handle ->
            handle.createQuery("SELECT COUNT(*) FROM usage_kind").mapTo(Integer.class).one());
  }

  @Test
  void keepsTheRowsOfUsageFromBeforeTheyWereShort() throws IOException {
    Map<String, String> types = stores.database().placeholders();
    execute(
        "DROP TABLE usage_row",
        "DROP TABLE usage_kind",
        "ALTER TABLE resource_owner DROP COLUMN conversation",
        "ALTER TABLE resource_owner DROP COLUMN client_key_id",
        "DELETE FROM flyway_schema_history WHERE version IN ('9', '10', '11')",
        typed(statement("V1__create_schema.sql", "CREATE TABLE usage_row"), types),
        typed(statement("V2__add_prices.sql", "ALTER TABLE usage_row ADD COLUMN cost"), types),
        typed(statement("V2__add_prices.sql", "ALTER TABLE usage_row ADD COLUMN price"), types));
    UsageRow nobody = Rows.costing(null, Rows.row("r-9", Rows.START, null, "gpt-6", Usage.NONE));
    List<UsageRow> rows = List.of(Rows.row(2), Rows.row(1), nobody);
    rows.forEach(this::insertAsBefore);

    restart();

    assertThat(stores.usage().rows(HOME, 10, 0)).containsExactlyElementsOf(rows);
    assertThat(tables()).doesNotContain("usage_row_before");
  }

  private static String statement(String file, String start) throws IOException {
    String text;
    try (InputStream script =
        SqlStoreContract.class.getResourceAsStream("/db/migration/common/" + file)) {
      text = new String(script.readAllBytes(), UTF_8);
    }
    int from = text.indexOf(start);
    return text.substring(from, text.indexOf(';', from));
  }

  private static String typed(String sql, Map<String, String> types) {
    String typed = sql;
    for (Map.Entry<String, String> type : types.entrySet()) {
      typed = typed.replace("${" + type.getKey() + "}", type.getValue());
    }
    return typed;
  }

  private void insertAsBefore(UsageRow row) {
    stores
        .database()
        .change(handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO usage_row VALUES (:workspace, :at, :id, :day, :keyId, 'client-1',
                      :provider, 'gpt-6', 'gpt-6', 'CHAT_COMPLETIONS', :status, 1, 2, 1234567,
                      :firstContent, :input, 0, 0, 0, :output, 0, 0, 0, 0, 0, 0, 0, :end, :cost,
                      :prices)
                    """)
                .bind("workspace", row.workspace())
                .bind("at", Columns.micros(row.at()))
                .bind("id", row.id())
                .bind("day", row.day().toString())
                .bind("keyId", row.keyId())
                .bind("provider", row.provider())
                .bind("status", row.status())
                .bind("firstContent", row.firstContentMicros())
                .bind("input", row.usage().inFresh())
                .bind("output", row.usage().outVisible())
                .bind("end", row.end())
                .bind("cost", row.cost() == null ? null : row.cost().nanoDollars())
                .bind("prices", row.priceVersion())
                .execute());
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
