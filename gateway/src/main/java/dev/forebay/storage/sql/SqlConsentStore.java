package dev.forebay.storage.sql;

import dev.forebay.control.ConsentStore;
import dev.forebay.control.StoredConsent;
import dev.forebay.control.StoredSecret;
import dev.forebay.secrets.Sealer;
import dev.forebay.secrets.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Attempts to connect accounts in SQL: states as digests, verifiers sealed. Thread-safe.
final class SqlConsentStore implements ConsentStore {

  private final Database database;
  private final Sealing sealing;

  SqlConsentStore(Database database, Sealer sealer) {
    this.database = database;
    this.sealing = new Sealing(sealer);
  }

  private record Row(StoredConsent consent, byte[] sealed) {}

  @Override
  public void add(StoredConsent consent) {
    if (!(consent.verifier() instanceof StoredSecret.Opened(Secret verifier))) {
      throw new IllegalArgumentException(
          "consent " + consent.id() + ": no verifier (expected: one that can be read)");
    }
    byte[] sealed = sealing.seal(verifier, consent.workspace(), consent.id());
    database.change(handle -> {
      SqlWorkspaceStore.require(handle, consent.workspace());
      handle
          .createUpdate(
              """
              INSERT INTO google_consent
                (workspace, id, state_hash, verifier, begun_by, redirect_uri, client_id, key_id,
                 created_at, expires_at, used_at)
              VALUES
                (:workspace, :id, :stateHash, :verifier, :begunBy, :redirectUri, :clientId, :keyId,
                 :createdAt, :expiresAt, :usedAt)
              """)
          .bind("workspace", consent.workspace())
          .bind("id", consent.id())
          .bind("stateHash", consent.stateHash())
          .bind("verifier", sealed)
          .bind("begunBy", consent.begunBy())
          .bind("redirectUri", consent.redirectUri())
          .bind("clientId", consent.clientId())
          .bind("keyId", consent.keyId())
          .bind("createdAt", Columns.micros(consent.createdAt()))
          .bind("expiresAt", Columns.micros(consent.expiresAt()))
          .bind("usedAt", Columns.microsOrNull(consent.usedAt()))
          .execute();
    });
  }

  @Override
  public Optional<StoredConsent> withState(String workspace, String stateHash) {
    Optional<Row> found =
        database.read(handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM google_consent
                    WHERE state_hash = :stateHash AND workspace = :workspace
                    """)
                .bind("stateHash", stateHash)
                .bind("workspace", workspace)
                .map((row, context) -> new Row(consent(row), row.getBytes("verifier")))
                .findFirst());
    return found.map(row ->
        row.consent()
            .withVerifier(
                sealing.open(
                    row.sealed(),
                    row.consent().workspace(),
                    row.consent().id(),
                    "the verifier of this attempt")));
  }

  @Override
  public boolean use(String workspace, String id, Instant at) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE google_consent SET used_at = :at
                    WHERE workspace = :workspace AND id = :id AND used_at IS NULL
                    """)
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("at", Columns.micros(at))
                .execute()
            == 1);
  }

  @Override
  public int removeExpired(String workspace, Instant before) {
    return database.write(handle ->
        handle
            .createUpdate(
                """
                DELETE FROM google_consent
                WHERE workspace = :workspace AND expires_at < :before
                """)
            .bind("workspace", workspace)
            .bind("before", Columns.micros(before))
            .execute());
  }

  private static StoredConsent consent(ResultSet row) throws SQLException {
    return new StoredConsent(
        row.getString("workspace"),
        row.getString("id"),
        row.getString("state_hash"),
        new StoredSecret.Unreadable("not opened yet"),
        row.getString("begun_by"),
        row.getString("redirect_uri"),
        row.getString("client_id"),
        row.getString("key_id"),
        Columns.instant(row.getLong("created_at")),
        Columns.instant(row.getLong("expires_at")),
        Columns.instantOrNull(row, "used_at"));
  }
}
