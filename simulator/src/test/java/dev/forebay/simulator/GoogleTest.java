package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The way from the consent screen to a served request, and everything that ends it.
class GoogleTest {

  private final ManualClock clock = new ManualClock(GoogleWorld.START);
  private final Simulator simulator = Simulator.start(GoogleWorld.SPEC, 0, clock);
  private final GoogleWorld google = new GoogleWorld(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static void refused(HttpResponse<byte[]> response, int status, String words) {
    assertThat(Http.text(response)).contains(words);
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void anAllowedAccountUsesTheQuotaOfItsProject() {
    JsonNode tokens = google.connect("anna@example.com");

    assertThat(tokens.path("expires_in").asInt()).isEqualTo(3599);
    assertThat(tokens.path("refresh_token").asText()).startsWith("1//0");
    HttpResponse<byte[]> answer = google.generate(tokens, "acme-one");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(google.generate(tokens, "100000000001").statusCode()).isEqualTo(200);
    assertThat(simulator.usage("anna@example.com", "100000000001").served()).isEqualTo(2);
    assertThat(simulator.usage("anna@example.com", "100000000002").served()).isZero();

    refused(
        google.generate(tokens, "acme-one"), 429, "GenerateRequestsPerMinutePerProjectPerModel");
    assertThat(google.generate(tokens, "acme-two").statusCode()).isEqualTo(200);
  }

  @Test
  void twoAccountsOfOneProjectShareItsQuotaWithItsKeys() {
    JsonNode anna = google.connect("anna@example.com");
    JsonNode ben = google.connect("ben@example.com");

    assertThat(google.generate(anna, "acme-one").statusCode()).isEqualTo(200);
    assertThat(google.http().gemini("AQ.one", Http.GENERATE, Http.CONTENTS).statusCode())
        .isEqualTo(200);

    refused(google.generate(ben, "acme-one"), 429, "RESOURCE_EXHAUSTED");
  }

  @Test
  void tellsWhoAnAccountIsAndItsProjects() {
    JsonNode tokens = google.connect("anna@example.com");

    JsonNode profile = google.get("/oauth2/v3/userinfo", tokens);
    assertThat(profile.path("email").asText()).isEqualTo("anna@example.com");
    assertThat(google.get("/v1/userinfo", tokens)).isEqualTo(profile);
    String claims = tokens.path("id_token").asText().split("\\.")[1];
    assertThat(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
        .contains("\"email\":\"anna@example.com\"");

    JsonNode first = google.get("/v1/projects?pageSize=1", tokens);
    assertThat(first.path("projects")).hasSize(1);
    assertThat(first.path("projects").get(0).path("projectNumber").asText())
        .isEqualTo("100000000001");
    JsonNode rest =
        google.get("/v1/projects?pageToken=" + first.path("nextPageToken").asText(), tokens);
    assertThat(rest.path("projects").get(0).path("projectId").asText()).isEqualTo("acme-two");
    assertThat(google.get("/v3/projects:search", tokens).path("projects").get(0).path("name"))
        .hasToString("\"projects/100000000001\"");
  }

  @Test
  void accessTokensExpireByTheSimulatorsClockAndAreRefreshed() {
    JsonNode tokens = google.connect("anna@example.com");
    clock.advance(Duration.ofMinutes(60));

    refused(google.generate(tokens, "acme-one"), 401, "ACCESS_TOKEN_EXPIRED");

    JsonNode fresh = Http.json(google.refresh(tokens));
    assertThat(fresh.has("refresh_token")).isFalse();
    assertThat(google.generate(fresh, "acme-one").statusCode()).isEqualTo(200);
    simulator.google().expireAccessTokens("anna@example.com");
    refused(google.generate(fresh, "acme-one"), 401, "ACCESS_TOKEN_EXPIRED");
    assertThat(simulator.google().usage("anna@example.com").refreshes()).isEqualTo(1);
    assertThat(simulator.usage("anna@example.com").refusals()).containsEntry(401, 2L);
  }

  @Test
  void whatIsRevokedAtGoogleIsDeadEverywhere() {
    JsonNode anna = google.connect("anna@example.com");
    JsonNode again = google.connect("anna@example.com");
    JsonNode ben = google.connect("ben@example.com");

    simulator.google().revoke("anna@example.com");

    refused(google.generate(anna, "acme-one"), 401, "ACCESS_TOKEN_TYPE_UNSUPPORTED");
    refused(google.refresh(again), 400, "Token has been expired or revoked.");
    assertThat(Http.json(google.refresh(anna)).path("error").asText()).isEqualTo("invalid_grant");
    assertThat(google.generate(ben, "acme-one").statusCode()).isEqualTo(200);
  }

  @Test
  void aClientRevokesTokensOnce() {
    JsonNode tokens = google.connect("anna@example.com");
    String token = tokens.path("refresh_token").asText();

    assertThat(google.form("/revoke", Map.of("token", token)).statusCode()).isEqualTo(200);

    refused(google.form("/revoke", Map.of("token", token)), 400, "invalid_token");
    refused(google.refresh(tokens), 400, "invalid_grant");
    GoogleUsage usage = simulator.google().usage("anna@example.com");
    assertThat(usage.revocations()).isEqualTo(1);
    assertThat(usage.standingGrants()).isZero();
  }

  @Test
  void theCodeIsGoodOnceForItsClientItsAddressAndItsVerifier() {
    String callback = simulator.google().allow(google.authorizationUrl(), "anna@example.com");
    assertThat(GoogleWorld.query(callback).get("state")).isEqualTo("s-1");

    refused(google.exchange(callback, Map.of("code_verifier", "x".repeat(43))), 400, "verifier");
    refused(google.exchange(callback, Map.of()), 400, "Malformed auth code.");
    callback = simulator.google().allow(google.authorizationUrl(), "anna@example.com");
    refused(google.exchange(callback, Map.of("code_verifier", "")), 400, "Missing code verifier.");
    callback = simulator.google().allow(google.authorizationUrl(), "anna@example.com");
    refused(
        google.exchange(callback, Map.of("redirect_uri", "http://127.0.0.1:1/other")),
        400,
        "redirect_uri_mismatch");
    callback = simulator.google().allow(google.authorizationUrl(), "anna@example.com");
    refused(google.exchange(callback, Map.of("client_secret", "wrong")), 401, "invalid_client");
    assertThat(google.exchange(callback, Map.of()).statusCode()).isEqualTo(200);
    callback = simulator.google().allow(google.authorizationUrl(), "anna@example.com");
    clock.advance(Duration.ofMinutes(10));
    refused(google.exchange(callback, Map.of()), 400, "invalid_grant");
  }

  @Test
  void cancelledAndRefusedConsentComesBackAsAccessDenied() {
    assertThat(
            GoogleWorld.query(
                simulator.google().cancel(google.authorizationUrl(), "anna@example.com")))
        .containsEntry("error", "access_denied")
        .containsEntry("state", "s-1");

    simulator.google().refuseConsent("ben@example.com", true);
    HttpResponse<byte[]> chosen =
        google.http().get(google.authorizePath() + "&account=ben@example.com", Map.of());
    assertThat(chosen.statusCode()).isEqualTo(302);
    assertThat(Http.header(chosen, "location")).contains("error=access_denied");
  }

  @Test
  void requestsThatNoClientMayMakeStayAtGoogle() {
    String url = google.authorizationUrl();
    String client = GoogleWorld.CLIENT;
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> simulator.google().allow(url.replace("callback", "evil"), "anna@example.com"))
        .withMessageContaining("redirect_uri_mismatch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.google().allow(url.replace(client, "0-x"), "anna@example.com"))
        .withMessageContaining("Error 401: invalid_client");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            simulator
                .google()
                .allow(
                    url.replace("generative-language.retriever", "generative-language"),
                    "anna@example.com"))
        .withMessageContaining("invalid_scope");

    simulator.google().registerRedirectUri(client, "http://127.0.0.1:9/evil");
    assertThat(simulator.google().allow(url.replace("callback", "evil"), "anna@example.com"))
        .startsWith("http://127.0.0.1:9/evil?state=");
    simulator.google().deleteClient(client, true);
    refused(google.http().get(google.authorizePath(), Map.of()), 401, "Error 401: invalid_client");
  }

  @Test
  void aTokenOpensOnlyWhatWasAllowed() {
    String callback =
        simulator.google().allowWithoutGemini(google.authorizationUrl(), "anna@example.com");
    JsonNode tokens = Http.json(google.exchange(callback, Map.of()));

    assertThat(tokens.path("scope").asText()).doesNotContain("generative-language");
    refused(google.generate(tokens, "acme-one"), 403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
    assertThat(google.get("/v1/projects", tokens).path("projects")).hasSize(2);
  }

  @Test
  void projectsAreForThoseWhoMayUseThemAndHaveTheApi() {
    JsonNode ben = google.connect("ben@example.com");

    refused(google.generate(ben, "acme-two"), 403, "USER_PROJECT_DENIED");
    refused(google.generate(ben, ""), 403, "roles/serviceusage.serviceUsageConsumer");
    simulator.google().enableApi("acme-one", false);
    HttpResponse<byte[]> disabled = google.generate(ben, "acme-one");
    refused(disabled, 403, "SERVICE_DISABLED");
    assertThat(Http.text(disabled)).contains("\"consumer\" : \"projects/100000000001\"");
    refused(google.http().gemini("AQ.one", Http.GENERATE, Http.CONTENTS), 403, "SERVICE_DISABLED");
    simulator.google().enableApi("acme-one", true);
    assertThat(google.generate(ben, "acme-one").statusCode()).isEqualTo(200);
  }

  @Test
  void twoCredentialsAtOnceAreRefused() {
    JsonNode tokens = google.connect("anna@example.com");

    refused(
        google
            .http()
            .post(
                Http.GENERATE,
                Http.CONTENTS,
                Map.of(
                    "authorization",
                    "Bearer " + tokens.path("access_token").asText(),
                    "x-goog-api-key",
                    "AQ.one")),
        400,
        "Multiple authentication credentials");
  }

  @Test
  void refreshTokensDieAfterSevenDaysInTesting() {
    JsonNode tokens = google.connect("anna@example.com");
    clock.advance(Duration.ofDays(7));
    assertThat(google.refresh(tokens).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofNanos(1));
    refused(google.refresh(tokens), 400, "invalid_grant");
  }

  @Test
  void theHundredAndFirstRefreshTokenEndsTheOldest() {
    JsonNode first = google.connect("anna@example.com");
    JsonNode second = google.connect("anna@example.com");
    for (int i = 0; i < 99; i++) {
      google.connect("anna@example.com");
    }

    refused(google.refresh(first), 400, "invalid_grant");
    assertThat(google.refresh(second).statusCode()).isEqualTo(200);
  }

  @Test
  void theTokenEndpointFailsAsItIsTold() {
    JsonNode tokens = google.connect("anna@example.com");

    simulator.google().tokenEndpointDown(true);
    refused(google.refresh(tokens), 503, "internal_failure");
    simulator.google().tokenEndpointDown(false);
    simulator.google().demandSignIn("anna@example.com", true);
    refused(google.refresh(tokens), 400, "invalid_rapt");
    simulator.google().demandSignIn("anna@example.com", false);
    simulator.google().withholdGemini("anna@example.com", true);
    refused(
        google.generate(Http.json(google.refresh(tokens)), "acme-one"),
        403,
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
    assertThat(simulator.google().usage("anna@example.com").refusedRefreshes()).isEqualTo(2);
  }

  @Test
  void withoutPromptForConsentThereIsNoSecondRefreshToken() {
    google.connect("anna@example.com");
    String silent = google.authorizePath().replace("&prompt=consent", "");

    HttpResponse<byte[]> back = google.http().get(silent + "&account=anna@example.com", Map.of());

    assertThat(back.statusCode()).isEqualTo(302);
    JsonNode tokens = Http.json(google.exchange(Http.header(back, "location"), Map.of()));
    assertThat(tokens.has("refresh_token")).isFalse();
    assertThat(google.generate(tokens, "acme-one").statusCode()).isEqualTo(200);
  }

  @Test
  void thePagesAreFormsThatLeadBack() {
    HttpResponse<byte[]> chooser = google.http().get(google.authorizePath(), Map.of());
    assertThat(Http.text(chooser))
        .contains("Choose an account", "anna@example.com", "ben@example.com")
        .doesNotContain("<script");
    assertThat(Http.header(chooser, "content-security-policy")).contains("default-src 'none'");

    HttpResponse<byte[]> consent =
        google.http().get(google.authorizePath() + "&account=anna@example.com", Map.of());
    assertThat(Http.text(consent)).contains("still in testing", ">Allow</button>", ">Cancel<");

    Map<String, String> decision =
        new LinkedHashMap<>(Google.parameters(new QueryStringDecoder(google.authorizationUrl())));
    decision.put("account", "anna@example.com");
    decision.put("decision", "allow");
    decision.put("ticked", GoogleScopes.GEMINI);
    HttpResponse<byte[]> back = google.form("/o/oauth2/v2/auth", decision);
    assertThat(back.statusCode()).isEqualTo(302);
    JsonNode tokens = Http.json(google.exchange(Http.header(back, "location"), Map.of()));
    assertThat(tokens.path("scope").asText())
        .contains(GoogleScopes.GEMINI, "email")
        .doesNotContain("cloud-platform");
  }

  @Test
  void serviceAccountsGetTokensForTheirAssertions() {
    String email = "pool@acme-two.iam.gserviceaccount.com";
    JsonNode file = google.keyFile(email);

    JsonNode tokens = Http.json(google.assertion(file, clock.now(), GoogleScopes.GEMINI));

    assertThat(google.generate(tokens, "").statusCode()).isEqualTo(200);
    assertThat(simulator.usage(email, "100000000002").served()).isEqualTo(1);
    refused(google.generate(tokens, "acme-one"), 403, "USER_PROJECT_DENIED");
    refused(
        google.assertion(file, clock.now().minus(Duration.ofHours(3)), GoogleScopes.GEMINI),
        400,
        "Invalid JWT: Token must be a short-lived token");
    refused(
        google.form("/token", Map.of("grant_type", GoogleWorld.JWT, "assertion", "a.b.c")),
        400,
        "Invalid JWT Signature.");
  }

  @Test
  void tokensKnownFromTheStartAreGood() {
    JsonNode tokens =
        Http.json(
            google.form(
                "/token",
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    "1//0sim-ben",
                    "client_id",
                    GoogleWorld.CLIENT,
                    "client_secret",
                    GoogleWorld.SECRET)));

    assertThat(google.generate(tokens, "acme-one").statusCode()).isEqualTo(200);
  }

  @Test
  void isToldByTheControlEndpointWhatGoesWrong() {
    JsonNode tokens = google.connect("anna@example.com");

    assertThat(google.control("{\"action\":\"demand-sign-in\",\"account\":\"anna@example.com\"}"))
        .isEqualTo(200);
    refused(google.refresh(tokens), 400, "invalid_rapt");
    assertThat(google.control("{\"action\":\"revoke\",\"account\":\"nobody@example.com\"}"))
        .isEqualTo(400);
    assertThat(google.control("{\"action\":\"revoke\",\"account\":\"anna@example.com\"}"))
        .isEqualTo(200);
    JsonNode account =
        Http.json(google.http().get("/_simulator/google", Map.of())).path("accounts").get(0);
    assertThat(account.path("email").asText()).isEqualTo("anna@example.com");
    assertThat(account.path("exchanges").asInt()).isEqualTo(1);
    assertThat(account.path("standingGrants").asInt()).isZero();
    assertThat(account.path("demandsSignIn").asBoolean()).isTrue();
    String file = "/_simulator/google/service-accounts/pool@acme-two.iam.gserviceaccount.com";
    assertThat(Http.text(google.http().get(file, Map.of()))).contains("BEGIN PRIVATE KEY");
  }

  @Test
  void withoutAccountsTheProvidersPathsAreTheirs() {
    try (Simulator plain =
        Simulator.start(SimulatorSpec.of(SimulatedOrganization.openai("acme", "sk-1")), 0)) {
      assertThat(new Http(plain).openai("sk-1", "/v1/projects", "{}").statusCode()).isEqualTo(404);
      assertThat(new Http(plain).get("/o/oauth2/v2/auth", Map.of()).statusCode()).isEqualTo(401);
    }
  }
}
