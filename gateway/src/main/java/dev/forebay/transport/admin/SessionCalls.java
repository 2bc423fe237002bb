package dev.forebay.transport.admin;

import dev.forebay.control.Person;
import dev.forebay.control.people.Session;
import dev.forebay.control.people.Sessions;
import dev.forebay.control.people.SignIn;
import dev.forebay.control.people.SignInResult;
import dev.forebay.control.people.Visitor;
import dev.forebay.secrets.SecretAccess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Set-up, signing in and out. Thread-safe.
final class SessionCalls {

  private final SignIn signIn;
  private final Sessions sessions;
  private final LiveListener feed;
  private final String version;
  private final boolean demo;

  SessionCalls(ConsoleParts parts) {
    this.signIn = parts.signIn();
    this.sessions = parts.sessions();
    this.feed = parts.feed();
    this.version = parts.version();
    this.demo = parts.demo();
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("getSession", this::session);
    handlers.put("signIn", this::signIn);
    handlers.put("signInByLink", this::signInByLink);
    handlers.put("setUp", this::setUp);
    handlers.put("acceptInvitation", this::accept);
    handlers.put("signOut", this::signOut);
  }

  private ApiAnswer session(ApiRequest request) {
    Identity identity = request.identity();
    if (identity == null) {
      return ApiAnswer.json(state(signIn.needsSetUp() ? "setup" : "signed-out"));
    }
    return ApiAnswer.json(signedIn(identity.person(), identity.session()));
  }

  private JsonObject state(String state) {
    return new JsonObject().put("state", state).put("version", version).put("demo", demo);
  }

  private JsonObject signedIn(Person person, @Nullable Session session) {
    JsonObject json = state("signed-in").put("person", PeopleJson.person(person));
    if (session != null) {
      json.put("csrfToken", session.csrfToken());
      Values.put(json, "expiresAt", session.expiresAt());
    }
    return json;
  }

  private static Visitor visitor(ApiRequest request) {
    return new Visitor(request.address(), request.agent());
  }

  private ApiAnswer signIn(ApiRequest request) {
    return entered(
        request,
        signIn.signIn(
            request.body().getString("email"),
            request.body().getString("password"),
            visitor(request)));
  }

  private ApiAnswer signInByLink(ApiRequest request) {
    return entered(
        request, signIn.signInByLink(request.body().getString("token"), visitor(request)));
  }

  private ApiAnswer setUp(ApiRequest request) {
    JsonObject body = request.body();
    return entered(
        request,
        signIn.setUp(
            body.getString("token"),
            body.getString("email"),
            body.getString("name"),
            body.getString("password"),
            visitor(request)));
  }

  private ApiAnswer accept(ApiRequest request) {
    JsonObject body = request.body();
    return entered(
        request,
        signIn.accept(
            body.getString("token"),
            body.getString("name"),
            body.getString("password"),
            visitor(request)));
  }

  private ApiAnswer entered(ApiRequest request, SignInResult result) {
    return switch (result) {
      case SignInResult.SignedIn(Session session, var token) -> {
        feed.configChanged("people");
        yield ApiAnswer.json(signedIn(session.person(), session))
            .with(
                "set-cookie",
                Doorkeeper.cookie(
                    token.reveal(SecretAccess.granted()), COOKIE_LIFE, request.encrypted()));
      }
      case SignInResult.WrongPassword _ ->
          ApiAnswer.refused(
              401, "wrong-password", "The e-mail address or the password is not right.");
      case SignInResult.TooManyAttempts(Duration retryAfter) -> ApiAnswer.tooMany(retryAfter);
      case SignInResult.BadToken _ ->
          ApiAnswer.refused(
              401, "bad-link", "The link was used before, has expired or is not whole.");
      case SignInResult.Invalid(String field, String message) -> ApiAnswer.invalid(field, message);
      case SignInResult.Conflict(String message) -> ApiAnswer.conflict(message);
    };
  }

  /// The session itself ends when it is not used for its lifetime; the cookie only has to last.
  private static final Duration COOKIE_LIFE = Duration.ofDays(400);

  private ApiAnswer signOut(ApiRequest request) {
    Session session = request.who().session();
    if (session != null) {
      sessions.signOut(session, request.actor());
    }
    return ApiAnswer.empty()
        .with("set-cookie", Doorkeeper.cookie("", Duration.ZERO, request.encrypted()));
  }
}
