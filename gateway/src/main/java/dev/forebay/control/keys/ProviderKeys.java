package dev.forebay.control.keys;

import dev.forebay.control.KeyStore;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.Source;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.audit.Words;
import dev.forebay.dialect.Provider;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The provider keys, as people add, change and remove them. Thread-safe; may block.
///
/// Changes run one at a time, so that no two of them take the same name. Each is compiled into the
/// snapshot before it returns. Callers have asked for the role before: a member is a mistake here.
public final class ProviderKeys {

  private final String workspace;
  private final KeyStore store;
  private final SnapshotSource snapshots;
  private final KeyListing views;
  private final KeySwitches switches;
  private final KeyTests tests;
  private final AccountKeys accounts;
  private final AuditLog audit;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// Held while a change reads, writes and compiles; nothing of the data path takes it.
  private final ReentrantLock changes = new ReentrantLock();

  /// @param random thread-safe
  public ProviderKeys(
      String workspace,
      KeyStore store,
      SnapshotSource snapshots,
      Pools pools,
      KeyTester tester,
      AuditLog audit,
      Ticker ticker,
      RandomGenerator random) {
    this.workspace = workspace;
    this.store = store;
    this.snapshots = snapshots;
    this.views = new KeyListing(workspace, store, snapshots, pools);
    this.switches = new KeySwitches(workspace, store, snapshots, pools, views, audit, ticker);
    this.tests = new KeyTests(tester, snapshots, pools);
    this.accounts = new AccountKeys(workspace, store, snapshots, changes, audit, ticker, random);
    this.audit = audit;
    this.ticker = ticker;
    this.random = random;
  }

  /// Whether a new key is tried before it is added.
  public enum TestFirst {
    NO,
    /// A key that the provider refuses is not added.
    YES,
    /// A key that the provider refuses is added all the same.
    FORCE
  }

  /// What became of one of several keys.
  ///
  /// @param message what was done, or why it was not, in a few words
  public record ActionResult(String id, boolean done, String message) {}

  /// All keys, of the file and of the database, ordered by provider, limit group and name.
  public List<ConfiguredKey> keys() {
    return views.all();
  }

  /// One key.
  public Optional<ConfiguredKey> key(String id) {
    return views.one(id);
  }

  /// Adds a key.
  public KeyChange create(Actor actor, String secret, KeyFields fields, TestFirst testFirst) {
    actor.requireManager();
    String clear = secret.strip();
    String wrong = SecretShape.problem(clear);
    if (wrong != null) {
      return new KeyChange.Invalid("secret", wrong);
    }
    KeyChange.Invalid invalid = KeyRows.problem(fields);
    if (invalid != null) {
      return invalid;
    }
    Provider provider = fields.provider() == null ? SecretShape.provider(clear) : fields.provider();
    if (provider == null) {
      return new KeyChange.Invalid("provider", "cannot be recognised from the key; choose one");
    }
    if (fields.baseUrl() == null && SecretShape.contradicts(clear, provider)) {
      return new KeyChange.Invalid(
          "secret", "looks like another provider's key than " + provider.id());
    }
    KeyTest test = null;
    if (testFirst != TestFirst.NO) {
      test = tests.of(provider, Secret.of(clear), fields.baseUrl());
      if (test.verdict() == KeyTest.Verdict.REFUSED && testFirst == TestFirst.YES) {
        return new KeyChange.Refused(test);
      }
    }
    changes.lock();
    try {
      return add(actor, provider, Secret.of(clear), fields, test);
    } finally {
      changes.unlock();
    }
  }

  private KeyChange add(
      Actor actor, Provider provider, Secret secret, KeyFields fields, @Nullable KeyTest test) {
    KeyBook book = book(store.keys(workspace));
    String holder = book.holder(provider, secret, KeyRows.origin(provider, fields.baseUrl()));
    if (holder != null) {
      return new KeyChange.Conflict("this key is there already: '" + holder + "'");
    }
    String given = fields.name();
    if (given != null && book.hasName(provider, given)) {
      return new KeyChange.Conflict("another " + provider.id() + " key is called '" + given + "'");
    }
    String name = given == null ? book.freeName(provider) : given;
    String twin = book.twin(provider, secret);
    StoredKey row = row(provider, name, secret, fields);
    store.put(row);
    snapshots.refresh();
    audit.record(actor, "key.created", label(row), ending(row.suffix()));
    return views
        .one(row.id())
        .<KeyChange>map(key -> new KeyChange.Added(key, test, twin))
        .orElseGet(KeyChange.NotFound::new);
  }

  private StoredKey row(Provider provider, String name, Secret secret, KeyFields fields) {
    Instant now = ticker.now();
    return KeyRows.row(
        workspace,
        Tokens.id("key-", random),
        provider,
        name,
        new StoredSecret.Opened(secret),
        secret.suffix(),
        fields,
        now,
        now);
  }

  /// Sets who is told when [#act] removed a connected account.
  public void onAccountRemoved(AccountFarewell listener) {
    switches.onAccountRemoved(listener);
  }

  /// The connected accounts among the keys.
  public AccountKeys accounts() {
    return accounts;
  }

  private KeyBook book(List<StoredKey> stored) {
    return KeyBook.of(snapshots.current().keys().values(), stored);
  }

