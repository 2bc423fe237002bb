package dev.forebay.transport.admin;

import dev.forebay.control.GoogleSettings.Publishing;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.google.AccountChange;
import dev.forebay.control.google.AccountView;
import dev.forebay.control.google.AccountWarnings;
import dev.forebay.control.google.ClientCheck;
import dev.forebay.control.google.ConsentRefusal;
import dev.forebay.control.google.Consents;
import dev.forebay.control.google.GoogleAccounts;
import dev.forebay.control.google.GoogleClients;
import dev.forebay.control.keys.KeyFields;
import dev.forebay.secrets.Secret;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Google accounts and the OAuth client behind them. Thread-safe.
final class GoogleCalls {

  private final SnapshotSource snapshots;
  private final GoogleClients clients;
  private final ClientCheck check;
  private final Consents consents;
  private final GoogleAccounts accounts;
  private final Picture picture;

  GoogleCalls(ConsoleParts parts, Picture picture) {
    this.snapshots = parts.snapshots();
    this.clients = parts.google().clients();
    this.check = parts.google().check();
    this.consents = parts.google().consents();
    this.accounts = parts.google().accounts();
    this.picture = picture;
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("getGoogleClient", _ -> ApiAnswer.json(GoogleJson.client(clients.view())));
    handlers.put("putGoogleClient", this::putClient);
    handlers.put("removeGoogleClient", this::removeClient);
    handlers.put("checkGoogleClient", this::check);
    handlers.put("startGoogleConsent", this::begin);
    handlers.put("completeGoogleConsent", this::complete);
    handlers.put("listGoogleAccounts", _ -> ApiAnswer.json(list()));
    handlers.put("addServiceAccount", this::addServiceAccount);
    handlers.put("getGoogleAccount", this::get);
    handlers.put("removeGoogleAccount", this::remove);
    handlers.put("listGoogleProjects", this::projects);
    handlers.put("chooseGoogleProject", this::choose);
    handlers.put("refreshGoogleAccount", request -> answer(accounts.refresh(request.id())));
  }

  private ApiAnswer putClient(ApiRequest request) {
    JsonObject body = request.body();
    String publishing = body.getString("publishing");
    return switch (clients.put(
        request.actor(),
        new GoogleClients.Wanted(
            body.getString("clientId"),
            body.getString("clientSecret"),
            publishing == null ? null : Publishing.valueOf(publishing.toUpperCase(Locale.ROOT)),
            body.getString("consoleUrl"),
            !body.containsKey("consoleUrl")))) {
      case GoogleClients.Change.Done(GoogleClients.View view) ->
          ApiAnswer.json(GoogleJson.client(view));
      case GoogleClients.Change.Invalid(String field, String message) ->
          ApiAnswer.invalid(field, message);
      case GoogleClients.Change.ManagedByFile _ -> ApiAnswer.managedByFile();
      case GoogleClients.Change.NotFound _ -> ApiAnswer.notFound("OAuth client");
    };
  }

  private ApiAnswer removeClient(ApiRequest request) {
    return switch (clients.remove(request.actor())) {
      case GoogleClients.Change.Done _ -> ApiAnswer.empty();
      case GoogleClients.Change.Invalid(String field, String message) ->
          ApiAnswer.invalid(field, message);
      case GoogleClients.Change.ManagedByFile _ -> ApiAnswer.managedByFile();
      case GoogleClients.Change.NotFound _ -> ApiAnswer.notFound("OAuth client");
    };
  }

  private ApiAnswer check(ApiRequest request) {
    List<ClientCheck.Finding> findings = check.check();
    return ApiAnswer.json(GoogleJson.check(findings));
  }

  /// The session or the API token that may finish what it began.
  private static String begunBy(ApiRequest request) {
    String session = request.who().sessionId();
    return session.isEmpty() ? "token " + request.actor().name() : "session " + session;
  }

