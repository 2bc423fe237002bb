package dev.forebay.app;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls the API as the console's page does: with a cookie and the session's CSRF token.
final class Browser {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String origin;
  final List<String> seen = new CopyOnWriteArrayList<>();
  @Nullable String cookie;
  @Nullable String csrf;
  @Nullable String bearer;

  Browser(String origin) {
    this.origin = origin;
  }

  static Browser at(Gateway gateway) {
    return new Browser(gateway.address().url());
  }

  /// Another window that knows nothing yet.
  Browser another() {
    return new Browser(origin);
  }

  record Reply(int status, HttpResponse<String> response) {
    JsonObject json() {
      return new JsonObject(response.body());
    }

    JsonArray list() {
      return new JsonArray(response.body());
    }

    String type() {
      return json().getString("type");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  HttpRequest.Builder request(String method, String path, @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(30));
    if (cookie != null) {
      request.header("cookie", cookie);
    }
    if (csrf != null) {
      request.header("x-csrf-token", csrf);
    }
    if (bearer != null) {
      request.header("authorization", "Bearer " + bearer);
    }
    if (body == null) {
      return request.method(method, BodyPublishers.noBody());
    }
    return request
        .header("content-type", "application/json")
        .method(method, BodyPublishers.ofString(Json.encode(body)));
  }

  Reply send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    seen.add(response.headers().map() + "\n" + response.body());
    response
        .headers()
        .firstValue("set-cookie")
        .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
    return new Reply(response.statusCode(), response);
  }

  Reply call(String method, String path, @Nullable Object body) throws Exception {
    return send(request(method, "/api/v1" + path, body));
  }

  Reply get(String path) throws Exception {
    return call("GET", path, null);
  }

  Reply post(String path, @Nullable Object body) throws Exception {
    return call("POST", path, body);
  }

  Reply patch(String path, Object body) throws Exception {
    return call("PATCH", path, body);
  }

  Reply delete(String path) throws Exception {
    return call("DELETE", path, null);
  }

  /// Takes the CSRF token out of an answer that carries a session.
  Reply entered(Reply reply) {
    if (reply.status() == 200) {
      csrf = reply.json().getString("csrfToken");
    }
    return reply;
  }

  Reply setUp(Gateway gateway, String email, String password) throws Exception {
    String token = String.valueOf(gateway.setUpToken());
    return entered(
        post(
            "/setup",
            new JsonObject()
                .put("token", token)
                .put("email", email)
                .put("name", email.substring(0, email.indexOf('@')))
                .put("password", password)));
  }

  Reply signIn(String email, String password) throws Exception {
    return entered(
        post("/session", new JsonObject().put("email", email).put("password", password)));
  }

  /// Invites somebody and lets them join in a window of their own.
  Browser invited(String email, String role, String password) throws Exception {
    Reply made =
        post("/people/invitations", new JsonObject().put("email", email).put("role", role));
    String link = made.json().getString("link");
    Browser theirs = another();
    theirs.entered(
        theirs.post(
            "/invitations/accept",
            new JsonObject()
                .put("token", link.substring(link.indexOf('=') + 1))
                .put("name", role.toUpperCase(Locale.ROOT))
                .put("password", password)));
    return theirs;
  }

  static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  /// Lines of the live feed as they come.
  HttpResponse<Stream<String>> follow(String topics) throws Exception {
    return HTTP.send(
        request("GET", "/api/v1/events?topics=" + topics, null)
            .timeout(Duration.ofSeconds(60))
            .build(),
        HttpResponse.BodyHandlers.ofLines());
  }
}
