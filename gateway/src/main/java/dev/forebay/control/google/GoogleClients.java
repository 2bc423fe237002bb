package dev.forebay.control.google;

import dev.forebay.control.ConsoleUrl;
import dev.forebay.control.GoogleClientStore;
import dev.forebay.control.GoogleSettings;
import dev.forebay.control.GoogleSettings.Publishing;
import dev.forebay.control.HostPort;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StoredGoogleClient;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The operator's OAuth client, from the file or from the database. Thread-safe; may block.
///
/// The file wins. Where Google sends browsers back to is never taken from a request but from the
/// settings: `publicUrl` of the file, what the console was told, or the address that is listened on
/// when that is loopback.
public final class GoogleClients {

  /// The page of the console that Google sends browsers back to.
  public static final String CALLBACK = "/settings/google/callback";

  private final String workspace;
  private final GoogleClientStore store;
  private final SnapshotSource snapshots;
  private final Supplier<@Nullable HostPort> listening;
  private final AuditLog audit;
  private final Ticker ticker;

  /// Held while a change reads and writes; nothing of the data path takes it.
  private final ReentrantLock changes = new ReentrantLock();

  private volatile @Nullable Refusal refusal;
  private volatile Runnable changed = () -> {};

  /// @param listening where browsers on this machine reach the gateway; null before it listens
  public GoogleClients(
      String workspace,
      GoogleClientStore store,
      SnapshotSource snapshots,
      Supplier<@Nullable HostPort> listening,
      AuditLog audit,
      Ticker ticker) {
    this.workspace = workspace;
    this.store = store;
    this.snapshots = snapshots;
    this.listening = listening;
    this.audit = audit;
    this.ticker = ticker;
  }

  /// What Google said against a client.
  private record Refusal(String clientId, String message) {}

  /// The client as people see it. Immutable; its secret is not in it.
  ///
  /// @param clientId null when there is none
  /// @param ready whether accounts can be connected with it
  /// @param consoleUrl null when nobody said and it cannot be told
  /// @param consoleUrlSource `file`, `console` or `listen`; null without a URL
  /// @param problem what Google last said against it; null when nothing
  public record View(
      @Nullable String clientId,
      boolean ready,
      boolean secretSet,
      Publishing publishing,
      boolean managed,
      @Nullable String consoleUrl,
      @Nullable String consoleUrlSource,
      @Nullable String problem) {

    /// To be entered in Google's console; null without a console URL.
    public @Nullable String redirectUri() {
      return consoleUrl == null ? null : consoleUrl + CALLBACK;
    }
  }

  /// What came of a change.
  public sealed interface Change {
    record Done(View client) implements Change {}

    record Invalid(String field, String message) implements Change {}

    /// `forebay.yaml` declares the client.
    record ManagedByFile() implements Change {}

    record NotFound() implements Change {}
  }

  /// Sets who is told that the client became another one.
  public void onChange(Runnable listener) {
    changed = listener;
  }

  /// The client that is used now; null when there is none, or its secret cannot be read.
  public GoogleSettings.@Nullable Client current() {
    GoogleSettings.Client declared = snapshots.google().client();
    if (declared != null) {
      return declared;
    }
    StoredGoogleClient stored = store.client(workspace).orElse(null);
    return stored != null && stored.secret() instanceof StoredSecret.Opened(Secret secret)
        ? new GoogleSettings.Client(stored.clientId(), secret, stored.publishing())
        : null;
  }

  /// The client as it stands.
  public View view() {
    GoogleSettings settings = snapshots.google();
    StoredGoogleClient stored = store.client(workspace).orElse(null);
    GoogleSettings.Client declared = settings.client();
    GoogleSettings.Client client = current();
    String id = declared != null ? declared.id() : stored == null ? null : stored.clientId();
    Url url = url(settings, stored);
    return new View(
        id,
        client != null && url != null,
        client != null,
        client != null
            ? client.publishing()
            : stored == null ? Publishing.UNKNOWN : stored.publishing(),
        declared != null,
        url == null ? null : url.url(),
        url == null ? null : url.source(),
        problem(id));
  }

  private record Url(String url, String source) {}

