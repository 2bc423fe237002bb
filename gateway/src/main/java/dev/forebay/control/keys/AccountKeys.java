package dev.forebay.control.keys;

import dev.forebay.control.KeyStore;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.dialect.Provider;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.Tokens;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The connected accounts among the provider keys, as their keeper adds, changes and removes them.
/// Thread-safe; may block. Changes take turns with all others of provider keys.
public final class AccountKeys {

  private final String workspace;
  private final KeyStore store;
  private final SnapshotSource snapshots;
  private final ReentrantLock changes;
  private final AuditLog audit;
  private final Ticker ticker;
  private final RandomGenerator random;

  AccountKeys(
      String workspace,
      KeyStore store,
      SnapshotSource snapshots,
      ReentrantLock changes,
      AuditLog audit,
      Ticker ticker,
      RandomGenerator random) {
    this.workspace = workspace;
    this.store = store;
    this.snapshots = snapshots;
    this.changes = changes;
    this.audit = audit;
    this.ticker = ticker;
    this.random = random;
  }

  /// What came of adding one.
  public sealed interface Connecting {

    /// @param id of its provider key
    record Connected(String id) implements Connecting {}

    /// A field cannot be as it is.
    record Invalid(String field, String message) implements Connecting {}

    /// Another key is called so.
    record Conflict(String message) implements Connecting {}
  }

  /// Adds an account of Gemini's. Without a name it is called by its e-mail.
  ///
  /// @param secret that by which it gets its access tokens
  public Connecting connect(Actor actor, Secret secret, StoredAccount account, KeyFields fields) {
    actor.requireManager();
    KeyChange.Invalid invalid = KeyRows.problem(fields);
    if (invalid != null) {
      return new Connecting.Invalid(invalid.field(), invalid.message());
    }
    changes.lock();
    try {
      KeyBook book = KeyBook.of(snapshots.current().keys().values(), store.keys(workspace));
      String given = fields.name();
      if (given != null && book.hasName(Provider.GEMINI, given)) {
        return new Connecting.Conflict("another gemini key is called '" + given + "'");
      }
      Instant now = ticker.now();
      StoredKey row =
          KeyRows.row(
                  workspace,
                  Tokens.id("key-", random),
                  Provider.GEMINI,
                  given == null ? book.freeName(Provider.GEMINI, account.email()) : given,
                  new StoredSecret.Opened(secret),
                  "",
                  fields,
                  now,
                  now)
              .withAccount(account);
      store.put(row);
      snapshots.refresh();
      audit.record(actor, "account.connected", label(row), account.email());
      return new Connecting.Connected(row.id());
    } finally {
      changes.unlock();
    }
  }

  /// Changes what is stored of an account, and nothing else of its key; empty when there is no such
  /// account.
  ///
  /// @param change is given the row as it is, and must keep its id
  public Optional<StoredKey> change(String id, UnaryOperator<StoredKey> change) {
    changes.lock();
    try {
      StoredKey row = row(id).orElse(null);
      if (row == null) {
        return Optional.empty();
      }
      StoredKey changed = change.apply(row);
      if (!changed.equals(row)) {
        store.put(changed);
        snapshots.refresh();
      }
      return Optional.of(changed);
    } finally {
      changes.unlock();
    }
  }

  /// Removes an account here; empty when there is none. Whoever calls lets it go at its provider.
  public Optional<StoredKey> disconnect(Actor actor, String id) {
    actor.requireManager();
    changes.lock();
    try {
      Optional<StoredKey> row = row(id);
      if (row.isPresent() && store.remove(workspace, id)) {
        snapshots.refresh();
        audit.record(actor, "account.removed", label(row.get()), "");
        return row;
      }
      return Optional.empty();
    } finally {
      changes.unlock();
    }
  }

  private Optional<StoredKey> row(String id) {
    return store.key(workspace, id).filter(key -> key.account() != null);
  }

  private static String label(StoredKey row) {
    return row.provider() + "/" + row.name();
  }
}
