package dev.forebay.storage.sql;

import dev.forebay.control.GoogleClientStore;
import dev.forebay.control.GoogleSettings.Publishing;
import dev.forebay.control.StoredGoogleClient;
import dev.forebay.control.StoredSecret;
import dev.forebay.secrets.Sealer;
import dev.forebay.secrets.Secret;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// OAuth clients in SQL, their secrets sealed. Thread-safe.
///
/// A secret that an older key of the keyset sealed is sealed again when it is read.
final class SqlGoogleClientStore implements GoogleClientStore {

  /// What the secret is bound to, beside its workspace.
  private static final String ROW = "google-client";

  private static final String CHANGES =
      """
      client_id = :clientId, publishing = :publishing, console_url = :consoleUrl,
      updated_at = :updatedAt
      """;

  private final Database database;
  private final Sealing sealing;

  SqlGoogleClientStore(Database database, Sealer sealer) {
    this.database = database;
    this.sealing = new Sealing(sealer);
  }

  private record Row(StoredGoogleClient client, byte[] sealed) {}

  @Override
  public Optional<StoredGoogleClient> client(String workspace) {
    Optional<Row> found =
        database.read(handle ->
            handle
                .createQuery("SELECT * FROM google_client WHERE workspace = :workspace")
                .bind("workspace", workspace)
                .map((row, context) ->
                    new Row(
                        new StoredGoogleClient(
                            row.getString("workspace"),
                            row.getString("client_id"),
                            new StoredSecret.Unreadable("not opened yet"),
                            Publishing.valueOf(row.getString("publishing")),
                            row.getString("console_url"),
                            Columns.instant(row.getLong("updated_at"))),
                        row.getBytes("secret")))
                .findFirst());
    return found.map(this::opened);
  }

  private StoredGoogleClient opened(Row row) {
    StoredGoogleClient sealed = row.client();
    StoredGoogleClient client =
        new StoredGoogleClient(
            sealed.workspace(),
            sealed.clientId(),
            sealing.open(
                row.sealed(), sealed.workspace(), ROW, "the secret of the Google OAuth client"),
            sealed.publishing(),
            sealed.consoleUrl(),
            sealed.updatedAt());
    if (client.secret() instanceof StoredSecret.Opened(Secret secret)
        && sealing.stale(row.sealed())) {
      sealAgain(client, secret, row.sealed());
    }
    return client;
  }

  /// Replaces the sealed secret, unless somebody has stored another one in between.
  private void sealAgain(StoredGoogleClient client, Secret secret, byte[] old) {
    byte[] fresh = sealing.seal(secret, client.workspace(), ROW);
    database.change(handle ->
        handle
            .createUpdate(
                """
                UPDATE google_client SET secret = :fresh
                WHERE workspace = :workspace AND secret = :old
                """)
            .bind("workspace", client.workspace())
            .bind("fresh", fresh)
            .bind("old", old)
            .execute());
  }

  @Override
  public void put(StoredGoogleClient client) {
    switch (client.secret()) {
      case StoredSecret.Opened(Secret secret) -> {
        byte[] sealed = sealing.seal(secret, client.workspace(), ROW);
        database.change(handle -> putWith(handle, client, sealed));
      }
      case StoredSecret.Unreadable _ -> database.change(handle -> putWithoutSecret(handle, client));
    }
  }

  private static void putWith(Handle handle, StoredGoogleClient client, byte[] sealed) {
    SqlWorkspaceStore.require(handle, client.workspace());
    bound(
            client,
            handle.createUpdate(
                """
                INSERT INTO google_client
                  (workspace, client_id, secret, publishing, console_url, updated_at)
                VALUES (:workspace, :clientId, :secret, :publishing, :consoleUrl, :updatedAt)
                ON CONFLICT (workspace) DO UPDATE SET secret = :secret,
                """
                    + CHANGES))
        .bind("secret", sealed)
        .execute();
  }

  private static void putWithoutSecret(Handle handle, StoredGoogleClient client) {
    int changed =
        bound(
                client,
                handle.createUpdate(
                    "UPDATE google_client SET " + CHANGES + "WHERE workspace = :workspace"))
            .execute();
    if (changed == 0) {
      throw new IllegalArgumentException(
          "OAuth client: no secret (expected: one that can be read)");
    }
  }

  private static Update bound(StoredGoogleClient client, Update update) {
    return update
        .bind("workspace", client.workspace())
        .bind("clientId", client.clientId())
        .bind("publishing", client.publishing().name())
        .bind("consoleUrl", client.consoleUrl())
        .bind("updatedAt", Columns.micros(client.updatedAt()));
  }

  @Override
  public boolean remove(String workspace) {
    return database.write(handle ->
        handle
                .createUpdate("DELETE FROM google_client WHERE workspace = :workspace")
                .bind("workspace", workspace)
                .execute()
            == 1);
  }
}
