package dev.forebay.control.google;

import dev.forebay.control.KeyKind;
import dev.forebay.control.KeyStore;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.google.Consents.Consented;
import dev.forebay.control.google.Revocations.Farewell;
import dev.forebay.control.keys.AccountKeys;
import dev.forebay.control.keys.AccountKeys.Connecting;
import dev.forebay.control.keys.KeyFields;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.LiveTokens;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Connected Google accounts, as people add, look after and remove them. Thread-safe; blocks, also
/// on Google.
///
/// An account is a provider key: its name, priority and budgets are changed through
/// [dev.forebay.control.keys.ProviderKeys]. Callers have asked for the role before: a member is a
/// mistake here.
public final class GoogleAccounts {

  private final String workspace;
  private final KeyStore store;
  private final AccountKeys keys;
  private final SnapshotSource snapshots;
  private final LiveTokens tokens;
  private final Google google;
  private final Grants grants;
  private final Consents consents;
  private final TokenRefresher refresher;
  private final Revocations revocations;
  private final AuditLog audit;
  private final Ticker ticker;

  public GoogleAccounts(
      String workspace,
      KeyStore store,
      AccountKeys keys,
      SnapshotSource snapshots,
      Google google,
      Grants grants,
      Consents consents,
      TokenRefresher refresher,
      Revocations revocations,
      AuditLog audit,
      Ticker ticker) {
    this.workspace = workspace;
    this.store = store;
    this.keys = keys;
    this.snapshots = snapshots;
    this.tokens = snapshots.tokens();
    this.google = google;
    this.grants = grants;
    this.consents = consents;
    this.refresher = refresher;
    this.revocations = revocations;
    this.audit = audit;
    this.ticker = ticker;
  }

  /// All of them, in the order in which they were connected first.
  public List<AccountView> all() {
    List<AccountView> views = new ArrayList<>();
    for (StoredKey row : store.keys(workspace)) {
      if (row.account() != null) {
        views.add(view(row, row.account()));
      }
    }
    return views;
  }

  /// One account.
  public Optional<AccountView> one(String id) {
    return row(id).map(row -> view(row, facts(row)));
  }

  private Optional<StoredKey> row(String id) {
    return store.key(workspace, id).filter(row -> row.account() != null);
  }

  private static StoredAccount facts(StoredKey row) {
    StoredAccount account = row.account();
    if (account == null) {
      throw new IllegalArgumentException(row.id() + " is no account (expected: one; check before)");
    }
    return account;
  }

  private AccountView view(StoredKey row, StoredAccount account) {
    return new AccountView(
        row.id(),
        row.name(),
        account,
        row.effectiveGroup(),
        row.paused(),
        Connections.of(row, account, refresher.standing(row.id()), ticker.now()));
  }

  /// Takes in what Google sent back.
  ///
  /// @param begunBy the session or the API token that asks
  public AccountChange complete(Actor actor, String begunBy, Consents.Answer answer) {
    return switch (consents.take(actor, begunBy, answer)) {
      case Consents.Return.Bad(ConsentRefusal why) -> new AccountChange.ConsentRefused(why);
      case Consents.Return.Good(Consented consented) ->
          consented.keyId() == null
              ? connect(actor, consented)
              : reconnect(actor, consented.keyId(), consented);
    };
  }

  private AccountChange connect(Actor actor, Consented consented) {
    return switch (keys.connect(
        actor, consented.refreshToken(), account(consented, null), KeyFields.NONE)) {
      case Connecting.Connected(String id) -> {
        refresher.granted(id, consented.granted());
        yield AccountChange.of(one(id).orElse(null));
      }
      case Connecting.Invalid(String field, String message) -> {
        giveBack(consented);
        yield new AccountChange.Invalid(field, message);
      }
      case Connecting.Conflict(String message) -> {
        giveBack(consented);
        yield new AccountChange.Conflict(message);
      }
    };
  }

  private void giveBack(Consented consented) {
    revocations.giveBack(consented.subject(), consented.clientId(), consented.refreshToken());
  }

  private StoredAccount account(Consented consented, @Nullable String project) {
    Set<String> scopes = consented.granted().scopes();
    Duration lifetime = consented.granted().refreshLifetime();
    Instant now = ticker.now();
    return new StoredAccount(
        KeyKind.GOOGLE_ACCOUNT,
        consented.email(),
        consented.subject(),
        consented.clientId(),
        scopes.isEmpty() ? Set.copyOf(GoogleScopes.ALL) : scopes,
        project,
        now,
        lifetime == null ? null : now.plus(lifetime),
        null,
        "");
  }

