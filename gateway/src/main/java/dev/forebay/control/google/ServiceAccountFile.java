package dev.forebay.control.google;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A service account's key file, as Google's console makes it. Immutable; never prints its key.
///
/// Of the addresses in the file none is used: where tokens are asked for is a setting, so that a
/// file from somewhere else cannot send a signed assertion elsewhere.
final class ServiceAccountFile {

  /// Google takes no longer one.
  private static final Duration LIFETIME = Duration.ofHours(1);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String email;
  private final String subject;
  private final @Nullable String project;
  private final @Nullable String keyId;
  private final String pem;
  private final PrivateKey key;

  private ServiceAccountFile(
      String email,
      String subject,
      @Nullable String project,
      @Nullable String keyId,
      String pem,
      PrivateKey key) {
    this.email = email;
    this.subject = subject;
    this.project = project;
    this.keyId = keyId;
    this.pem = pem;
    this.key = key;
  }

  /// What came of reading a file.
  sealed interface Reading {
    record Good(ServiceAccountFile file) implements Reading {}

    /// @param problem the end of a sentence that begins with the file; never repeats its content
    record Bad(String problem) implements Reading {}
  }

  static Reading read(String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return new Reading.Bad("is not JSON; paste the whole key file");
    }
    if (json == null || !json.isObject()) {
      return new Reading.Bad("is not a JSON object; paste the whole key file");
    }
    String type = text(json, "type");
    if (type != null && !type.equals("service_account")) {
      return new Reading.Bad(
          "is of another type than 'service_account'; make a JSON key for a service account");
    }
    String email = text(json, "client_email");
    String pem = text(json, "private_key");
    if (email == null || pem == null) {
      return new Reading.Bad(
          "lacks 'client_email' or 'private_key'; make a JSON key for a service account");
    }
    String subject = text(json, "client_id");
    try {
      return new Reading.Good(
          new ServiceAccountFile(
              email,
              subject == null ? email : subject,
              text(json, "project_id"),
              text(json, "private_key_id"),
              pem,
              key(pem)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return new Reading.Bad("has a 'private_key' that is no RSA key in PKCS #8; make a new one");
    }
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    return value == null || !value.isTextual() || value.textValue().isBlank()
        ? null
        : value.textValue();
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String base64 =
        pem.replace("-----BEGIN PRIVATE KEY-----", "")
            .replace("-----END PRIVATE KEY-----", "")
            .replaceAll("\\s", "");
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  String email() {
    return email;
  }

  /// Who it is, whatever its e-mail becomes.
  String subject() {
    return subject;
  }

  /// The project it was made in; null when the file does not say.
  @Nullable String project() {
    return project;
  }

  /// What is kept of the file.
  Secret secret() {
    ObjectNode kept =
        JSON.createObjectNode()
            .put("type", "service_account")
            .put("client_email", email)
            .put("client_id", subject)
            .put("private_key", pem);
    if (project != null) {
      kept.put("project_id", project);
    }
    if (keyId != null) {
      kept.put("private_key_id", keyId);
    }
    return Secret.of(kept.toString());
  }

  /// Reads what [#secret] kept.
  static Reading of(Secret kept) {
    return read(kept.reveal(SecretAccess.granted()));
  }

  /// A signed token that asks for an access token (RFC 7523).
  ///
  /// @param audience the token endpoint
  Secret assertion(URI audience, Instant now) {
    ObjectNode header = JSON.createObjectNode().put("alg", "RS256").put("typ", "JWT");
    if (keyId != null) {
      header.put("kid", keyId);
    }
    ObjectNode claims =
        JSON.createObjectNode()
            .put("iss", email)
            .put("scope", String.join(" ", GoogleScopes.SERVICE))
            .put("aud", audience.toString())
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(LIFETIME).getEpochSecond());
    String signed = base64(header) + "." + base64(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(US_ASCII));
      return Secret.of(signed + "." + BASE64.encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RS256 is missing, which every Java platform has", e);
    }
  }

  private static String base64(ObjectNode json) {
    return BASE64.encodeToString(json.toString().getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "ServiceAccountFile[" + email + "]";
  }
}
