package dev.forebay.transport.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.GoogleSettings;
import dev.forebay.control.GoogleSettings.Endpoints;
import dev.forebay.control.GoogleSettings.Publishing;
import dev.forebay.control.google.Google.Page;
import dev.forebay.control.google.Google.Projects;
import dev.forebay.control.google.Google.Trial;
import dev.forebay.control.google.Google.Who;
import dev.forebay.control.google.TokenAnswer;
import dev.forebay.exchange.Origin;
import dev.forebay.secrets.Secret;
import dev.forebay.testing.TestGateway;
import dev.forebay.transport.client.VertxUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What goes to Google and what is made of its answers, through real sockets.
@Timeout(60)
class GoogleHttpTest {

  private static final Secret TOKEN = Secret.of("ya29.test-token");
  private static final GoogleSettings.Client CLIENT =
      new GoogleSettings.Client("client-1", Secret.of("GOCSPX-test-secret"), Publishing.UNKNOWN);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = "{}";
  private volatile String location = "";
  private HttpServer server;
  private GoogleHttp google;
  private String origin;

  @BeforeEach
  void start() {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request ->
                request
                    .body()
                    .onSuccess(sent -> {
                      received.add(
                          request.method()
                              + " "
                              + request.uri()
                              + "\n"
                              + request.headers()
                              + "\n"
                              + sent.toString(StandardCharsets.UTF_8));
                      if (!location.isEmpty()) {
                        request.response().putHeader("location", location);
                      }
                      request.response().setStatusCode(status).end(body);
                    }));
    server.listen(0, "127.0.0.1").await();
    origin = "http://127.0.0.1:" + server.actualPort();
    Endpoints endpoints =
        new Endpoints(
            URI.create(origin + "/auth"),
            URI.create(origin + "/token"),
            URI.create(origin + "/revoke"),
            URI.create(origin + "/userinfo"),
            URI.create(origin + "/v1/projects"),
            new Origin(false, "127.0.0.1", server.actualPort(), ""));
    google =
        new GoogleHttp(
            vertx,
            loop -> new VertxUpstream(loop, TestGateway.TICKER),
            () -> new GoogleSettings(null, null, endpoints));
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private void answer(int answered, String with) {
    status = answered;
    body = with;
    received.clear();
  }

  @Test
  void exchangesACode() {
    answer(
        200,
        """
        {"access_token":"ya29.test-a","expires_in":3599,"refresh_token":"1//test-r","token_type":"Bearer",
         "scope":"openid https://www.googleapis.com/auth/cloud-platform","refresh_token_expires_in":604799}
        """);
    TokenAnswer answer =
        google.exchange(
            CLIENT, Secret.of("4/test code"), "https://f.example/cb", Secret.of("test-verifier"));

    assertThat(answer)
        .isEqualTo(
            new TokenAnswer.Granted(
                Secret.of("ya29.test-a"),
                Duration.ofSeconds(3599),
                Secret.of("1//test-r"),
                Set.of("openid", "https://www.googleapis.com/auth/cloud-platform"),
                Duration.ofSeconds(604_799)));
    assertThat(received.getFirst())
        .startsWith("POST /token\n")
        .contains("application/x-www-form-urlencoded")
        .endsWith(
            "grant_type=authorization_code&code=4%2Ftest+code"
                + "&redirect_uri=https%3A%2F%2Ff.example%2Fcb&code_verifier=test-verifier"
                + "&client_id=client-1&client_secret=GOCSPX-test-secret");
    assertThat(answer.toString()).doesNotContain("test-a", "test-r");
  }

