package dev.forebay.storage.sql;

import dev.forebay.control.KeyStore;
import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.secrets.KeysetException;
import dev.forebay.secrets.Opening;
import dev.forebay.secrets.Sealer;
import dev.forebay.secrets.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Provider keys in SQL, their secrets sealed. Thread-safe.
///
/// A secret that an older key of the keyset sealed is sealed again when it is read.
final class SqlKeyStore implements KeyStore {

  private static final Logger log = LoggerFactory.getLogger(SqlKeyStore.class);

  private static final String COLUMNS =
      """
      SELECT provider_key.workspace, id, provider, name, secret, suffix, limit_group, priority,
        daily_tokens, daily_nano_dollars, models, base_url, paused, note, created_at, updated_at,
      """
          + SqlAccounts.COLUMNS
          + " FROM provider_key "
          + SqlAccounts.JOIN;

  /// The secret is left out where only the rest changes.
  private static final String CHANGES =
      """
      provider = :provider, name = :name, suffix = :suffix, limit_group = :limitGroup,
      priority = :priority, daily_tokens = :dailyTokens,
      daily_nano_dollars = :dailyNanoDollars, models = :models, base_url = :baseUrl,
      paused = :paused, note = :note, updated_at = :updatedAt
      """;

  /// A row whose secret is still sealed.
  private record Row(StoredKey key, byte[] sealed) {}

  private final Database database;

  private final Sealer sealer;

  SqlKeyStore(Database database, Sealer sealer) {
    this.database = database;
    this.sealer = sealer;
  }

  @Override
  public List<StoredKey> keys(String workspace) {
    List<Row> rows =
        database.read(handle ->
            handle
                .createQuery(
                    COLUMNS + "WHERE provider_key.workspace = :workspace ORDER BY created_at, id")
                .bind("workspace", workspace)
                .map((row, context) -> row(row))
                .list());
    return opened(rows);
  }

  @Override
  public Optional<StoredKey> key(String workspace, String id) {
    List<Row> rows =
        database.read(handle ->
            handle
                .createQuery(COLUMNS + "WHERE provider_key.workspace = :workspace AND id = :id")
                .bind("workspace", workspace)
                .bind("id", id)
                .map((row, context) -> row(row))
                .list());
    return opened(rows).stream().findFirst();
  }

  @Override
  public void put(StoredKey key) {
    putAll(List.of(key));
  }

  @Override
  public void putAll(List<StoredKey> keys) {
    List<byte @Nullable []> sealed = new ArrayList<>(keys.size());
    for (StoredKey key : keys) {
      sealed.add(
          switch (key.secret()) {
            case StoredSecret.Opened(Secret secret) -> sealed(key, secret);
            case StoredSecret.Unreadable _ -> null;
          });
    }
    database.change(handle -> {
      for (int i = 0; i < keys.size(); i++) {
        byte[] secret = sealed.get(i);
        if (secret == null) {
          putWithoutSecret(handle, keys.get(i));
        } else {
          putWith(handle, keys.get(i), secret);
        }
        SqlAccounts.put(handle, keys.get(i));
      }
    });
  }

  private static void putWith(Handle handle, StoredKey key, byte[] sealed) {
    SqlWorkspaceStore.require(handle, key.workspace());
    bound(
            key,
            handle.createUpdate(
                """
                INSERT INTO provider_key
                  (workspace, id, provider, name, secret, suffix, limit_group, priority,
                   daily_tokens, daily_nano_dollars, models, base_url, paused, note, created_at,
                 updated_at)
                VALUES
                  (:workspace, :id, :provider, :name, :secret, :suffix, :limitGroup, :priority,
                   :dailyTokens, :dailyNanoDollars, :models, :baseUrl, :paused, :note, :createdAt,
                 :updatedAt)
                ON CONFLICT (workspace, id) DO UPDATE SET secret = :secret,
                """
                    + CHANGES))
        .bind("secret", sealed)
        .bind("createdAt", Columns.micros(key.createdAt()))
        .execute();
  }

