package dev.forebay.storage.sql;

import dev.forebay.control.Pass;
import dev.forebay.control.PassStore;
import dev.forebay.control.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Passes in SQL, as digests of their tokens. Thread-safe.
final class SqlPassStore implements PassStore {

  private static final String VALID =
      """
      WHERE hash = :hash AND workspace = :workspace AND kind = :kind AND expires_at > :now
      """;

  private final Database database;

  SqlPassStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(Pass pass, String hash) {
    return database.write(handle -> {
      SqlWorkspaceStore.require(handle, pass.workspace());
      return handle
              .createUpdate(
                  """
                  INSERT INTO pass
                    (workspace, id, kind, hash, person_id, email, role, issued_by, created_at,
                     expires_at)
                  VALUES
                    (:workspace, :id, :kind, :hash, :personId, :email, :role, :issuedBy,
                     :createdAt, :expiresAt)
                  ON CONFLICT DO NOTHING
                  """)
              .bind("workspace", pass.workspace())
              .bind("id", pass.id())
              .bind("kind", pass.kind().name())
              .bind("hash", hash)
              .bind("personId", pass.personId())
              .bind("email", pass.email())
              .bind("role", pass.role().name())
              .bind("issuedBy", Columns.storable(pass.issuedBy()))
              .bind("createdAt", Columns.micros(pass.createdAt()))
              .bind("expiresAt", Columns.micros(pass.expiresAt()))
              .execute()
          == 1;
    });
  }

  @Override
  public List<Pass> passes(String workspace, Pass.Kind kind) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM pass WHERE workspace = :workspace AND kind = :kind
                ORDER BY created_at DESC, id DESC
                """)
            .bind("workspace", workspace)
            .bind("kind", kind.name())
            .map((row, context) -> pass(row))
            .list());
  }

  @Override
  public Optional<Pass> find(String workspace, Pass.Kind kind, String hash, Instant now) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM pass " + VALID)
            .bind("workspace", workspace)
            .bind("kind", kind.name())
            .bind("hash", hash)
            .bind("now", Columns.micros(now))
            .map((row, context) -> pass(row))
            .findFirst());
  }

  @Override
  public Optional<Pass> take(String workspace, Pass.Kind kind, String hash, Instant now) {
    return database.write(handle ->
        handle
            .createQuery("DELETE FROM pass " + VALID + "RETURNING *")
            .bind("workspace", workspace)
            .bind("kind", kind.name())
            .bind("hash", hash)
            .bind("now", Columns.micros(now))
            .map((row, context) -> pass(row))
            .list()
            .stream()
            .findFirst());
  }

  @Override
  public boolean remove(String workspace, Pass.Kind kind, String id) {
    return database.write(handle ->
        handle
                .createUpdate(
                    "DELETE FROM pass WHERE workspace = :workspace AND id = :id AND kind = :kind")
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("kind", kind.name())
                .execute()
            == 1);
  }

  @Override
  public int removeAll(String workspace, Pass.Kind kind) {
    return database.write(handle ->
        handle
            .createUpdate("DELETE FROM pass WHERE workspace = :workspace AND kind = :kind")
            .bind("workspace", workspace)
            .bind("kind", kind.name())
            .execute());
  }

  @Override
  public int removeExpired(String workspace, Instant now) {
    return database.write(handle ->
        handle
            .createUpdate("DELETE FROM pass WHERE workspace = :workspace AND expires_at <= :now")
            .bind("workspace", workspace)
            .bind("now", Columns.micros(now))
            .execute());
  }

  private static Pass pass(ResultSet row) throws SQLException {
    return new Pass(
        row.getString("workspace"),
        row.getString("id"),
        Pass.Kind.valueOf(row.getString("kind")),
        row.getString("person_id"),
        row.getString("email"),
        Role.valueOf(row.getString("role")),
        row.getString("issued_by"),
        Columns.instant(row.getLong("created_at")),
        Columns.instant(row.getLong("expires_at")));
  }
}
