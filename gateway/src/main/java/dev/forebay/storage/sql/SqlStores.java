package dev.forebay.storage.sql;

import dev.forebay.control.ApiTokenStore;
import dev.forebay.control.AuditStore;
import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.ConsentStore;
import dev.forebay.control.GoogleClientStore;
import dev.forebay.control.KeyStore;
import dev.forebay.control.OwnerStore;
import dev.forebay.control.PassStore;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.SessionStore;
import dev.forebay.control.SettingsStore;
import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import dev.forebay.control.Stores;
import dev.forebay.control.UsageStore;
import dev.forebay.control.WorkspaceStore;
import dev.forebay.pool.PoolStore;
import dev.forebay.secrets.KeysetException;
import dev.forebay.secrets.Sealer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// All stores on one SQL database. Thread-safe.
public final class SqlStores implements Stores {

  private final Database database;

  private final Sealer sealer;

  private final KeyStore keys;

  private final ConcurrentMap<String, PoolStore> pools = new ConcurrentHashMap<>();

  private SqlStores(Database database, Sealer sealer) {
    this.database = database;
    this.sealer = sealer;
    this.keys = new SqlKeyStore(database, sealer);
  }

  /// Loads what opening SQLite needs, so that another thread can do it ahead. What cannot be loaded
  /// is told when it is opened.
  public static void prepare() {
    SqliteDatabase.prepare();
  }

  /// Opens the storage and brings its tables up to date: SQLite under the data directory, which no
  /// other process may then use, or PostgreSQL.
  public static StoreOpening open(StorageSpec spec) {
    return open(spec, Migrations.ALL);
  }

  /// As [#open(StorageSpec)], with other migrations.
  static StoreOpening open(StorageSpec spec, Migrations migrations) {
    Database database = null;
    try {
      Sealer sealer = sealer(spec);
      database =
          spec.database() == null
              ? SqliteDatabase.open(spec.data())
              : PostgresDatabase.open(spec.database());
      migrations.applyTo(database);
      return new StoreOpening.Ready(new SqlStores(database, sealer));
    } catch (StorageException e) {
      if (database != null) {
        database.close();
      }
      return new StoreOpening.Refused(e.problem());
    }
  }

  private static Sealer sealer(StorageSpec spec) {
    if (spec.keyset() == null) {
      return Sealer.inFile(spec.data().resolve(StorageSpec.KEYSET_FILE));
    }
    try {
      return Sealer.ofText(StorageSpec.KEYSET_VARIABLE, spec.keyset());
    } catch (KeysetException e) {
      throw new StorageException(new StorageProblem.Keyset(e.problem()), e);
    }
  }

  /// What seals the provider keys of this database; for rotating its keyset.
  public Sealer sealer() {
    return sealer;
  }

  @Override
  public WorkspaceStore workspaces() {
    return new SqlWorkspaceStore(database);
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public ClientKeyStore clientKeys() {
    return new SqlClientKeyStore(database);
  }

  @Override
  public SettingsStore settings() {
    return new SqlSettingsStore(database);
  }

  @Override
  public UsageStore usage() {
    return new SqlUsageStore(database);
  }

  @Override
  public PeopleStore people() {
    return new SqlPeopleStore(database);
  }

  @Override
  public SessionStore sessions() {
    return new SqlSessionStore(database);
  }

  @Override
  public PassStore passes() {
    return new SqlPassStore(database);
  }

  @Override
  public ApiTokenStore apiTokens() {
    return new SqlApiTokenStore(database);
  }

  @Override
  public AuditStore audit() {
    return new SqlAuditStore(database);
  }

  @Override
  public GoogleClientStore googleClients() {
    return new SqlGoogleClientStore(database, sealer);
  }

  @Override
  public ConsentStore consents() {
    return new SqlConsentStore(database, sealer);
  }

  @Override
  public OwnerStore owners() {
    return new SqlOwnerStore(database);
  }

  @Override
  public PoolStore pool(String workspace) {
    return pools.computeIfAbsent(workspace, name -> new SqlPoolStore(database, name));
  }

  @Override
  public void close() {
    database.close();
  }

  /// The database, for tests that look behind the ports.
  Database database() {
    return database;
  }
}