  @Test
  void asksForTheNextTokenAndForAServiceAccounts() {
    answer(200, "{\"access_token\":\"ya29.test-b\"}");
    assertThat(google.refresh(CLIENT, Secret.of("1//test-refresh")))
        .isInstanceOfSatisfying(
            TokenAnswer.Granted.class,
            granted -> assertThat(granted.lifetime()).isEqualTo(Duration.ofHours(1)));
    assertThat(received.getFirst())
        .contains("grant_type=refresh_token&refresh_token=1%2F%2Ftest-refresh");
    google.grant(Secret.of("a.b.c"));
    assertThat(received.getLast())
        .endsWith(
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a.b.c");
  }

  private TokenAnswer refused(int answered, String with) {
    answer(answered, with);
    return google.refresh(CLIENT, Secret.of("1//test-refresh"));
  }

  @Test
  void tellsAnEndedGrantFromAWrongClientAndFromAnOutage() {
    assertThat(refused(400, "{\"error\":\"invalid_grant\",\"error_description\":\"x\"}"))
        .isEqualTo(new TokenAnswer.Ended(false));
    assertThat(refused(400, "{\"error\":\"invalid_grant\",\"error_subtype\":\"invalid_rapt\"}"))
        .isEqualTo(new TokenAnswer.Ended(true));
    assertThat(refused(401, "{\"error\":\"invalid_client\"}"))
        .isEqualTo(new TokenAnswer.ClientRefused("invalid_client"));
    assertThat(refused(401, "{\"error\":\"unauthorized_client\"}"))
        .isEqualTo(new TokenAnswer.ClientRefused("unauthorized_client"));
    assertThat(refused(400, "{\"error\":\"invalid_scope\"}"))
        .isEqualTo(new TokenAnswer.Refused("invalid_scope"));
    assertThat(refused(503, "<html>")).isInstanceOf(TokenAnswer.Unreachable.class);
    assertThat(refused(429, "{}")).isInstanceOf(TokenAnswer.Unreachable.class);
    assertThat(refused(200, "{\"nothing\":1}")).isInstanceOf(TokenAnswer.Unreachable.class);
    assertThat(refused(200, "no json")).isInstanceOf(TokenAnswer.Unreachable.class);
    server.close().await();
    assertThat(google.refresh(CLIENT, Secret.of("1//test-refresh")))
        .isInstanceOf(TokenAnswer.Unreachable.class);
  }

  @Test
  void passesNothingOnThatGoogleSaysInWords() {
    TokenAnswer answer =
        refused(
            400,
            "{\"error\":\"bad token 1//test-refresh\",\"error_description\":\"1//test-refresh\"}");
    assertThat(answer.toString()).doesNotContain("test-refresh");
  }

  @Test
  void revokes() {
    answer(200, "{}");
    assertThat(google.revoke(Secret.of("1//test-refresh"))).isTrue();
    assertThat(received.getFirst())
        .startsWith("POST /revoke\n")
        .endsWith("token=1%2F%2Ftest-refresh");
    answer(400, "{\"error\":\"invalid_token\"}");
    assertThat(google.revoke(Secret.of("1//test-refresh"))).isTrue();
    answer(500, "");
    assertThat(google.revoke(Secret.of("1//test-refresh"))).isFalse();
  }

  @Test
  void asksWhoItIs() {
    answer(200, "{\"sub\":\"123\",\"email\":\"ana@example.com\",\"email_verified\":true}");
    assertThat(google.who(TOKEN)).isEqualTo(new Who.Known("123", "ana@example.com"));
    assertThat(received.getFirst())
        .startsWith("GET /userinfo\n")
        .contains("authorization=Bearer ya29.test-token");
    answer(200, "{\"sub\":\"123\"}");
    assertThat(google.who(TOKEN)).isInstanceOf(Who.Unknown.class);
  }

  @Test
  void listsProjects() {
    answer(
        200,
        """
        {"projects":[
          {"projectId":"a-1","name":"A","projectNumber":"111","lifecycleState":"ACTIVE"},
          {"projectId":"b-2","lifecycleState":"DELETE_REQUESTED"},
          {"projectId":"c-3"}]}
        """);
    assertThat(google.projects(TOKEN))
        .isInstanceOfSatisfying(
            Projects.Listed.class,
            listed ->
                assertThat(listed.projects())
                    .extracting(project -> project.id() + "/" + project.name())
                    .containsExactly("a-1/A", "c-3/c-3"));
    assertThat(received.getFirst())
        .startsWith("GET /v1/projects?filter=lifecycleState%3AACTIVE&pageSize=200\n");
    answer(403, "{\"error\":{\"code\":403,\"details\":[{\"reason\":\"SERVICE_DISABLED\"}]}}");
    assertThat(google.projects(TOKEN))
        .isInstanceOfSatisfying(
            Projects.NotListed.class,
            not -> assertThat(not.reason()).contains("cloudresourcemanager", "Type"));
  }

  private Trial trial(int answered, String reason) {
    answer(
        answered,
        "{\"error\":{\"code\":%d,\"details\":[{\"reason\":\"%s\"}]}}".formatted(answered, reason));
    return google.tryProject(TOKEN, "project-a");
  }

  @Test
  void triesAProjectWithAFreeCall() {
    answer(200, "{\"models\":[]}");
    assertThat(google.tryProject(TOKEN, "project-a").verdict()).isEqualTo(Trial.Verdict.ACCEPTED);
    assertThat(received.getFirst())
        .startsWith("GET /v1beta/models?pageSize=1\n")
        .contains("authorization=Bearer ya29.test-token", "x-goog-user-project=project-a");
    assertThat(trial(403, "SERVICE_DISABLED").message())
        .contains("project-a", "generativelanguage.googleapis.com");
    assertThat(trial(403, "USER_PROJECT_DENIED").message()).contains("Service Usage Consumer");
    assertThat(trial(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT").message()).contains("reconnect");
    assertThat(trial(403, "ELSE").verdict()).isEqualTo(Trial.Verdict.REFUSED);
    assertThat(trial(429, "RATE_LIMIT_EXCEEDED").verdict()).isEqualTo(Trial.Verdict.ACCEPTED);
    assertThat(trial(503, "").verdict()).isEqualTo(Trial.Verdict.UNKNOWN);
  }

  private Page page(int answered, String leadsTo, String with) {
    answer(answered, with);
    location = leadsTo;
    return google.consentPage(URI.create(origin + "/auth?client_id=x"));
  }

  @Test
  void readsWhatTheConsentPageSays() {
    assertThat(page(200, "", "<html>")).isEqualTo(Page.ASKS);
    assertThat(page(302, "https://accounts.google.com/v3/signin/identifier?x=1", ""))
        .isEqualTo(Page.ASKS);
    assertThat(page(400, "", "Error 400: redirect_uri_mismatch")).isEqualTo(Page.REDIRECT_MISMATCH);
    assertThat(page(401, "", "Error 401: invalid_client")).isEqualTo(Page.CLIENT_UNKNOWN);
    String hidden =
        Base64.getUrlEncoder()
            .encodeToString("\nredirect_uri_mismatch".getBytes(StandardCharsets.UTF_8));
    assertThat(
            page(
                302,
                "https://accounts.google.com/signin/oauth/error/v2?authError="
                    + hidden.replace("=", "%3D"),
                ""))
        .isEqualTo(Page.REDIRECT_MISMATCH);
    assertThat(page(400, "", "Error 400: invalid_scope")).isEqualTo(Page.SCOPE_REFUSED);
    assertThat(page(503, "", "")).isEqualTo(Page.UNREACHABLE);
  }
}