  private @Nullable Url url(GoogleSettings settings, @Nullable StoredGoogleClient stored) {
    String declared = settings.publicUrl();
    if (declared != null) {
      return new Url(declared, "file");
    }
    String told = stored == null ? null : stored.consoleUrl();
    if (told != null) {
      return new Url(told, "console");
    }
    HostPort address = listening.get();
    return address != null && ConsoleUrl.isLoopback(address.host())
        ? new Url(address.url(), "listen")
        : null;
  }

  private @Nullable String problem(@Nullable String clientId) {
    Refusal known = refusal;
    return known != null && known.clientId().equals(clientId) ? known.message() : null;
  }

  /// Google refused the client.
  void refused(GoogleSettings.Client client, String error) {
    refusal = new Refusal(client.id(), explain(error));
  }

  /// Google took the client.
  void accepted(GoogleSettings.Client client) {
    Refusal known = refusal;
    if (known != null && known.clientId().equals(client.id())) {
      refusal = null;
    }
  }

  /// What a refusal of the client means, in one sentence.
  static String explain(String error) {
    return error.equals("unauthorized_client")
        ? "Google does not let this OAuth client do this (unauthorized_client): is it of the type"
            + " 'Web application', and was the account connected with it?"
        : "Google does not know this OAuth client or its secret ("
            + error
            + "): compare both with Google's console.";
  }

  /// What is to be set.
  ///
  /// @param secret null to keep the stored one
  /// @param publishing null to keep it
  /// @param consoleUrl null or empty to take it from the settings
  /// @param keepConsoleUrl whether nothing was said of it
  public record Wanted(
      String clientId,
      @Nullable String secret,
      @Nullable Publishing publishing,
      @Nullable String consoleUrl,
      boolean keepConsoleUrl) {

    /// Never prints the secret.
    @Override
    public String toString() {
      return "Wanted[" + clientId + "]";
    }
  }

  /// Sets the client.
  public Change put(Actor actor, Wanted wanted) {
    actor.requireManager();
    if (snapshots.google().client() != null) {
      return new Change.ManagedByFile();
    }
    String id = wanted.clientId().strip();
    String secret = wanted.secret() == null ? null : wanted.secret().strip();
    if (!visible(id)) {
      return new Change.Invalid("clientId", "has a blank or a character that no client id has");
    }
    if (secret != null && !visible(secret)) {
      return new Change.Invalid("clientSecret", "has a blank or a character that no secret has");
    }
    String url = wanted.consoleUrl();
    if (url != null && !url.isBlank()) {
      try {
        url = ConsoleUrl.parse(url);
      } catch (IllegalArgumentException e) {
        return new Change.Invalid("consoleUrl", String.valueOf(e.getMessage()));
      }
    } else {
      url = null;
    }
    changes.lock();
    try {
      StoredGoogleClient before = store.client(workspace).orElse(null);
      if (secret == null && (before == null || !before.clientId().equals(id))) {
        return new Change.Invalid("clientSecret", "is needed for another client id");
      }
      Publishing publishing = wanted.publishing();
      StoredSecret kept =
          secret == null && before != null
              ? before.secret()
              : new StoredSecret.Opened(Secret.of(String.valueOf(secret)));
      store.put(
          new StoredGoogleClient(
              workspace,
              id,
              kept,
              publishing != null
                  ? publishing
                  : before == null ? Publishing.UNKNOWN : before.publishing(),
              wanted.keepConsoleUrl() && before != null ? before.consoleUrl() : url,
              ticker.now()));
      audit.record(
          actor, "google.client", "Google OAuth client", secret == null ? id : id + ", new secret");
    } finally {
      changes.unlock();
    }
    refusal = null;
    changed.run();
    return new Change.Done(view());
  }

  private static boolean visible(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  /// Forgets the client of the database.
  public Change remove(Actor actor) {
    actor.requireManager();
    if (snapshots.google().client() != null) {
      return new Change.ManagedByFile();
    }
    if (!store.remove(workspace)) {
      return new Change.NotFound();
    }
    audit.record(actor, "google.client-removed", "Google OAuth client", "");
    changed.run();
    return new Change.Done(view());
  }
}