  private static void putWithoutSecret(Handle handle, StoredKey key) {
    int changed =
        bound(
                key,
                handle.createUpdate(
                    "UPDATE provider_key SET "
                        + CHANGES
                        + "WHERE workspace = :workspace AND id = :id"))
            .execute();
    if (changed == 0) {
      throw new IllegalArgumentException(
          "key \"" + key.name() + "\": its secret is missing (expected: one that can be read)");
    }
  }

  private static Update bound(StoredKey key, Update update) {
    return update
        .bind("workspace", key.workspace())
        .bind("id", key.id())
        .bind("provider", key.provider())
        .bind("name", key.name())
        .bind("suffix", key.suffix())
        .bind("limitGroup", key.limitGroup())
        .bind("priority", key.priority())
        .bind("dailyTokens", key.dailyTokens())
        .bind("dailyNanoDollars", key.dailyNanoDollars())
        .bind("models", String.join("\n", key.models()))
        .bind("baseUrl", key.baseUrl())
        .bind("paused", Columns.flag(key.paused()))
        .bind("note", key.note())
        .bind("updatedAt", Columns.micros(key.updatedAt()));
  }

  @Override
  public boolean remove(String workspace, String id) {
    return database.write(handle ->
        handle
                .createUpdate("DELETE FROM provider_key WHERE workspace = :workspace AND id = :id")
                .bind("workspace", workspace)
                .bind("id", id)
                .execute()
            == 1);
  }

  private byte[] sealed(StoredKey key, Secret secret) {
    try {
      return sealer.seal(secret, key.workspace(), key.id());
    } catch (KeysetException e) {
      throw new StorageException(new StorageProblem.Keyset(e.problem()), e);
    }
  }

  private List<StoredKey> opened(List<Row> rows) {
    List<StoredKey> keys = new ArrayList<>(rows.size());
    for (Row row : rows) {
      keys.add(opened(row));
    }
    return keys;
  }

  private StoredKey opened(Row row) {
    StoredKey key = row.key();
    try {
      return switch (sealer.open(row.sealed(), key.workspace(), key.id())) {
        case Opening.Opened(Secret secret) -> {
          if (sealer.stale(row.sealed())) {
            sealAgain(row, secret);
          }
          yield key.withSecret(new StoredSecret.Opened(secret));
        }
        case Opening.Refused(String problem) ->
            key.withSecret(
                new StoredSecret.Unreadable(
                    "the secret of key \"" + key.name() + "\" (…" + key.suffix() + ") " + problem));
      };
    } catch (KeysetException e) {
      throw new StorageException(new StorageProblem.Keyset(e.problem()), e);
    }
  }

  /// Replaces the sealed secret, unless somebody has stored another one in between. Where that
  /// fails, the old one still opens, and the next reading tries again.
  private void sealAgain(Row row, Secret secret) {
    StoredKey key = row.key();
    byte[] sealed = sealer.seal(secret, key.workspace(), key.id());
    try {
      database.write(handle ->
          handle
              .createUpdate(
                  """
                  UPDATE provider_key SET secret = :sealed
                  WHERE workspace = :workspace AND id = :id AND secret = :old
                  """)
              .bind("workspace", key.workspace())
              .bind("id", key.id())
              .bind("sealed", sealed)
              .bind("old", row.sealed())
              .execute());
    } catch (StorageException e) {
      log.warn("key \"{}\" stays sealed with an older keyset key: {}", key.name(), e.getMessage());
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    String models = row.getString("models");
    StoredKey key =
        new StoredKey(
            row.getString("workspace"),
            row.getString("id"),
            row.getString("provider"),
            row.getString("name"),
            new StoredSecret.Unreadable("not opened yet"),
            row.getString("suffix"),
            row.getString("limit_group"),
            row.getInt("priority"),
            row.getLong("daily_tokens"),
            row.getLong("daily_nano_dollars"),
            models.isEmpty() ? Set.of() : Set.of(models.split("\n")),
            row.getString("base_url"),
            row.getInt("paused") == 1,
            row.getString("note"),
            Columns.instant(row.getLong("created_at")),
            Columns.instant(row.getLong("updated_at")),
            SqlAccounts.account(row));
    return new Row(key, row.getBytes("secret"));
  }
}