  private AccountChange reconnect(Actor actor, String id, Consented consented) {
    StoredKey row = row(id).orElse(null);
    if (row == null) {
      return new AccountChange.NotFound();
    }
    if (!facts(row).subject().equals(consented.subject())) {
      giveBack(consented);
      audit.record(actor, "consent.refused", label(row), ConsentRefusal.OTHER_ACCOUNT.audit());
      return new AccountChange.ConsentRefused(ConsentRefusal.OTHER_ACCOUNT);
    }
    refresher.begins(id);
    Optional<StoredKey> changed =
        keys.change(
            id,
            before ->
                before
                    .withSecret(new StoredSecret.Opened(consented.refreshToken()))
                    .withAccount(account(consented, facts(before).project())));
    if (changed.isEmpty()) {
      return new AccountChange.NotFound();
    }
    refresher.granted(id, consented.granted());
    audit.record(actor, "account.reconnected", label(row), consented.email());
    return AccountChange.of(one(id).orElse(null));
  }

  private static String label(StoredKey row) {
    return row.provider() + "/" + row.name();
  }

  /// What is said of a new service account.
  ///
  /// @param file its key file, as Google made it
  /// @param project null for the file's own
  /// @param force whether it is added although Google refuses it
  public record ServiceAccount(
      Secret file, @Nullable String project, KeyFields fields, boolean force) {}

  /// Adds a service account.
  public AccountChange addServiceAccount(Actor actor, ServiceAccount wanted) {
    actor.requireManager();
    ServiceAccountFile file;
    switch (ServiceAccountFile.of(wanted.file())) {
      case ServiceAccountFile.Reading.Bad(String problem) -> {
        return new AccountChange.Invalid("file", problem);
      }
      case ServiceAccountFile.Reading.Good(ServiceAccountFile good) -> file = good;
    }
    String project = wanted.project() == null ? file.project() : wanted.project().strip();
    String wrong =
        project == null ? "is needed: the file names none" : ProjectNames.problem(project);
    if (project == null || wrong != null) {
      return new AccountChange.Invalid("project", String.valueOf(wrong));
    }
    StoredAccount account =
        new StoredAccount(
            KeyKind.SERVICE_ACCOUNT,
            file.email(),
            file.subject(),
            "",
            Set.copyOf(GoogleScopes.SERVICE),
            project,
            ticker.now(),
            null,
            null,
            "");
    Optional<StoredKey> twin = twin(account, project, "");
    if (twin.isPresent()) {
      return new AccountChange.Conflict(
          "this account is there already: '" + twin.get().name() + "'");
    }
    TokenAnswer answer = grants.service(file.secret());
    AccountChange refusal = wanted.force() ? null : refusal(answer, project);
    if (refusal != null) {
      return refusal;
    }
    return switch (keys.connect(actor, file.secret(), account, wanted.fields())) {
      case Connecting.Connected(String id) -> {
        if (answer instanceof TokenAnswer.Granted granted) {
          refresher.granted(id, granted);
        } else {
          refresher.look();
        }
        yield AccountChange.of(one(id).orElse(null));
      }
      case Connecting.Invalid(String field, String message) ->
          new AccountChange.Invalid(field, message);
      case Connecting.Conflict(String message) -> new AccountChange.Conflict(message);
    };
  }

  private @Nullable AccountChange refusal(TokenAnswer answer, String project) {
    return switch (answer) {
      case TokenAnswer.Granted granted -> refusal(granted.accessToken(), project);
      case TokenAnswer.Unreachable(String reason) ->
          new AccountChange.Unreachable("Google could not be asked: " + reason + ".");
      case TokenAnswer.Ended _ ->
          new AccountChange.Refused(
              "Google does not take this key file: its key was deleted, or the account is disabled.");
      case TokenAnswer.ClientRefused(String error) ->
          new AccountChange.Refused("Google does not take this key file: " + error + ".");
      case TokenAnswer.Refused(String error) ->
          new AccountChange.Refused("Google does not take this key file: " + error + ".");
    };
  }