  private ApiAnswer begin(ApiRequest request) {
    JsonObject body = request.body();
    return switch (consents.begin(
        request.actor(),
        begunBy(request),
        body.getString("account"),
        body.getInteger("loopbackPort"))) {
      case Consents.Beginning.Begun begun ->
          ApiAnswer.created(
              new JsonObject()
                  .put("id", begun.id())
                  .put("url", begun.url().toString())
                  .put("redirectUri", begun.redirectUri())
                  .put("expiresAt", Values.instant(begun.expiresAt())));
      case Consents.Beginning.NotFound _ -> ApiAnswer.notFound("Google account");
      case Consents.Beginning.NotReady(String message) ->
          ApiAnswer.refused(409, "not-ready", message);
    };
  }

  private ApiAnswer complete(ApiRequest request) {
    JsonObject body = request.body();
    String code = body.getString("code");
    return answer(
        accounts.complete(
            request.actor(),
            begunBy(request),
            new Consents.Answer(
                body.getString("state"),
                code == null ? null : Secret.of(code),
                body.getString("error"))));
  }

  private JsonObject list() {
    List<AccountView> all = accounts.all();
    return GoogleJson.list(
        all,
        AccountWarnings.of(all, snapshots.current(), clients.current()),
        clients.current(),
        picture);
  }

  private ApiAnswer get(ApiRequest request) {
    return accounts
        .one(request.id())
        .<ApiAnswer>map(view -> ApiAnswer.json(json(view)))
        .orElseGet(() -> ApiAnswer.notFound("Google account"));
  }

  private JsonObject json(AccountView view) {
    return GoogleJson.account(view, clients.current(), picture);
  }

  private ApiAnswer addServiceAccount(ApiRequest request) {
    JsonObject body = request.body();
    KeyFields fields =
        new KeyFields(
            null,
            body.getString("name"),
            body.getInteger("priority", KeyFields.NORMAL_PRIORITY),
            null,
            null,
            Set.of(),
            null,
            null,
            "",
            false);
    AccountChange change =
        accounts.addServiceAccount(
            request.actor(),
            new GoogleAccounts.ServiceAccount(
                Secret.of(body.getString("file")),
                body.getString("project"),
                fields,
                body.getBoolean("force", false)));
    return change instanceof AccountChange.Done(AccountView view)
        ? ApiAnswer.created(json(view))
        : answer(change);
  }

  private ApiAnswer remove(ApiRequest request) {
    return accounts
        .remove(request.actor(), request.id())
        .<ApiAnswer>map(farewell ->
            ApiAnswer.json(
                new JsonObject()
                    .put("revoked", farewell.revoked())
                    .put("message", farewell.message())))
        .orElseGet(() -> ApiAnswer.notFound("Google account"));
  }

  private ApiAnswer projects(ApiRequest request) {
    return accounts
        .projects(request.id())
        .<ApiAnswer>map(list -> ApiAnswer.json(GoogleJson.projects(list)))
        .orElseGet(() -> ApiAnswer.notFound("Google account"));
  }

  private ApiAnswer choose(ApiRequest request) {
    JsonObject body = request.body();
    return answer(
        accounts.chooseProject(
            request.actor(),
            request.id(),
            body.getString("project"),
            body.getBoolean("force", false)));
  }

  private ApiAnswer answer(AccountChange change) {
    return switch (change) {
      case AccountChange.Done(AccountView view) -> ApiAnswer.json(json(view));
      case AccountChange.Invalid(String field, String message) -> ApiAnswer.invalid(field, message);
      case AccountChange.Conflict(String message) -> ApiAnswer.conflict(message);
      case AccountChange.Refused(String message) ->
          ApiAnswer.refused(422, "refused-by-provider", message);
      case AccountChange.Unreachable(String message) ->
          ApiAnswer.refused(502, "google-unreachable", message);
      case AccountChange.ConsentRefused(ConsentRefusal why) ->
          ApiAnswer.refused(status(why), why.type(), why.message());
      case AccountChange.NotFound _ -> ApiAnswer.notFound("Google account");
    };
  }

  private static int status(ConsentRefusal why) {
    return switch (why) {
      case UNKNOWN, FOREIGN -> 403;
      case USED, LATE, CLIENT_CHANGED, OTHER_ACCOUNT -> 409;
      case DENIED, FAILED, CODE, CLIENT, SCOPE, NO_REFRESH_TOKEN -> 422;
      case UNREACHABLE -> 502;
    };
  }
}
