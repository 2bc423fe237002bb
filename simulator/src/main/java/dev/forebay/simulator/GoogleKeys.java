package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Google's signing key and those of its service accounts, made when first asked for. Thread-safe.
final class GoogleKeys {

  private static final String GOOGLE = "google";
  private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder FROM_TEXT = Base64.getUrlDecoder();

  private final Map<String, KeyPair> pairs = new ConcurrentHashMap<>();

  private KeyPair pair(String owner) {
    return pairs.computeIfAbsent(
        owner,
        _ -> {
          try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
          } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("RSA: not in this Java", impossible);
          }
        });
  }

  /// A token with these claims, signed by Google.
  String idToken(ObjectNode claims) {
    String signed =
        text(JsonText.object().put("alg", "RS256").put("kid", GOOGLE).put("typ", "JWT"))
            + '.'
            + text(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair(GOOGLE).getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + '.' + TO_TEXT.encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("SHA256withRSA: not in this Java", impossible);
    }
  }

  private static String text(ObjectNode node) {
    return TO_TEXT.encodeToString(JsonText.bytes(node).getBytes());
  }

  /// The key that id tokens are checked with, as a JSON Web Key Set.
  ObjectNode certificates() {
    RSAPublicKey key = (RSAPublicKey) pair(GOOGLE).getPublic();
    ObjectNode certificates = JsonText.object();
    certificates
        .putArray("keys")
        .addObject()
        .put("kty", "RSA")
        .put("alg", "RS256")
        .put("use", "sig")
        .put("kid", GOOGLE)
        .put("n", unsigned(key.getModulus()))
        .put("e", unsigned(key.getPublicExponent()));
    return certificates;
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return TO_TEXT.encodeToString(
        bytes[0] == 0 && bytes.length > 1 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  /// The private key of a service account, as PEM.
  String privateKey(String email) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(pair(email).getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /// The claims of a service account's assertion; null when it is none, or its signature is not by
  /// the key of the one it names.
  @Nullable JsonNode claims(String assertion) {
    int first = assertion.indexOf('.');
    int second = assertion.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return null;
    }
    try {
      JsonNode claims = JsonText.parse(FROM_TEXT.decode(assertion.substring(first + 1, second)));
      KeyPair pair = pairs.get(JsonText.string(claims, "iss"));
      byte[] signed = assertion.substring(0, second).getBytes(StandardCharsets.US_ASCII);
      byte[] signature = FROM_TEXT.decode(assertion.substring(second + 1));
      return pair != null && verifies(pair.getPublic(), signed, signature) ? claims : null;
    } catch (IOException | IllegalArgumentException | GeneralSecurityException notAnAssertion) {
      return null;
    }
  }

  private static boolean verifies(PublicKey key, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(key);
    check.update(signed);
    return check.verify(signature);
  }
}
