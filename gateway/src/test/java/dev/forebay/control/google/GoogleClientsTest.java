package dev.forebay.control.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.GoogleSettings.Publishing;
import dev.forebay.control.HostPort;
import dev.forebay.control.google.ClientCheck.Finding;
import dev.forebay.control.google.ClientCheck.Verdict;
import dev.forebay.control.google.GoogleClients.Change;
import dev.forebay.control.google.GoogleClients.Wanted;
import dev.forebay.secrets.SecretAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleClientsTest {

  @TempDir Path folder;

  private AccountFixture fixture;

  @BeforeEach
  void build() {
    fixture = new AccountFixture(folder, "timeZone: UTC\n");
  }

  private Change put(String id, @Nullable String secret, @Nullable String url) {
    return fixture.clients.put(fixture.actor, new Wanted(id, secret, null, url, url == null));
  }

  @Test
  void keepsTheSecretUnlessAnotherIsGiven() {
    assertThat(put("client-2", null, null))
        .isInstanceOfSatisfying(
            Change.Invalid.class, wrong -> assertThat(wrong.field()).isEqualTo("clientSecret"));
    put("client-2", "GOCSPX-test-two", null);
    assertThat(put("client-2", null, "https://forebay.example.com/"))
        .isInstanceOf(Change.Done.class);
    assertThat(
            Objects.requireNonNull(fixture.clients.current())
                .secret()
                .reveal(SecretAccess.granted()))
        .isEqualTo("GOCSPX-test-two");
    assertThat(put("client-3", null, null)).isInstanceOf(Change.Invalid.class);
    assertThat(fixture.clients.view().redirectUri())
        .isEqualTo("https://forebay.example.com/settings/google/callback");
    assertThat(new Wanted("client-2", "GOCSPX-test-two", null, null, true).toString())
        .doesNotContain("GOCSPX");
  }

  @Test
  void theConsolesUrlComesFromSettingsAndNeverFromARequest() {
    assertThat(fixture.clients.view().redirectUri())
        .isEqualTo("http://127.0.0.1:4400/settings/google/callback");
    assertThat(fixture.clients.view().consoleUrlSource()).isEqualTo("listen");
    fixture.listening = new HostPort("0.0.0.0", 4400);
    assertThat(fixture.clients.view().redirectUri()).isNull();
    put("client-2", "GOCSPX-test-two", "https://told.example.com");
    assertThat(fixture.clients.view().consoleUrlSource()).isEqualTo("console");
  }

  @Test
  void takesOnlyUrlsThatGoogleTakes() {
    for (String url :
        List.of(
            "http://forebay.example.com",
            "forebay.example.com",
            "https://user@forebay.example.com",
            "https://forebay.example.com/?next=https://evil.example",
            "javascript:alert(1)")) {
      assertThat(put("client-2", "GOCSPX-test-two", url))
          .as(url)
          .isInstanceOfSatisfying(
              Change.Invalid.class, wrong -> assertThat(wrong.field()).isEqualTo("consoleUrl"));
    }
    assertThat(put("client-2", "GOCSPX-test-two", "http://localhost:4400"))
        .isInstanceOf(Change.Done.class);
  }

  @Test
  void theFileWins(@TempDir Path other) {
    AccountFixture declared =
        new AccountFixture(
            other,
            """
            publicUrl: https://declared.example.com/forebay/
            google: { clientId: client-1, clientSecret: GOCSPX-test-secret, publishing: production }
            """);
    assertThat(declared.clients.view().managed()).isTrue();
    assertThat(declared.clients.view().publishing()).isEqualTo(Publishing.PRODUCTION);
    assertThat(declared.clients.view().redirectUri())
        .isEqualTo("https://declared.example.com/forebay/settings/google/callback");
    assertThat(
            declared.clients.put(
                declared.actor, new Wanted("x", "GOCSPX-test-x", null, null, true)))
        .isInstanceOf(Change.ManagedByFile.class);
    assertThat(declared.clients.remove(declared.actor)).isInstanceOf(Change.ManagedByFile.class);
  }

  private List<String> checked() {
    return fixture.check.check().stream()
        .map(finding -> finding.what() + " " + finding.verdict())
        .toList();
  }

  @Test
  void theCheckSaysWhatIsWrong() {
    assertThat(checked()).containsExactly("client WRONG");

    put("client-2", "GOCSPX-test-two", null);
    fixture.google.outage = new TokenAnswer.Ended(false);
    assertThat(checked()).containsExactly("client RIGHT", "redirect RIGHT");

    fixture.google.outage = new TokenAnswer.ClientRefused("invalid_client");
    fixture.google.page = Google.Page.REDIRECT_MISMATCH;
    assertThat(checked()).containsExactly("client WRONG", "redirect WRONG");
    List<Finding> findings = fixture.check.check();
    assertThat(ClientCheck.ok(findings)).isFalse();
    assertThat(findings.getLast().message())
        .contains("http://127.0.0.1:4400/settings/google/callback");
    assertThat(fixture.clients.view().problem()).contains("invalid_client");

    fixture.google.outage = new TokenAnswer.Unreachable("reset");
    fixture.google.page = Google.Page.UNREACHABLE;
    assertThat(checked()).containsExactly("client UNKNOWN", "redirect UNKNOWN");
    assertThat(ClientCheck.ok(fixture.check.check())).isTrue();

    fixture.google.outage = new TokenAnswer.Refused("redirect_uri_mismatch");
    fixture.google.page = Google.Page.SCOPE_REFUSED;
    assertThat(checked()).containsExactly("client RIGHT", "redirect WRONG");
    assertThat(findings).allMatch(finding -> finding.verdict() != Verdict.UNKNOWN);
  }

  @Test
  void removingForgetsTheSecret() {
    put("client-2", "GOCSPX-test-two", null);
    assertThat(fixture.clients.remove(fixture.actor)).isInstanceOf(Change.Done.class);
    assertThat(fixture.clients.current()).isNull();
    assertThat(fixture.clients.remove(fixture.actor)).isInstanceOf(Change.NotFound.class);
    assertThat(fixture.control.audited()).contains("google.client", "google.client-removed");
  }
}
