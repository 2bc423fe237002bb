package dev.forebay.storage.sql;

import dev.forebay.control.KeyKind;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What is known of connected accounts, beside their rows among the provider keys.
final class SqlAccounts {

  /// To be selected with the columns of `provider_key`, by [#JOIN].
  static final String COLUMNS =
      "kind, email, subject, client_id, scopes, project, connected_at, expires_at, ended_at, ending";

  static final String JOIN =
      """
      LEFT JOIN google_account
        ON google_account.workspace = provider_key.workspace
        AND google_account.key_id = provider_key.id
      """;

  private SqlAccounts() {}

  /// Stores what is known of the key's account; nothing for an API key.
  static void put(Handle handle, StoredKey key) {
    StoredAccount account = key.account();
    if (account == null) {
      return;
    }
    handle
        .createUpdate(
            """
            INSERT INTO google_account
              (workspace, key_id, kind, email, subject, client_id, scopes, project, connected_at,
               expires_at, ended_at, ending)
            VALUES
              (:workspace, :keyId, :kind, :email, :subject, :clientId, :scopes, :project,
               :connectedAt, :expiresAt, :endedAt, :ending)
            ON CONFLICT (workspace, key_id) DO UPDATE SET kind = :kind, email = :email,
              subject = :subject, client_id = :clientId, scopes = :scopes, project = :project,
              connected_at = :connectedAt, expires_at = :expiresAt, ended_at = :endedAt,
              ending = :ending
            """)
        .bind("workspace", key.workspace())
        .bind("keyId", key.id())
        .bind("kind", account.kind().id())
        .bind("email", Columns.storable(account.email()))
        .bind("subject", Columns.storable(account.subject()))
        .bind("clientId", account.clientId())
        .bind("scopes", String.join("\n", account.scopes()))
        .bind("project", account.project())
        .bind("connectedAt", Columns.micros(account.connectedAt()))
        .bind("expiresAt", Columns.microsOrNull(account.expiresAt()))
        .bind("endedAt", Columns.microsOrNull(account.endedAt()))
        .bind("ending", Columns.storable(account.ending()))
        .execute();
  }

  /// The account of a joined row; null for an API key.
  static @Nullable StoredAccount account(ResultSet row) throws SQLException {
    String id = row.getString("kind");
    if (id == null) {
      return null;
    }
    KeyKind kind = KeyKind.of(id);
    if (kind == null) {
      throw new SQLException(
          "google_account.kind: '" + id + "' (expected: a kind that this release knows)");
    }
    String scopes = row.getString("scopes");
    return new StoredAccount(
        kind,
        row.getString("email"),
        row.getString("subject"),
        row.getString("client_id"),
        scopes.isEmpty() ? Set.of() : Set.of(scopes.split("\n")),
        row.getString("project"),
        Columns.instant(row.getLong("connected_at")),
        Columns.instantOrNull(row, "expires_at"),
        Columns.instantOrNull(row, "ended_at"),
        row.getString("ending"));
  }
}
