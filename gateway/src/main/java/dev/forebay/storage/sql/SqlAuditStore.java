package dev.forebay.storage.sql;

import dev.forebay.control.AuditEntry;
import dev.forebay.control.AuditStore;
import dev.forebay.control.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The audit log in SQL. Thread-safe.
final class SqlAuditStore implements AuditStore {

  private final Database database;

  SqlAuditStore(Database database) {
    this.database = database;
  }

  @Override
  public void append(AuditEntry entry) {
    database.change(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO audit_entry
                  (workspace, at, id, actor, action, subject, detail, address)
                VALUES (:workspace, :at, :id, :actor, :action, :subject, :detail, :address)
                ON CONFLICT (workspace, at, id) DO NOTHING
                """)
            .bind("workspace", entry.workspace())
            .bind("at", Columns.micros(entry.at()))
            .bind("id", entry.id())
            .bind("actor", Columns.storable(entry.actor()))
            .bind("action", entry.action())
            .bind("subject", Columns.storable(entry.subject()))
            .bind("detail", Columns.storable(entry.detail()))
            .bind("address", Columns.storable(entry.address()))
            .execute());
  }

  @Override
  public List<AuditEntry> entries(String workspace, @Nullable Position before, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM audit_entry WHERE workspace = :workspace AND (at, id) < (:at, :id)
                ORDER BY at DESC, id DESC LIMIT :limit
                """)
            .bind("workspace", workspace)
            .bind("at", before == null ? Long.MAX_VALUE : Columns.micros(before.at()))
            .bind("id", before == null ? "" : Columns.storable(before.id()))
            .bind("limit", limit)
            .map((row, context) -> entry(row))
            .list());
  }

  @Override
  public int removeEntries(String workspace, Instant before, int limit) {
    return database.write(handle ->
        handle
            .createUpdate(
                """
                DELETE FROM audit_entry WHERE (workspace, at, id) IN (
                  SELECT workspace, at, id FROM audit_entry
                  WHERE workspace = :workspace AND at < :before
                  ORDER BY at, id LIMIT :limit)
                """)
            .bind("workspace", workspace)
            .bind("before", Columns.micros(before))
            .bind("limit", limit)
            .execute());
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getString("workspace"),
        row.getString("id"),
        Columns.instant(row.getLong("at")),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("detail"),
        row.getString("address"));
  }
}
