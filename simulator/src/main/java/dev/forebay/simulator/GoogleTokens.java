package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.ServiceAccount;
import dev.forebay.simulator.GoogleSpec.User;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The token endpoint and the revocation endpoint. Thread-safe.
final class GoogleTokens {

  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final long HOUR_SECONDS = 3600;
  private static final long SKEW_SECONDS = 300;

  private final World world;
  private final Google google;

  GoogleTokens(World world) {
    this.world = world;
    this.google = world.google();
  }

  /// @param authorization the header of this name; empty if there is none
  /// @param endpoint where this endpoint is reached
  GoogleAnswer token(Map<String, String> form, String authorization, String endpoint) {
    if (google.down()) {
      return outage(form);
    }
    String type = of(form, "grant_type");
    return switch (type) {
      case "authorization_code", "refresh_token" -> {
        Map<String, String> whole = withBasic(form, authorization);
        Client client = google.client(of(whole, "client_id"));
        if (client == null) {
          yield refused(
              whole, GoogleAnswer.error(401, "invalid_client", "The OAuth client was not found."));
        }
        if (!client.secret().equals(of(whole, "client_secret"))) {
          yield refused(
              whole,
              GoogleAnswer.error(401, "invalid_client", "The provided client secret is invalid."));
        }
        yield type.equals("refresh_token") ? refresh(whole, client) : exchange(whole, client);
      }
      case JWT_BEARER -> assertion(form, endpoint);
      default -> GoogleAnswer.error(400, "unsupported_grant_type", "Invalid grant_type: " + type);
    };
  }

  private GoogleAnswer outage(Map<String, String> form) {
    return refused(form, GoogleAnswer.error(503, "internal_failure", "Backend Error"));
  }

  /// Counts a refusal for the holder of the refresh token, if there is one.
  private GoogleAnswer refused(Map<String, String> form, GoogleAnswer answer) {
    String email = google.grants().holder(of(form, "refresh_token"), of(form, "client_id"));
    if (email != null) {
      google.counters(email).refusedRefreshes.increment();
    }
    return answer;
  }

