package dev.forebay.control.google;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.google.ServiceAccountFile.Reading;
import dev.forebay.secrets.SecretAccess;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ServiceAccountFileTest {

  private static final KeyPair KEYS = keys();

  /// A key file with a key that was made for this test.
  static final String FILE =
      """
      {
        "type": "service_account",
        "project_id": "test-project-1",
        "private_key_id": "test-key-id",
        "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
        "client_email": "robot@test-project-1.iam.gserviceaccount.com",
        "client_id": "1098765",
        "token_uri": "https://evil.example/token"
      }
      """
          .formatted(Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded()));

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ServiceAccountFile good(String text) {
    Reading reading = ServiceAccountFile.read(text);
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).file();
  }

  private static String problem(String text) {
    Reading reading = ServiceAccountFile.read(text);
    assertThat(reading).isInstanceOf(Reading.Bad.class);
    return ((Reading.Bad) reading).problem();
  }

  @Test
  void readsWhoItIs() {
    ServiceAccountFile file = good(FILE);
    assertThat(file.email()).isEqualTo("robot@test-project-1.iam.gserviceaccount.com");
    assertThat(file.subject()).isEqualTo("1098765");
    assertThat(file.project()).isEqualTo("test-project-1");
    assertThat(file.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void keepsNeitherItsAddressesNorAnythingElseThatIsNotNeeded() {
    String kept = good(FILE).secret().reveal(SecretAccess.granted());
    assertThat(kept).doesNotContain("evil.example").contains("PRIVATE KEY");
    assertThat(good(kept).email()).isEqualTo(good(FILE).email());
  }

  @Test
  void signsAnAssertionForTheTokenEndpoint() throws Exception {
    String assertion =
        good(FILE)
            .assertion(
                URI.create("https://oauth2.googleapis.com/token"),
                Instant.parse("2026-11-23T10:00:00Z"))
            .reveal(SecretAccess.granted());
    String[] parts = assertion.split("\\.");
    String header = new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);

    assertThat(header).contains("\"alg\":\"RS256\"", "\"kid\":\"test-key-id\"");
    assertThat(claims)
        .contains(
            "\"iss\":\"robot@test-project-1.iam.gserviceaccount.com\"",
            "\"aud\":\"https://oauth2.googleapis.com/token\"",
            GoogleScopes.GENERATE,
            "\"iat\":1795428000",
            "\"exp\":1795431600");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(KEYS.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void saysWhatIsWrongWithoutRepeatingIt() {
    assertThat(problem("no json sk-secret")).contains("not JSON").doesNotContain("sk-secret");
    assertThat(problem("[]")).contains("not a JSON object");
    assertThat(problem("{\"type\":\"authorized_user\"}")).contains("service_account");
    assertThat(problem("{\"client_email\":\"a@b\"}")).contains("private_key");
    assertThat(problem("{\"client_email\":\"a@b\",\"private_key\":\"sk-secret\"}"))
        .contains("PKCS #8")
        .doesNotContain("sk-secret");
  }
}
