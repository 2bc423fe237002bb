package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.simulator.GoogleAuthorize.Step;
import dev.forebay.simulator.GoogleSpec.Project;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Google's pages and endpoints beside the Gemini API. Event loop only.
///
/// | method and path | at Google it is |
/// |---|---|
/// | `GET /o/oauth2/v2/auth` | `accounts.google.com`: account chooser and consent screen |
/// | `POST /token`, `POST /revoke` | `oauth2.googleapis.com` |
/// | `GET /oauth2/v3/userinfo`, `/v1/userinfo`, `/oauth2/v3/certs` | who somebody is |
/// | `GET /v1/projects`, `/v3/projects:search` | `cloudresourcemanager.googleapis.com` |
final class GoogleDoor {

  static final String AUTHORIZE = "/o/oauth2/v2/auth";
  static final String TOKEN = "/token";

  private static final Set<String> PATHS =
      Set.of(
          AUTHORIZE,
          TOKEN,
          "/revoke",
          "/oauth2/v3/userinfo",
          "/v1/userinfo",
          "/oauth2/v3/certs",
          "/v1/projects",
          "/v3/projects:search");
  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final int PROJECTS_A_PAGE = 100;

  private final Vertx vertx;
  private final World world;
  private final Google google;
  private final GoogleTokens tokens;

  GoogleDoor(Vertx vertx, World world) {
    this.vertx = vertx;
    this.world = world;
    this.google = world.google();
    this.tokens = new GoogleTokens(world);
  }

  /// Whether a request is for Google's side.
  boolean serves(HttpServerRequest request) {
    return google.present() && PATHS.contains(path(request));
  }