  private static Map<String, String> withBasic(Map<String, String> form, String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return form;
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(authorization.substring(6).trim()),
              StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon > 0) {
        form.putIfAbsent("client_id", pair.substring(0, colon));
        form.putIfAbsent("client_secret", pair.substring(colon + 1));
      }
    } catch (IllegalArgumentException notBase64) {
      return form;
    }
    return form;
  }

  private GoogleAnswer exchange(Map<String, String> form, Client client) {
    GoogleGrants.Consent consent = google.grants().redeem(of(form, "code"));
    if (consent == null || !consent.client().id().equals(client.id())) {
      return GoogleAnswer.error(400, "invalid_grant", "Malformed auth code.");
    }
    if (!consent.redirectUri().equals(of(form, "redirect_uri"))) {
      return GoogleAnswer.error(400, "redirect_uri_mismatch", "Bad Request");
    }
    String verifier = of(form, "code_verifier");
    if (!consent.challenge().isEmpty() && verifier.isEmpty()) {
      return GoogleAnswer.error(400, "invalid_grant", "Missing code verifier.");
    }
    if (!consent.challenge().equals(challenge(verifier, consent.plain()))) {
      return GoogleAnswer.error(400, "invalid_grant", "Invalid code verifier.");
    }
    Set<String> scopes =
        google.withholdsGemini(consent.email())
            ? GoogleGrants.withoutGemini(consent.scopes())
            : consent.scopes();
    google.counters(consent.email()).exchanges.increment();
    return answer(consent.email(), client.id(), google.grants().grant(consent, scopes));
  }

  private static String challenge(String verifier, boolean plain) {
    if (verifier.isEmpty() || plain) {
      return verifier;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("SHA-256: not in this Java", impossible);
    }
  }

  private GoogleAnswer refresh(Map<String, String> form, Client client) {
    String token = of(form, "refresh_token");
    if (token.isEmpty()) {
      return GoogleAnswer.error(
          400, "invalid_request", "Missing required parameter: refresh_token");
    }
    String email = google.grants().holder(token, client.id());
    if (email == null) {
      return GoogleAnswer.error(400, "invalid_grant", "Token has been expired or revoked.");
    }
    if (google.demandsSignIn(email)) {
      google.counters(email).refusedRefreshes.increment();
      return GoogleAnswer.json(
          400,
          JsonText.object()
              .put("error", "invalid_grant")
              .put("error_description", "reauth related error (invalid_rapt)")
              .put("error_subtype", "invalid_rapt"));
    }
    google.counters(email).refreshes.increment();
    return answer(
        email, client.id(), google.grants().refresh(token, google.withholdsGemini(email)));
  }

  private GoogleAnswer answer(String email, String client, GoogleGrants.Issued issued) {
    ObjectNode body =
        JsonText.object()
            .put("access_token", issued.accessToken())
            .put("expires_in", google.grants().expiresInSeconds());
    if (issued.refreshToken() != null) {
      body.put("refresh_token", issued.refreshToken());
    }
    body.put("scope", String.join(" ", issued.scopes())).put("token_type", "Bearer");
    if (issued.scopes().contains("openid")) {
      body.put("id_token", google.keys().idToken(identity(email, client, issued.scopes())));
    }
    return GoogleAnswer.json(200, body);
  }

  private ObjectNode identity(String email, String client, Set<String> scopes) {
    long now = world.clock().now().getEpochSecond();
    ObjectNode claims =
        JsonText.object()
            .put("iss", "https://accounts.google.com")
            .put("azp", client)
            .put("aud", client)
            .put("sub", subject(email));
    if (GoogleScopes.tellsEmail(scopes)) {
      claims.put("email", email).put("email_verified", true);
    }
    return claims.put("iat", now).put("exp", now + HOUR_SECONDS);
  }

  /// The number Google knows somebody by.
  static String subject(String email) {
    return "1" + String.format("%020d", Math.abs((long) email.hashCode()));
  }

  /// What is known of somebody within these scopes.
  static ObjectNode profile(@Nullable User user, String email, Set<String> scopes) {
    ObjectNode profile = JsonText.object().put("sub", subject(email));
    if (user != null && scopes.contains("profile")) {
      profile.put("name", user.name());
    }
    if (GoogleScopes.tellsEmail(scopes)) {
      profile.put("email", email).put("email_verified", true);
    }
    return profile;
  }

  private GoogleAnswer assertion(Map<String, String> form, String endpoint) {
    JsonNode claims = google.keys().claims(of(form, "assertion"));
    if (claims == null) {
      return GoogleAnswer.error(400, "invalid_grant", "Invalid JWT Signature.");
    }
    String email = JsonText.string(claims, "iss");
    ServiceAccount account = google.serviceAccount(email);
    if (account == null) {
      return GoogleAnswer.error(400, "invalid_grant", "Invalid grant: account not found");
    }
    String audience = JsonText.string(claims, "aud");
    if (!audience.equals(endpoint) && !audience.equals("https://oauth2.googleapis.com/token")) {
      return GoogleAnswer.error(
          400, "invalid_grant", "The audience in ID Token [" + audience + "] does not match.");
    }
    long now = world.clock().now().getEpochSecond();
    long issued = claims.path("iat").asLong();
    long expires = claims.path("exp").asLong();
    if (Math.abs(now - issued) > SKEW_SECONDS + HOUR_SECONDS
        || expires <= now - SKEW_SECONDS
        || expires - issued > HOUR_SECONDS) {
      return GoogleAnswer.error(
          400,
          "invalid_grant",
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
              + " timeframe. Check your iat and exp values in the JWT claim.");
    }
    Set<String> scopes = GoogleScopes.of(JsonText.string(claims, "scope"));
    if (scopes.isEmpty() || !GoogleScopes.all().containsAll(scopes)) {
      return GoogleAnswer.error(
          400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
    }
    google.counters(email).refreshes.increment();
    return GoogleAnswer.json(
        200,
        JsonText.object()
            .put("access_token", google.grants().access(email, "", scopes))
            .put("expires_in", google.grants().expiresInSeconds())
            .put("token_type", "Bearer"));
  }

  GoogleAnswer revoke(Map<String, String> form) {
    if (google.down()) {
      return GoogleAnswer.error(503, "internal_failure", "Backend Error");
    }
    String email = google.grants().revokeToken(of(form, "token"));
    if (email == null) {
      return GoogleAnswer.error(400, "invalid_token", "Token expired or revoked");
    }
    google.counters(email).revocations.increment();
    return GoogleAnswer.json(200, JsonText.object());
  }

  private static String of(Map<String, String> form, String name) {
    return form.getOrDefault(name, "");
  }
}
