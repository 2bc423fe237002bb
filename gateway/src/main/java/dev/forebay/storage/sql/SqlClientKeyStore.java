package dev.forebay.storage.sql;

import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.StoredClientKey;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;
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
                    (workspace, id, name, hash, suffix, owner_id, requests_per_minute,
                     requests_per_day, tokens_per_minute, tokens_per_day, fallback, created_at,
                     revoked_at)
                  VALUES
                    (:workspace, :id, :name, :hash, :suffix, :ownerId, :requestsPerMinute,
                     :requestsPerDay, :tokensPerMinute, :tokensPerDay, :fallback, :createdAt,
                     :revokedAt)
                  ON CONFLICT DO NOTHING
                  """)
              .bind("workspace", key.workspace())
              .bind("id", key.id())
              .bind("name", key.name())
              .bind("hash", key.hash())
              .bind("suffix", key.suffix())
              .bind("ownerId", key.ownerId())
              .bind("requestsPerMinute", key.limits().requestsPerMinute())
              .bind("requestsPerDay", key.limits().requestsPerDay())
              .bind("tokensPerMinute", key.limits().tokensPerMinute())
              .bind("tokensPerDay", key.limits().tokensPerDay())
              .bind("fallback", text(key.standIns()))
              .bind("createdAt", Columns.micros(key.createdAt()))
              .bind("revokedAt", Columns.microsOrNull(key.revokedAt()))
              .execute()
          == 1;
    });
  }

  @Override
  public boolean change(
      String workspace, String id, String name, ClientLimits limits, @Nullable StandIns standIns) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE client_key SET name = :name,
                      requests_per_minute = :requestsPerMinute, requests_per_day = :requestsPerDay,
                      tokens_per_minute = :tokensPerMinute, tokens_per_day = :tokensPerDay,
                      fallback = :fallback
                    WHERE workspace = :workspace AND id = :id
                    """)
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("name", name)
                .bind("requestsPerMinute", limits.requestsPerMinute())
                .bind("requestsPerDay", limits.requestsPerDay())
                .bind("tokensPerMinute", limits.tokensPerMinute())
                .bind("tokensPerDay", limits.tokensPerDay())
                .bind("fallback", text(standIns))
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
  public Map<String, Instant> lastUses(String workspace) {
    Map<String, Instant> uses = new HashMap<>();
    database.read(handle ->
        handle
            .createQuery("SELECT * FROM client_key_use WHERE workspace = :workspace")
            .bind("workspace", workspace)
            .map((row, context) ->
                uses.put(
                    row.getString("client_key_id"), Columns.instant(row.getLong("last_used_at"))))
            .list());
    return uses;
  }

  @Override
  public void used(String workspace, Map<String, Instant> uses) {
    database.change(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              """
              INSERT INTO client_key_use AS known (workspace, client_key_id, last_used_at)
              VALUES (:workspace, :id, :at)
              ON CONFLICT (workspace, client_key_id) DO UPDATE
                SET last_used_at = excluded.last_used_at
                WHERE known.last_used_at < excluded.last_used_at
              """);
      // In the order of their ids, so that two nodes cannot deadlock.
      new TreeMap<>(uses)
          .forEach((id, at) ->
              batch
                  .bind("workspace", workspace)
                  .bind("id", id)
                  .bind("at", Columns.micros(at))
                  .add());
      batch.execute();
    });
  }

  @Override
  public boolean remove(String workspace, String id) {
    return database.write(handle -> {
      handle
          .createUpdate(
              "DELETE FROM client_key_use WHERE workspace = :workspace AND client_key_id = :id")
          .bind("workspace", workspace)
          .bind("id", id)
          .execute();
      return handle
              .createUpdate("DELETE FROM client_key WHERE workspace = :workspace AND id = :id")
              .bind("workspace", workspace)
              .bind("id", id)
              .execute()
          == 1;
    });
  }

  private static @Nullable String text(@Nullable StandIns standIns) {
    return standIns == null ? null : standIns.text();
  }

  /// A provider that this release does not know keeps its callers from none of the others.
  private static @Nullable StandIns standIns(@Nullable String text) {
    try {
      return text == null ? null : StandIns.parse(text);
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }

  private static StoredClientKey clientKey(ResultSet row) throws SQLException {
    return new StoredClientKey(
        row.getString("workspace"),
        row.getString("id"),
        row.getString("name"),
        row.getString("hash"),
        row.getString("suffix"),
        row.getString("owner_id"),
        new ClientLimits(
            row.getLong("requests_per_minute"),
            row.getLong("requests_per_day"),
            row.getLong("tokens_per_minute"),
            row.getLong("tokens_per_day")),
        standIns(row.getString("fallback")),
        Columns.instant(row.getLong("created_at")),
        Columns.instantOrNull(row, "revoked_at"));
  }
}
