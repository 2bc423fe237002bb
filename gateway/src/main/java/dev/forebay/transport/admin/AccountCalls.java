package dev.forebay.transport.admin;

import dev.forebay.control.ApiToken;
import dev.forebay.control.people.Account;
import dev.forebay.control.people.ApiTokens;
import dev.forebay.control.people.PasswordChange;
import dev.forebay.control.people.Session;
import dev.forebay.control.people.Sessions;
import dev.forebay.control.people.TokenResult;
import dev.forebay.secrets.SecretAccess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/// What people read and change of their own. Thread-safe.
final class AccountCalls {

  private final Account account;
  private final Sessions sessions;
  private final ApiTokens tokens;
  private final LiveListener feed;

  AccountCalls(ConsoleParts parts) {
    this.account = parts.account();
    this.sessions = parts.sessions();
    this.tokens = parts.tokens();
    this.feed = parts.feed();
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("editAccount", this::edit);
    handlers.put("changePassword", this::changePassword);
    handlers.put("listSessions", this::sessions);
    handlers.put("revokeSession", this::revokeSession);
    handlers.put("revokeOtherSessions", this::revokeOthers);
    handlers.put("listTokens", this::tokens);
    handlers.put("createToken", this::createToken);
    handlers.put("revokeToken", this::revokeToken);
  }

  private ApiAnswer edit(ApiRequest request) {
    return PeopleCalls.answer(
        account.edit(
            request.actor(),
            request.person(),
            request.body().getString("email"),
            request.body().getString("name")),
        feed);
  }

  private ApiAnswer changePassword(ApiRequest request) {
    Session session = request.who().session();
    PasswordChange change =
        account.changePassword(
            request.actor(),
            request.person(),
            session == null ? null : session.id(),
            request.body().getString("current"),
            request.body().getString("next"));
    return switch (change) {
      case PasswordChange.Done _ -> ApiAnswer.empty();
      case PasswordChange.WrongPassword _ ->
          ApiAnswer.refused(403, "wrong-password", "The current password is another one.");
      case PasswordChange.TooManyAttempts(Duration retryAfter) -> ApiAnswer.tooMany(retryAfter);
      case PasswordChange.Invalid(String field, String message) ->
          ApiAnswer.invalid(field, message);
      case PasswordChange.ManagedByFile _ -> ApiAnswer.managedByFile();
    };
  }

  private ApiAnswer sessions(ApiRequest request) {
    JsonArray list = new JsonArray();
    sessions
        .list(request.person(), request.who().sessionId())
        .forEach(session -> list.add(PeopleJson.session(session)));
    return ApiAnswer.json(list);
  }

  private ApiAnswer revokeSession(ApiRequest request) {
    return sessions.revoke(request.actor(), request.person(), request.id())
        ? ApiAnswer.empty()
        : ApiAnswer.notFound("session");
  }

  private ApiAnswer revokeOthers(ApiRequest request) {
    sessions.revokeOthers(request.actor(), request.person(), request.who().sessionId());
    return ApiAnswer.empty();
  }

  private ApiAnswer tokens(ApiRequest request) {
    JsonArray list = new JsonArray();
    tokens.list(request.person()).forEach(token -> list.add(PeopleJson.token(token)));
    return ApiAnswer.json(list);
  }

  private ApiAnswer createToken(ApiRequest request) {
    TokenResult result =
        tokens.create(
            request.actor(),
            request.person(),
            request.body().getString("name"),
            request.body().getInteger("expiresInDays"));
    return switch (result) {
      case TokenResult.Made(ApiToken token, var secret) ->
          ApiAnswer.created(
              new JsonObject()
                  .put("token", PeopleJson.token(token))
                  .put("secret", secret.reveal(SecretAccess.granted())));
      case TokenResult.Invalid(String field, String message) -> ApiAnswer.invalid(field, message);
      case TokenResult.TooMany(String message) -> ApiAnswer.conflict(message);
    };
  }

  private ApiAnswer revokeToken(ApiRequest request) {
    return tokens.revoke(request.actor(), request.person(), request.id())
        ? ApiAnswer.empty()
        : ApiAnswer.notFound("API token");
  }
}
