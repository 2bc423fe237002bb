package dev.forebay.storage.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The rows of one table that people hold and that are found by a digest: sessions and API tokens.
/// Thread-safe.
final class HeldRows<T> {

  private final Database database;
  private final String table;
  private final String used;
  private final Reader<T> reader;

  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// @param table a name of ours; it becomes part of the statements
  /// @param used the column that tells when a row was used last
  HeldRows(Database database, String table, String used, Reader<T> reader) {
    this.database = database;
    this.table = table;
    this.used = used;
    this.reader = reader;
  }

  Optional<T> withHash(String workspace, String hash) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM " + table + " WHERE hash = :hash AND workspace = :workspace")
            .bind("hash", hash)
            .bind("workspace", workspace)
            .map((row, context) -> reader.read(row))
            .findFirst());
  }

  /// The youngest first.
  List<T> of(String workspace, String personId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM %s WHERE workspace = :workspace AND person_id = :personId
                ORDER BY created_at DESC, id DESC
                """
                    .formatted(table))
            .bind("workspace", workspace)
            .bind("personId", personId)
            .map((row, context) -> reader.read(row))
            .list());
  }

  void used(String workspace, String id, Instant at) {
    database.change(handle ->
        handle
            .createUpdate(
                "UPDATE %s SET %s = :at WHERE workspace = :workspace AND id = :id"
                    .formatted(table, used))
            .bind("workspace", workspace)
            .bind("id", id)
            .bind("at", Columns.micros(at))
            .execute());
  }

  boolean remove(String workspace, String personId, String id) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    DELETE FROM %s
                    WHERE workspace = :workspace AND id = :id AND person_id = :personId
                    """
                        .formatted(table))
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("personId", personId)
                .execute()
            == 1);
  }
}
