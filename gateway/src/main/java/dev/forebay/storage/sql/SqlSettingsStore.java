package dev.forebay.storage.sql;

import dev.forebay.control.SettingsStore;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Settings in SQL. Thread-safe.
final class SqlSettingsStore implements SettingsStore {

  private record Setting(String name, String value) {}

  private final Database database;

  SqlSettingsStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, String> settings(String workspace) {
    return database.read(handle ->
        handle
            .createQuery("SELECT name, value FROM setting WHERE workspace = :workspace")
            .bind("workspace", workspace)
            .map((row, context) -> new Setting(row.getString("name"), row.getString("value")))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Setting::name, Setting::value)));
  }

  @Override
  public void change(String workspace, Map<String, String> put, Set<String> remove) {
    database.change(handle -> {
      SqlWorkspaceStore.require(handle, workspace);
      for (String name : remove) {
        handle
            .createUpdate("DELETE FROM setting WHERE workspace = :workspace AND name = :name")
            .bind("workspace", workspace)
            .bind("name", name)
            .execute();
      }
      PreparedBatch batch =
          handle.prepareBatch(
              """
              INSERT INTO setting (workspace, name, value) VALUES (:workspace, :name, :value)
              ON CONFLICT (workspace, name) DO UPDATE SET value = excluded.value
              """);
      put.forEach((name, value) ->
          batch.bind("workspace", workspace).bind("name", name).bind("value", value).add());
      batch.execute();
    });
  }
}