  void handle(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> {
          record(request, body);
          if (body.length() > MAX_BODY_BYTES) {
            send(request, GoogleAnswer.error(413, "invalid_request", "Body too large"));
          } else {
            GoogleAnswer answer = answer(request, body);
            boolean waits = TOKEN.equals(path(request)) && google.delay().isPositive();
            if (waits) {
              long millis = Math.max(1, google.delay().toMillis());
              vertx.setTimer(millis, _ -> send(request, answer));
            } else {
              send(request, answer);
            }
          }
        });
  }

  private void record(HttpServerRequest request, Buffer body) {
    if (!world.ledger().records()) {
      return;
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : request.headers()) {
      headers.add(Map.entry(header.getKey(), header.getValue()));
    }
    String query = request.query();
    world
        .ledger()
        .add(
            new ReceivedRequest(
                world.clock().now(),
                request.method().name(),
                path(request),
                query == null ? "" : query,
                List.copyOf(headers),
                body.getBytes(),
                null));
  }

  /// Empty for a request that names none.
  private static String path(HttpServerRequest request) {
    String path = request.path();
    return path == null ? "" : path;
  }

  private GoogleAnswer answer(HttpServerRequest request, Buffer body) {
    boolean get = request.method().name().equals("GET");
    boolean post = request.method().name().equals("POST");
    return switch (path(request)) {
      case AUTHORIZE -> {
        if (get) {
          yield page(
              google
                  .authorize()
                  .next(
                      Google.parameters(
                          new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8))));
        }
        yield post ? decided(body) : notAllowed();
      }
      case TOKEN ->
          post
              ? tokens.token(
                  first(form(body)),
                  header(request, "authorization"),
                  request.scheme() + "://" + request.authority() + TOKEN)
              : notAllowed();
      case "/revoke" -> post ? tokens.revoke(revocation(request, body)) : notAllowed();
      case "/oauth2/v3/certs" -> GoogleAnswer.json(200, google.keys().certificates());
      case "/oauth2/v3/userinfo", "/v1/userinfo" -> get || post ? userinfo(request) : notAllowed();
      default -> get ? projects(request) : notAllowed();
    };
  }

  private static GoogleAnswer notAllowed() {
    return GoogleAnswer.error(405, "invalid_request", "Method not allowed");
  }

  private static String header(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private static Map<String, List<String>> form(Buffer body) {
    return new QueryStringDecoder(body.toString(StandardCharsets.UTF_8), false).parameters();
  }

  private static Map<String, String> first(Map<String, List<String>> form) {
    Map<String, String> first = new HashMap<>();
    form.forEach((name, values) -> first.put(name, values.getFirst()));
    return first;
  }

  /// The token to revoke may stand in the query, too.
  private static Map<String, String> revocation(HttpServerRequest request, Buffer body) {
    Map<String, String> form = first(form(body));
    MultiMap query = request.params();
    if (query.contains("token")) {
      form.putIfAbsent("token", query.get("token"));
    }
    return form;
  }

  private GoogleAnswer page(Step step) {
    return switch (step) {
      case Step.Choose(var client, var parameters) ->
          GoogleAnswer.page(200, GooglePage.chooser(client, parameters, google.users()));
      case Step.Ask(var client, var user, var scopes, var parameters) ->
          GoogleAnswer.page(200, GooglePage.consent(client, user, scopes, parameters));
      case Step.Return(String location) -> GoogleAnswer.redirect(location);
      case Step.Blocked blocked -> GoogleAnswer.page(blocked.status(), GooglePage.blocked(blocked));
    };
  }

  private GoogleAnswer decided(Buffer body) {
    Map<String, List<String>> form = form(body);
    Map<String, String> parameters = new LinkedHashMap<>(first(form));
    parameters.remove("ticked");
    boolean allowed = "allow".equals(parameters.remove("decision"));
    return page(
        allowed
            ? google
                .authorize()
                .allow(parameters, Set.copyOf(form.getOrDefault("ticked", List.of())))
            : google.authorize().cancel(parameters));
  }

  private GoogleAnswer userinfo(HttpServerRequest request) {
    return google.grants().show(GoogleBearer.token(header(request, "authorization")))
            instanceof GoogleGrants.Shown.Good(GoogleGrants.Access access)
        ? GoogleAnswer.json(
            200, GoogleTokens.profile(google.user(access.email()), access.email(), access.scopes()))
        : GoogleAnswer.error(401, "invalid_request", "Invalid Credentials");
  }

  private GoogleAnswer projects(HttpServerRequest request) {
    GoogleGrants.Shown shown =
        google.grants().show(GoogleBearer.token(header(request, "authorization")));
    if (!(shown instanceof GoogleGrants.Shown.Good(GoogleGrants.Access access))) {
      return refused(
          GeminiErrors.withReason(
              GoogleBearer.unauthenticated(shown), GoogleBearer.RESOURCE_MANAGER, ""));
    }
    if (!GoogleScopes.listsProjects(access.scopes())) {
      return refused(
          GeminiErrors.withReason(GoogleBearer.insufficient(), GoogleBearer.RESOURCE_MANAGER, ""));
    }
    GoogleSpec.Client client = google.client(access.client());
    if (client != null && !client.projectListing()) {
      String number = client.projectNumber();
      return refused(
          GeminiErrors.withReason(
              new ApiError(
                  403,
                  "PERMISSION_DENIED",
                  "SERVICE_DISABLED",
                  ("Cloud Resource Manager API has not been used in project %s before or it is"
                          + " disabled. Enable it by visiting"
                          + " https://console.developers.google.com/apis/api/%s/overview?project=%s"
                          + " then retry.")
                      .formatted(number, GoogleBearer.RESOURCE_MANAGER, number)),
              GoogleBearer.RESOURCE_MANAGER,
              number));
    }
    return GoogleAnswer.json(
        200,
        listing(
            google.projectsOf(access.email()),
            path(request).startsWith("/v1"),
            request.getParam("pageSize", ""),
            request.getParam("pageToken", "")));
  }

  private static ObjectNode listing(
      List<Project> projects, boolean first, String pageSize, String pageToken) {
    int size = number(pageSize, PROJECTS_A_PAGE);
    int from = Math.min(projects.size(), number(pageToken, 0));
    int to = Math.min(projects.size(), from + Math.max(1, size));
    ObjectNode body = JsonText.object();
    ArrayNode array = body.putArray("projects");
    for (Project project : projects.subList(from, to)) {
      if (first) {
        array
            .addObject()
            .put("projectNumber", project.number())
            .put("projectId", project.id())
            .put("lifecycleState", "ACTIVE")
            .put("name", project.name())
            .put("createTime", "2026-01-15T09:00:00.000Z");
      } else {
        array
            .addObject()
            .put("name", "projects/" + project.number())
            .put("projectId", project.id())
            .put("state", "ACTIVE")
            .put("displayName", project.name())
            .put("createTime", "2026-01-15T09:00:00.000Z");
      }
    }
    if (to < projects.size()) {
      body.put("nextPageToken", Integer.toString(to));
    }
    return body;
  }

  private static int number(String text, int otherwise) {
    try {
      return text.isEmpty() ? otherwise : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException notANumber) {
      return otherwise;
    }
  }

  private static GoogleAnswer refused(ApiError error) {
    return GoogleAnswer.json(error.status(), error.body(Provider.GEMINI, ""));
  }

  private static void send(HttpServerRequest request, GoogleAnswer answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response
        .setStatusCode(answer.status())
        .putHeader("content-type", answer.contentType())
        .putHeader("cache-control", "no-store")
        .putHeader(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        .putHeader("referrer-policy", "no-referrer");
    if (!answer.location().isEmpty()) {
      response.putHeader("location", answer.location());
    }
    response.end(answer.body());
  }
}
