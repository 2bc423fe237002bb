package dev.forebay.transport.admin;

import dev.forebay.control.audit.Actor;
import dev.forebay.control.people.ApiTokens;
import dev.forebay.control.people.LocalOperator;
import dev.forebay.control.people.Session;
import dev.forebay.control.people.Sessions;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Knows who makes a call, and refuses calls that another site made a browser make. Thread-safe.
final class Doorkeeper {

  static final String COOKIE = "forebay_session";
  static final String CSRF = "x-csrf-token";

  private static final String BEARER = "bearer ";

  private final Sessions sessions;
  private final ApiTokens tokens;
  private final LocalOperator operator;

  Doorkeeper(Sessions sessions, ApiTokens tokens, LocalOperator operator) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.operator = operator;
  }

  /// What a request shows of itself, read on the event loop.
  ///
  /// @param cookie the session's token
  /// @param bearer an API token
  record Credentials(
      boolean changes,
      @Nullable String cookie,
      @Nullable String bearer,
      @Nullable String csrf,
      @Nullable String origin,
      @Nullable String host,
      String address) {

    static Credentials of(HttpServerRequest request) {
      String authorization = request.getHeader("authorization");
      Cookie cookie = request.getCookie(COOKIE);
      HttpMethod method = request.method();
      return new Credentials(
          method != HttpMethod.GET && method != HttpMethod.HEAD,
          cookie == null ? null : cookie.getValue(),
          bearer(authorization),
          request.getHeader(CSRF),
          request.getHeader("origin"),
          request.getHeader("host"),
          Doorkeeper.address(request));
    }

    private static @Nullable String bearer(@Nullable String authorization) {
      return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
          ? authorization.substring(BEARER.length()).strip()
          : null;
    }

    /// A browser tells which site a page is from; other programs send nothing.
    boolean isFromElsewhere() {
      if (origin == null || bearer != null) {
        return false;
      }
      int scheme = origin.indexOf("://");
      return scheme < 0 || !origin.substring(scheme + 3).equalsIgnoreCase(host);
    }
  }

  static String address(HttpServerRequest request) {
    String address = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    return address == null ? "" : address;
  }

  /// Who a caller is.
  sealed interface Entry {

    record Known(Identity identity) implements Entry {}

    /// Nobody is signed in.
    record Nobody() implements Entry {}

    record Refused(Problem problem) implements Entry {}
  }

  /// Blocks.
  Entry enter(Credentials shown) {
    if (shown.changes() && shown.isFromElsewhere()) {
      return new Entry.Refused(
          Problem.of(403, "csrf", "The request came from a page of another site."));
    }
    String bearer = shown.bearer();
    if (bearer != null && operator.holds(bearer)) {
      return new Entry.Known(
          new Identity(operator.actor(shown.address()), operator.person(), null));
    }
    if (bearer != null) {
      return tokens
          .resume(bearer)
          .<Entry>map(known ->
              new Entry.Known(
                  new Identity(
                      Actor.of(known.person(), known.token(), shown.address()),
                      known.person(),
                      null)))
          .orElseGet(() ->
              new Entry.Refused(
                  Problem.of(
                      401,
                      "not-signed-in",
                      "Nobody holds this API token, or it has expired. Make one under Account.")));
    }
    String cookie = shown.cookie();
    Session session = cookie == null ? null : sessions.resume(cookie).orElse(null);
    if (session == null) {
      return new Entry.Nobody();
    }
    return new Entry.Known(
        new Identity(Actor.of(session.person(), shown.address()), session.person(), session));
  }

  /// Null when the request carries its session's own token, or needs none.
  @Nullable Problem csrf(Credentials shown, Identity identity) {
    Session session = identity.session();
    if (session == null || !shown.changes()) {
      return null;
    }
    String presented = shown.csrf();
    return presented != null && session.csrf(presented)
        ? null
        : Problem.of(
            403,
            "csrf",
            "The session's CSRF token is missing or is another one: send it in " + CSRF + ".");
  }

  /// Whether the session still is there. Blocks.
  boolean lives(Credentials shown) {
    return enter(shown) instanceof Entry.Known;
  }

  /// The cookie of a new session, or of one that goes on.
  static String cookie(String token, Duration lifetime, boolean encrypted) {
    Cookie cookie =
        Cookie.cookie(COOKIE, token)
            .setPath("/")
            .setHttpOnly(true)
            .setSameSite(CookieSameSite.STRICT)
            .setMaxAge(lifetime.toSeconds());
    return (encrypted ? cookie.setSecure(true) : cookie).encode();
  }
}
