package dev.forebay.storage.sql;

import dev.forebay.control.ApiToken;
import dev.forebay.control.ApiTokenStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// API tokens in SQL, as digests. Thread-safe.
final class SqlApiTokenStore implements ApiTokenStore {

  private final Database database;
  private final HeldRows<ApiToken> rows;

  SqlApiTokenStore(Database database) {
    this.database = database;
    this.rows = new HeldRows<>(database, "api_token", "last_used_at", SqlApiTokenStore::token);
  }

  @Override
  public boolean add(ApiToken token, String hash) {
    return database.write(handle ->
        SqlPeopleStore.exists(handle, token.workspace(), token.personId())
            && handle
                    .createUpdate(
                        """
                        INSERT INTO api_token
                          (workspace, id, person_id, name, hash, suffix, created_at, last_used_at,
                           expires_at)
                        VALUES
                          (:workspace, :id, :personId, :name, :hash, :suffix, :createdAt,
                           :lastUsedAt, :expiresAt)
                        ON CONFLICT DO NOTHING
                        """)
                    .bind("workspace", token.workspace())
                    .bind("id", token.id())
                    .bind("personId", token.personId())
                    .bind("name", Columns.storable(token.name()))
                    .bind("hash", hash)
                    .bind("suffix", token.suffix())
                    .bind("createdAt", Columns.micros(token.createdAt()))
                    .bind("lastUsedAt", Columns.microsOrNull(token.lastUsedAt()))
                    .bind("expiresAt", Columns.microsOrNull(token.expiresAt()))
                    .execute()
                == 1);
  }

  @Override
  public List<ApiToken> tokens(String workspace, String personId) {
    return rows.of(workspace, personId);
  }

  @Override
  public Optional<ApiToken> withHash(String workspace, String hash) {
    return rows.withHash(workspace, hash);
  }

  @Override
  public void used(String workspace, String id, Instant at) {
    rows.used(workspace, id, at);
  }

  @Override
  public boolean remove(String workspace, String personId, String id) {
    return rows.remove(workspace, personId, id);
  }

  private static ApiToken token(ResultSet row) throws SQLException {
    return new ApiToken(
        row.getString("workspace"),
        row.getString("id"),
        row.getString("person_id"),
        row.getString("name"),
        row.getString("suffix"),
        Columns.instant(row.getLong("created_at")),
        Columns.instantOrNull(row, "last_used_at"),
        Columns.instantOrNull(row, "expires_at"));
  }
}