  private @Nullable AccountChange refusal(Secret accessToken, String project) {
    Google.Trial trial = google.tryProject(accessToken, project);
    return switch (trial.verdict()) {
      case ACCEPTED -> null;
      case REFUSED -> new AccountChange.Refused(trial.message());
      case UNKNOWN -> new AccountChange.Unreachable(trial.message());
    };
  }

  /// Another key of the same account for the same project.
  private Optional<StoredKey> twin(StoredAccount account, String project, String id) {
    return store.keys(workspace).stream()
        .filter(row ->
            !row.id().equals(id)
                && row.account() instanceof StoredAccount other
                && other.subject().equals(account.subject())
                && project.equals(other.project()))
        .findFirst();
  }

  /// Chooses the project whose quota an account uses.
  ///
  /// @param force whether it is chosen although Google refuses it
  public AccountChange chooseProject(Actor actor, String id, String wanted, boolean force) {
    actor.requireManager();
    String project = wanted.strip();
    String wrong = ProjectNames.problem(project);
    if (wrong != null) {
      return new AccountChange.Invalid("project", wrong);
    }
    StoredKey row = row(id).orElse(null);
    if (row == null) {
      return new AccountChange.NotFound();
    }
    Optional<StoredKey> twin = twin(facts(row), project, id);
    if (twin.isPresent()) {
      return new AccountChange.Conflict(
          "this account uses that project already, as '" + twin.get().name() + "'");
    }
    Secret token = force ? null : accessToken(id);
    if (!force) {
      AccountChange refusal =
          token == null
              ? new AccountChange.Unreachable(
                  "There is no access token to try the project with; see how the account stands.")
              : refusal(token, project);
      if (refusal != null) {
        return refusal;
      }
    }
    String before = facts(row).project();
    Optional<StoredKey> changed =
        keys.change(id, now -> now.withAccount(facts(now).withProject(project)));
    if (changed.isEmpty()) {
      return new AccountChange.NotFound();
    }
    audit.record(
        actor, "account.project", label(row), (before == null ? "none" : before) + " → " + project);
    refresher.look();
    return AccountChange.of(one(id).orElse(null));
  }

  /// The access token that lives, or one that Google is asked for now; null when there is none.
  private @Nullable Secret accessToken(String id) {
    Secret live = tokens.of(id).at(ticker.nanos());
    if (live != null) {
      return live;
    }
    return refresher.refresh(id) instanceof TokenAnswer.Granted granted
        ? granted.accessToken()
        : null;
  }

  /// A project, and whose quota it is already.
  public record ProjectView(Google.Project project, List<String> usedBy) {}

  /// The projects of an account, or why there is no list.
  ///
  /// @param problem null when Google gave a list
  public record ProjectList(List<ProjectView> projects, @Nullable String problem) {}

  /// The projects that an account may see; empty when there is no such account.
  public Optional<ProjectList> projects(String id) {
    return row(id).map(row -> listed(id));
  }

  private ProjectList listed(String id) {
    Secret token = accessToken(id);
    if (token == null) {
      return new ProjectList(
          List.of(), "There is no access token to ask with; see how the account stands.");
    }
    return switch (google.projects(token)) {
      case Google.Projects.NotListed(String reason) -> new ProjectList(List.of(), reason);
      case Google.Projects.Listed(List<Google.Project> found) ->
          new ProjectList(
              found.stream().map(project -> new ProjectView(project, users(project, id))).toList(),
              null);
    };
  }

  private List<String> users(Google.Project project, String id) {
    List<String> names = new ArrayList<>();
    for (ProviderKey key : snapshots.current().keys().values()) {
      String group = key.groupName();
      if (key.provider() == Provider.GEMINI
          && !key.id().equals(id)
          && (project.id().equals(group) || group != null && group.equals(project.number()))) {
        names.add(key.name());
      }
    }
    return names;
  }

  /// Asks for an access token now, whatever Google said before.
  public AccountChange refresh(String id) {
    if (row(id).isEmpty()) {
      return new AccountChange.NotFound();
    }
    var _ = refresher.refresh(id);
    return AccountChange.of(one(id).orElse(null));
  }

  /// Removes an account and lets it go at Google; empty when there is none.
  public Optional<Farewell> remove(Actor actor, String id) {
    return keys.disconnect(actor, id).map(row -> revocations.revoke(actor, row));
  }
}
