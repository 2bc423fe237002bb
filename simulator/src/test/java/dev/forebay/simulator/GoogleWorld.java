package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.Project;
import dev.forebay.simulator.GoogleSpec.ServiceAccount;
import dev.forebay.simulator.GoogleSpec.User;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A client of the simulated Google: two projects, two people, a service account.
final class GoogleWorld {

  static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  static final String CLIENT = "100000000002-sim.apps.googleusercontent.com";
  static final String SECRET = "GOCSPX-simulated";
  static final String JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  static final SimulatorSpec SPEC =
      SimulatorSpec.of(
              SimulatedOrganization.gemini("100000000001", "AQ.one")
                  .withLimits(Limits.requestsPerMinute(2)),
              SimulatedOrganization.gemini("100000000002"))
          .withGoogle(
              GoogleSpec.NONE
                  .withProjects(
                      Project.of("acme-one", "100000000001"),
                      Project.of("acme-two", "100000000002"))
                  .withClients(
                      Client.web(CLIENT, SECRET, "http://127.0.0.1:9/callback").withTesting(true))
                  .withUsers(
                      User.of("anna@example.com", "acme-one", "acme-two").withName("Anna"),
                      User.of("ben@example.com", "acme-one").withRefreshToken("1//0sim-ben"))
                  .withServiceAccounts(
                      new ServiceAccount("pool@acme-two.iam.gserviceaccount.com", "acme-two")));

  private static final String REDIRECT = "http://127.0.0.1:9/callback";
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  /// Of the verifier, as RFC 7636 has it in appendix B.
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static final String SCOPES =
      "openid email https://www.googleapis.com/auth/cloud-platform " + GoogleScopes.GEMINI;

  private final Simulator simulator;
  private final Http http;

  GoogleWorld(Simulator simulator) {
    this.simulator = simulator;
    this.http = new Http(simulator);
  }

  Http http() {
    return http;
  }

  String authorizationUrl() {
    return simulator.origin() + authorizePath();
  }

  String authorizePath() {
    return "/o/oauth2/v2/auth?"
        + encoded(
            Map.of(
                "client_id",
                CLIENT,
                "redirect_uri",
                REDIRECT,
                "response_type",
                "code",
                "scope",
                SCOPES,
                "state",
                "s-1",
                "code_challenge",
                CHALLENGE,
                "code_challenge_method",
                "S256",
                "access_type",
                "offline"))
        + "&prompt=consent";
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field ->
            field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  static Map<String, String> query(String url) {
    return Google.parameters(new QueryStringDecoder(url));
  }

  /// The tokens of somebody who allows everything.
  JsonNode connect(String email) {
    return Http.json(exchange(simulator.google().allow(authorizationUrl(), email), Map.of()));
  }

  HttpResponse<byte[]> exchange(String callback, Map<String, String> otherwise) {
    Map<String, String> fields =
        new HashMap<>(
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                query(callback).getOrDefault("code", ""),
                "redirect_uri",
                REDIRECT,
                "client_id",
                CLIENT,
                "client_secret",
                SECRET,
                "code_verifier",
                VERIFIER));
    fields.putAll(otherwise);
    return form("/token", fields);
  }

  HttpResponse<byte[]> refresh(JsonNode tokens) {
    return form(
        "/token",
        Map.of(
            "grant_type",
            "refresh_token",
            "refresh_token",
            tokens.path("refresh_token").asText(),
            "client_id",
            CLIENT,
            "client_secret",
            SECRET));
  }

  HttpResponse<byte[]> form(String path, Map<String, String> fields) {
    return Http.send(
        http.request(path, Map.of("content-type", "application/x-www-form-urlencoded"))
            .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)))
            .build());
  }

  HttpResponse<byte[]> generate(JsonNode tokens, String project) {
    Map<String, String> headers = new HashMap<>(bearer(tokens));
    if (!project.isEmpty()) {
      headers.put("x-goog-user-project", project);
    }
    return http.post(Http.GENERATE, Http.CONTENTS, headers);
  }

  JsonNode get(String path, JsonNode tokens) {
    return Http.json(http.get(path, bearer(tokens)));
  }

  private static Map<String, String> bearer(JsonNode tokens) {
    return Map.of("authorization", "Bearer " + tokens.path("access_token").asText());
  }

  int control(String body) {
    return http.post("/_simulator/google", body, Map.of()).statusCode();
  }

  JsonNode keyFile(String email) {
    try {
      return JsonText.parse(
          simulator.google().serviceAccountFile(email).getBytes(StandardCharsets.UTF_8));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  /// Asks for a token as the owner of a key file.
  HttpResponse<byte[]> assertion(JsonNode file, Instant at, String scope) {
    ObjectNode claims =
        JsonText.object()
            .put("iss", file.path("client_email").asText())
            .put("aud", file.path("token_uri").asText())
            .put("scope", scope)
            .put("iat", at.getEpochSecond())
            .put("exp", at.getEpochSecond() + 3600);
    String signed =
        text(JsonText.object().put("alg", "RS256").put("typ", "JWT")) + '.' + text(claims);
    String pem = file.path("private_key").asText().replaceAll("-----[A-Z ]+-----|\\s", "");
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      String assertion =
          signed + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
      return form("/token", Map.of("grant_type", JWT, "assertion", assertion));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String text(ObjectNode node) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonText.bytes(node).getBytes());
  }
}
