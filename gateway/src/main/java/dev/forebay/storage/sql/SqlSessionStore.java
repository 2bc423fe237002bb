package dev.forebay.storage.sql;

import dev.forebay.control.SessionStore;
import dev.forebay.control.StoredSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sessions in SQL, as digests. Thread-safe.
final class SqlSessionStore implements SessionStore {

  private final Database database;

  SqlSessionStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(StoredSession session) {
    return database.write(handle ->
        SqlPeopleStore.exists(handle, session.workspace(), session.personId())
            && handle
                    .createUpdate(
                        """
                        INSERT INTO person_session
                          (workspace, id, person_id, hash, created_at, last_seen_at, address, agent)
                        VALUES
                          (:workspace, :id, :personId, :hash, :createdAt, :lastSeenAt, :address,
                           :agent)
                        """)
                    .bind("workspace", session.workspace())
                    .bind("id", session.id())
                    .bind("personId", session.personId())
                    .bind("hash", session.hash())
                    .bind("createdAt", Columns.micros(session.createdAt()))
                    .bind("lastSeenAt", Columns.micros(session.lastSeenAt()))
                    .bind("address", Columns.storable(session.address()))
                    .bind("agent", Columns.storable(session.agent()))
                    .execute()
                == 1);
  }

  @Override
  public Optional<StoredSession> withHash(String workspace, String hash) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM person_session WHERE hash = :hash AND workspace = :workspace")
            .bind("hash", hash)
            .bind("workspace", workspace)
            .map((row, context) -> session(row))
            .findFirst());
  }

  @Override
  public List<StoredSession> sessions(String workspace, String personId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM person_session WHERE workspace = :workspace AND person_id = :personId
                ORDER BY created_at DESC, id DESC
                """)
            .bind("workspace", workspace)
            .bind("personId", personId)
            .map((row, context) -> session(row))
            .list());
  }

  @Override
  public void seen(String workspace, String id, Instant at) {
    database.change(handle ->
        handle
            .createUpdate(
                """
                UPDATE person_session SET last_seen_at = :at
                WHERE workspace = :workspace AND id = :id
                """)
            .bind("workspace", workspace)
            .bind("id", id)
            .bind("at", Columns.micros(at))
            .execute());
  }

  @Override
  public boolean remove(String workspace, String personId, String id) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    DELETE FROM person_session
                    WHERE workspace = :workspace AND id = :id AND person_id = :personId
                    """)
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("personId", personId)
                .execute()
            == 1);
  }

  @Override
  public int removeOthers(String workspace, String personId, @Nullable String id) {
    return database.write(handle ->
        handle
            .createUpdate(
                """
                DELETE FROM person_session
                WHERE workspace = :workspace AND person_id = :personId AND id != :id
                """)
            .bind("workspace", workspace)
            .bind("personId", personId)
            .bind("id", Columns.orEmpty(id))
            .execute());
  }

  @Override
  public int removeUnused(String workspace, Instant before) {
    return database.write(handle ->
        handle
            .createUpdate(
                """
                DELETE FROM person_session
                WHERE workspace = :workspace AND last_seen_at < :before
                """)
            .bind("workspace", workspace)
            .bind("before", Columns.micros(before))
            .execute());
  }

  private static StoredSession session(ResultSet row) throws SQLException {
    return new StoredSession(
        row.getString("workspace"),
        row.getString("id"),
        row.getString("person_id"),
        row.getString("hash"),
        Columns.instant(row.getLong("created_at")),
        Columns.instant(row.getLong("last_seen_at")),
        row.getString("address"),
        row.getString("agent"));
  }
}
