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
  private final HeldRows<StoredSession> rows;

  SqlSessionStore(Database database) {
    this.database = database;
    this.rows =
        new HeldRows<>(database, "person_session", "last_seen_at", SqlSessionStore::session);
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
    return rows.withHash(workspace, hash);
  }

  @Override
  public List<StoredSession> sessions(String workspace, String personId) {
    return rows.of(workspace, personId);
  }

  @Override
  public void seen(String workspace, String id, Instant at) {
    rows.used(workspace, id, at);
  }

  @Override
  public boolean remove(String workspace, String personId, String id) {
    return rows.remove(workspace, personId, id);
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
