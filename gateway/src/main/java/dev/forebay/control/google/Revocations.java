package dev.forebay.control.google;

import dev.forebay.control.KeyKind;
import dev.forebay.control.KeyStore;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.keys.AccountFarewell;
import dev.forebay.secrets.Secret;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Lets accounts go at Google that were removed here. Thread-safe.
///
/// Google ends all grants of a person and a client together. So nothing is revoked while the same
/// person is connected a second time, for another project.
public final class Revocations implements AccountFarewell {

  private final String workspace;
  private final KeyStore store;
  private final Google google;
  private final TokenRefresher refresher;
  private final AuditLog audit;
  private final Executor executor;

  /// @param executor runs what blocks
  public Revocations(
      String workspace,
      KeyStore store,
      Google google,
      TokenRefresher refresher,
      AuditLog audit,
      Executor executor) {
    this.workspace = workspace;
    this.store = store;
    this.google = google;
    this.refresher = refresher;
    this.audit = audit;
    this.executor = executor;
  }

  /// What became of it.
  ///
  /// @param message one sentence for people
  public record Farewell(boolean revoked, String message) {}

  @Override
  public void removed(Actor actor, StoredKey account) {
    executor.execute(() -> revoke(actor, account));
  }

  /// Lets a removed account go. Blocks.
  Farewell revoke(Actor actor, StoredKey row) {
    refresher.forget(row.id());
    StoredAccount account = row.account();
    Farewell farewell =
        account == null
            ? new Farewell(false, "Removed.")
            : account.kind() == KeyKind.SERVICE_ACCOUNT
                ? new Farewell(
                    false,
                    "Removed here. Delete its key in Google's console if nothing else uses it.")
                : switch (row.secret()) {
                  case StoredSecret.Opened(Secret token) -> person(account, token);
                  case StoredSecret.Unreadable _ ->
                      new Farewell(
                          false,
                          "Removed here. Its token cannot be read, so it was not revoked: its person"
                              + " can do that at myaccount.google.com/connections.");
                };
    audit.record(
        actor,
        farewell.revoked() ? "account.revoked" : "account.not-revoked",
        row.provider() + "/" + row.name(),
        farewell.message());
    return farewell;
  }

  private Farewell person(StoredAccount account, Secret token) {
    Optional<StoredKey> twin = connected(account.subject(), account.clientId());
    if (twin.isPresent()) {
      return new Farewell(
          false,
          "Removed here. It was not revoked at Google, because the same person is still connected as '"
              + twin.get().name()
              + "'.");
    }
    return google.revoke(token)
        ? new Farewell(true, "Removed, and its token is revoked at Google.")
        : new Farewell(
            false,
            "Removed here. Google could not be asked to revoke its token: its person can do that at"
                + " myaccount.google.com/connections.");
  }

  /// An account of this person that is connected with this client.
  Optional<StoredKey> connected(String subject, String clientId) {
    return store.keys(workspace).stream()
        .filter(row ->
            row.account() instanceof StoredAccount account
                && account.subject().equals(subject)
                && account.clientId().equals(clientId)
                && account.endedAt() == null)
        .findFirst();
  }

  /// Gives back a token that was granted and is not kept.
  void giveBack(String subject, String clientId, Secret token) {
    if (connected(subject, clientId).isEmpty()) {
      var _ = google.revoke(token);
    }
  }
}
