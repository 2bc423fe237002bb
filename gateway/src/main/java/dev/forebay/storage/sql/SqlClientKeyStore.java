package dev.forebay.storage.sql;

import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.StoredClientKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Client keys in SQL, as digests. Thread-safe.
final class SqlClientKeyStore implements ClientKeyStore {

  private final Database database;

  SqlClientKeyStore(Database database) {
    this.database = database;
  }

  @Override
  public List<StoredClientKey> clientKeys(String workspace) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM client_key WHERE workspace = :workspace
                ORDER BY created_at, id
                """)
            .bind("workspace", workspace)
            .map((row, context) -> clientKey(row))
            .list());
  }

  @Override
  public boolean add(StoredClientKey key) {
    return database.write(handle -> {
      SqlWorkspaceStore.require(handle, key.workspace());
      return handle
              .createUpdate(
                  """
                  INSERT INTO client_key
                    (workspace, id, name, hash, suffix, created_at, revoked_at)
                  VALUES (:workspace, :id, :name, :hash, :suffix, :createdAt, :revokedAt)
                  ON CONFLICT DO NOTHING
                  """)
              .bind("workspace", key.workspace())
              .bind("id", key.id())
              .bind("name", key.name())
              .bind("hash", key.hash())
              .bind("suffix", key.suffix())
              .bind("createdAt", Columns.micros(key.createdAt()))
              .bind("revokedAt", micros(key.revokedAt()))
              .execute()
          == 1;
    });
  }

  @Override
  public boolean rename(String workspace, String id, String name) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE client_key SET name = :name
                    WHERE workspace = :workspace AND id = :id
                    """)
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("name", name)
                .execute()
            == 1);
  }

  @Override
  public boolean revoke(String workspace, String id, Instant at) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE client_key SET revoked_at = :at
                    WHERE workspace = :workspace AND id = :id AND revoked_at IS NULL
                    """)
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("at", Columns.micros(at))
                .execute()
            == 1);
  }

  @Override
  public boolean remove(String workspace, String id) {
    return database.write(handle ->
        handle
                .createUpdate("DELETE FROM client_key WHERE workspace = :workspace AND id = :id")
                .bind("workspace", workspace)
                .bind("id", id)
                .execute()
            == 1);
  }

  private static @Nullable Long micros(@Nullable Instant instant) {
    return instant == null ? null : Columns.micros(instant);
  }

  private static StoredClientKey clientKey(ResultSet row) throws SQLException {
    long revokedAt = row.getLong("revoked_at");
    boolean revoked = !row.wasNull();
    return new StoredClientKey(
        row.getString("workspace"),
        row.getString("id"),
        row.getString("name"),
        row.getString("hash"),
        row.getString("suffix"),
        Columns.instant(row.getLong("created_at")),
        revoked ? Columns.instant(revokedAt) : null);
  }
}