  /// Changes a key of the database.
  ///
  /// @param newSecret null to keep the secret
  public KeyChange edit(Actor actor, String id, KeyEdit edit, @Nullable String newSecret) {
    actor.requireManager();
    changes.lock();
    try {
      StoredKey row = store.key(workspace, id).orElse(null);
      if (row == null) {
        return missing(id);
      }
      return new KeyEditor(row, edit, newSecret, ticker)
          .apply(
              others(id),
              changed -> {
                store.put(changed.row());
                snapshots.refresh();
                if (row.paused() && !changed.row().paused()) {
                  switches.resumed(id);
                } else if (!row.paused() && changed.row().paused()) {
                  switches.paused(id);
                }
                audit.record(actor, changed.action(), label(changed.row()), changed.detail());
                return done(id);
              });
    } finally {
      changes.unlock();
    }
  }

  private KeyBook others(String id) {
    return book(store.keys(workspace).stream().filter(other -> !other.id().equals(id)).toList());
  }

  /// A key that is not in the database is the file's, or nobody's.
  private KeyChange missing(String id) {
    ProviderKey key = snapshots.current().keys().get(id);
    return key != null && key.source() == Source.FILE
        ? new KeyChange.ManagedByFile()
        : new KeyChange.NotFound();
  }

  private KeyChange done(String id) {
    return views.one(id).<KeyChange>map(KeyChange.Done::new).orElseGet(KeyChange.NotFound::new);
  }

  /// Pauses, resumes, recovers or deletes one key.
  public KeyChange act(Actor actor, KeyAction action, String id) {
    actor.requireManager();
    changes.lock();
    try {
      return switches.act(actor, action, List.of(id)).getFirst();
    } finally {
      changes.unlock();
    }
  }

  /// Pauses, resumes, recovers or deletes several keys with one change of the snapshot.
  public List<ActionResult> act(Actor actor, KeyAction action, List<String> ids) {
    actor.requireManager();
    List<String> distinct = ids.stream().distinct().toList();
    List<KeyChange> changed;
    changes.lock();
    try {
      changed = switches.act(actor, action, distinct);
    } finally {
      changes.unlock();
    }
    List<ActionResult> results = new ArrayList<>();
    for (int i = 0; i < distinct.size(); i++) {
      results.add(result(distinct.get(i), action, changed.get(i)));
    }
    return results;
  }

  private static ActionResult result(String id, KeyAction action, KeyChange change) {
    return switch (change) {
      case KeyChange.Done _, KeyChange.Added _ ->
          new ActionResult(
              id,
              true,
              switch (action) {
                case PAUSE -> "paused";
                case RESUME -> "resumed";
                case RECOVER -> "recovered";
                case DELETE -> "deleted";
              });
      case KeyChange.ManagedByFile _ ->
          new ActionResult(id, false, "is declared in the settings file; change it there");
      case KeyChange.NotFound _ -> new ActionResult(id, false, "there is no such key");
      case KeyChange.Conflict(String message) -> new ActionResult(id, false, message);
      case KeyChange.Invalid(_, String message) -> new ActionResult(id, false, message);
      case KeyChange.Refused(KeyTest test) -> new ActionResult(id, false, test.message());
    };
  }

  /// Adds the keys of a paste, or says what would become of it.
  ///
  /// @param defaults hold for every line; a name among them does not
  public ImportReport importKeys(Actor actor, String text, KeyFields defaults, boolean dryRun) {
    actor.requireManager();
    KeyChange.Invalid invalid = KeyRows.problem(defaults);
    if (invalid != null) {
      return new ImportReport(0, 0, 0, List.of(), invalid);
    }
    changes.lock();
    try {
      KeyPaste paste = new KeyPaste(book(store.keys(workspace)), defaults);
      paste.read(text);
      if (!dryRun && !paste.fresh().isEmpty()) {
        List<StoredKey> rows = new ArrayList<>();
        for (KeyPaste.Fresh key : paste.fresh()) {
          rows.add(row(key.provider(), key.name(), key.secret(), defaults));
        }
        store.putAll(rows);
        snapshots.refresh();
        audit.record(actor, "key.imported", Words.of(rows.size(), "key"), named(rows));
      }
      return paste.report();
    } finally {
      changes.unlock();
    }
  }

  private static String named(List<StoredKey> rows) {
    String some = String.join(", ", rows.stream().limit(10).map(ProviderKeys::label).toList());
    return rows.size() > 10 ? some + " and " + (rows.size() - 10) + " more" : some;
  }

  /// Tries a secret with a free call, without adding it.
  ///
  /// @param provider null to recognise it from the secret
  public KeyTest test(String secret, @Nullable Provider provider, @Nullable String baseUrl) {
    String clear = secret.strip();
    String wrong = SecretShape.problem(clear);
    Provider known = provider == null ? SecretShape.provider(clear) : provider;
    if (wrong != null) {
      return new KeyTest(KeyTest.Verdict.REFUSED, known, "This " + wrong + ".", null, List.of());
    }
    if (known == null) {
      return new KeyTest(
          KeyTest.Verdict.UNKNOWN_PROVIDER,
          null,
          "Nobody's keys look like this; choose the provider.",
          null,
          List.of());
    }
    return tests.of(known, Secret.of(clear), baseUrl);
  }

  /// Tries a key of the pool with a free call; empty if there is no such key, or its secret cannot
  /// be read.
  public Optional<KeyTest> test(String id) {
    return tests.ofConfigured(id);
  }

  /// Tries several keys, some at a time.
  public List<ActionResult> testAll(List<String> ids) {
    return tests.ofAll(ids.stream().distinct().toList());
  }

  /// A secret that is too short to show any of it has no ending.
  private static String ending(String suffix) {
    return suffix.isEmpty() ? "" : "ends in " + suffix;
  }

  private static String label(StoredKey row) {
    return row.provider() + "/" + row.name();
  }
}
