package dev.forebay.control.google;

import dev.forebay.control.StoredAccount;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.keys.AccountKeys;
import dev.forebay.pool.Ticker;

/// Writes down that Google ended an account, and that it is good again. Thread-safe; blocks.
public final class AccountEndings implements TokenRefresher.Endings {

  private static final Actor GOOGLE = Actor.unknown("google", "");

  private final AccountKeys keys;
  private final AuditLog audit;
  private final Ticker ticker;

  public AccountEndings(AccountKeys keys, AuditLog audit, Ticker ticker) {
    this.keys = keys;
    this.audit = audit;
    this.ticker = ticker;
  }

  @Override
  public void ended(String keyId, String why) {
    keys.change(
            keyId,
            row -> {
              StoredAccount account = row.account();
              return account == null || account.endedAt() != null
                  ? row
                  : row.withAccount(account.withEnding(ticker.now(), why));
            })
        .ifPresent(
            row -> audit.record(GOOGLE, "account.ended", label(row.provider(), row.name()), why));
  }

  private static String label(String provider, String name) {
    return provider + "/" + name;
  }

  @Override
  public void revived(String keyId) {
    var _ =
        keys.change(
            keyId,
            row -> {
              StoredAccount account = row.account();
              return account == null || account.endedAt() == null
                  ? row
                  : row.withAccount(account.withoutEnding());
            });
  }
}
