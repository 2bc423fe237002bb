package dev.forebay.storage.sql;

import dev.forebay.control.Workspace;
import dev.forebay.control.WorkspaceStore;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Workspaces in SQL. Thread-safe.
final class SqlWorkspaceStore implements WorkspaceStore {

  private final Database database;

  SqlWorkspaceStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Workspace> workspaces() {
    return database.read(handle ->
        handle
            .createQuery("SELECT id, name, created_at FROM workspace ORDER BY id")
            .map((row, context) ->
                new Workspace(
                    row.getString("id"),
                    row.getString("name"),
                    Columns.instant(row.getLong("created_at"))))
            .list());
  }

  @Override
  public void put(Workspace workspace) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO workspace (id, name, created_at) VALUES (:id, :name, :createdAt)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name
                """)
            .bind("id", workspace.id())
            .bind("name", workspace.name())
            .bind("createdAt", Columns.micros(workspace.createdAt()))
            .execute());
  }

  /// Checks what the other tables refer to, so that a caller's mistake is told as one.
  ///
  /// @throws IllegalArgumentException when the workspace does not exist
  static void require(Handle handle, String id) {
    if (handle
        .createQuery("SELECT 1 FROM workspace WHERE id = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .findFirst()
        .isEmpty()) {
      throw new IllegalArgumentException(
          "workspace: \"" + id + "\" (expected: one that has been created)");
    }
  }
}
