package dev.forebay.storage.sql;

import dev.forebay.control.OwnerStore;
import dev.forebay.exchange.Ownership;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Owners of stored resources in SQL. Thread-safe.
final class SqlOwnerStore implements OwnerStore {

  private final Database database;

  SqlOwnerStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Ownership> latest(String workspace, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM resource_owner WHERE workspace = :workspace
                ORDER BY made_at DESC, resource DESC LIMIT :most
                """)
            .bind("workspace", workspace)
            .bind("most", most)
            .map((row, context) ->
                new Ownership(
                    row.getString("resource"),
                    row.getString("key_id"),
                    row.getString("limit_group"),
                    row.getLong("conversation"),
                    row.getString("client_key_id"),
                    Columns.instant(row.getLong("made_at"))))
            .list());
  }

  @Override
  public void put(String workspace, List<Ownership> owners) {
    database.change(handle -> {
      SqlWorkspaceStore.require(handle, workspace);
      PreparedBatch batch =
          handle.prepareBatch(
              """
              INSERT INTO resource_owner
                (workspace, resource, key_id, limit_group, conversation, client_key_id, made_at)
              VALUES (:workspace, :resource, :key, :group, :conversation, :client, :at)
              ON CONFLICT (workspace, resource) DO UPDATE SET
                key_id = excluded.key_id,
                limit_group = excluded.limit_group,
                conversation = excluded.conversation,
                client_key_id = excluded.client_key_id,
                made_at = excluded.made_at
              """);
      for (Ownership owner : owners) {
        batch
            .bind("workspace", workspace)
            .bind("resource", Columns.storable(owner.resource()))
            .bind("key", owner.keyId())
            .bind("group", owner.group())
            .bind("conversation", owner.conversation())
            .bind("client", owner.clientId())
            .bind("at", Columns.micros(owner.at()))
            .add();
      }
      batch.execute();
    });
  }

  @Override
  public int trim(String workspace, int most) {
    return database.write(handle ->
        handle
            .createUpdate(
                """
                DELETE FROM resource_owner WHERE workspace = :workspace AND resource IN (
                  SELECT resource FROM resource_owner WHERE workspace = :workspace
                  ORDER BY made_at DESC, resource DESC LIMIT :all OFFSET :most)
                """)
            .bind("workspace", workspace)
            .bind("all", Integer.MAX_VALUE)
            .bind("most", most)
            .execute());
  }
}
