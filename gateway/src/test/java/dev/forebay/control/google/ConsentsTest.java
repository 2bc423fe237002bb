package dev.forebay.control.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.HostPort;
import dev.forebay.control.StoredConsent;
import dev.forebay.control.StoredKey;
import dev.forebay.control.google.Consents.Answer;
import dev.forebay.control.google.Consents.Beginning.Begun;
import dev.forebay.control.google.Consents.Beginning.NotFound;
import dev.forebay.control.google.Consents.Beginning.NotReady;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may come back from Google's consent page, and what may not.
class ConsentsTest {

  @TempDir Path folder;

  private AccountFixture fixture;

  @BeforeEach
  void build() {
    fixture = new AccountFixture(folder, AccountFixture.FILE);
  }

  private @Nullable ConsentRefusal refusal(String session, Answer answer) {
    return fixture.accounts.complete(fixture.actor, session, answer)
            instanceof AccountChange.ConsentRefused(ConsentRefusal why)
        ? why
        : null;
  }

  private @Nullable ConsentRefusal refusal(Begun begun) {
    return refusal(AccountFixture.SESSION, AccountFixture.code(begun, "4/test-code"));
  }

  private void assertRefused(@Nullable ConsentRefusal why, ConsentRefusal expected) {
    assertThat(why).isEqualTo(expected);
    assertThat(fixture.lastAudited()).isEqualTo("consent.refused: " + expected.audit());
    assertThat(fixture.control.stores.keys().keys(AccountFixture.HOME)).isEmpty();
  }

  @Test
  void asksForOfflineAccessWithAStateAndAChallenge() {
    Begun begun = fixture.begin(null);
    Map<String, String> query = AccountFixture.query(begun.url());

    assertThat(begun.url().toString()).startsWith("https://accounts.google.com/o/oauth2/v2/auth?");
    assertThat(query)
        .containsEntry("client_id", "client-1")
        .containsEntry("redirect_uri", "https://forebay.example.com/settings/google/callback")
        .containsEntry("response_type", "code")
        .containsEntry("access_type", "offline")
        .containsEntry("prompt", "consent")
        .containsEntry("include_granted_scopes", "true")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("scope", String.join(" ", GoogleScopes.ALL))
        .doesNotContainKey("login_hint");
    assertThat(query.get("state")).hasSizeGreaterThan(40);
    assertThat(query.get("code_challenge")).hasSize(43);
    assertThat(begun.expiresAt()).isEqualTo(fixture.control.ticker.now().plusSeconds(600));
  }

  @Test
  void everyAttemptHasItsOwnStateAndChallenge() {
    Map<String, String> one = AccountFixture.query(fixture.begin(null).url());
    Map<String, String> two = AccountFixture.query(fixture.begin(null).url());
    assertThat(one.get("state")).isNotEqualTo(two.get("state"));
    assertThat(one.get("code_challenge")).isNotEqualTo(two.get("code_challenge"));
  }

  @Test
  void exchangesTheCodeWithTheVerifierOfItsOwnAttempt() {
    Begun begun = fixture.begin(null);
    fixture.begin(null);
    assertThat(refusal(begun)).isNull();
    assertThat(fixture.google.exchanged)
        .containsExactly(
            "client-1",
            "4/test-code",
            "https://forebay.example.com/settings/google/callback",
            AccountFixture.query(begun.url()).get("code_challenge"));
  }

  @Test
  void keepsOnlyTheDigestOfTheState() {
    Begun begun = fixture.begin(null);
    String state = String.valueOf(AccountFixture.query(begun.url()).get("state"));
    StoredConsent stored =
        fixture
            .control
            .stores
            .consents()
            .withState(AccountFixture.HOME, Digest.sha256(state))
            .orElseThrow();
    assertThat(stored.toString()).doesNotContain(state);
  }

  @Test
  void refusesAForgedState() {
    fixture.begin(null);
    assertRefused(
        refusal(
            AccountFixture.SESSION,
            new Answer("forged-state-000000000000000000", Secret.of("4/test-code"), null)),
        ConsentRefusal.UNKNOWN);
    assertThat(fixture.google.calls).isEmpty();
  }

  @Test
  void refusesAReplay() {
    Begun begun = fixture.begin(null);
    assertThat(refusal(begun)).isNull();
    assertThat(refusal(begun)).isEqualTo(ConsentRefusal.USED);
    assertThat(fixture.lastAudited()).contains("replayed");
    assertThat(fixture.google.count("exchange")).isEqualTo(1);
  }

  @Test
  void refusesALateReturn() {
    Begun begun = fixture.begin(null);
    fixture.control.ticker.advance(Duration.ofMinutes(10));
    assertRefused(refusal(begun), ConsentRefusal.LATE);
    assertThat(fixture.google.calls).isEmpty();
  }

  @Test
  void refusesAnotherSessionsReturnAndLeavesTheAttemptToItsOwn() {
    Begun begun = fixture.begin(null);
    assertRefused(
        refusal("session s2", AccountFixture.code(begun, "4/test-code")), ConsentRefusal.FOREIGN);
    assertThat(refusal(begun)).isNull();
  }

  @Test
  void takesNoForConsentRefused() {
    Begun begun = fixture.begin(null);
    String state = String.valueOf(AccountFixture.query(begun.url()).get("state"));
    assertRefused(
        refusal(AccountFixture.SESSION, new Answer(state, null, "access_denied")),
        ConsentRefusal.DENIED);
    assertThat(refusal(begun)).isEqualTo(ConsentRefusal.USED);
  }

  @Test
  void refusesWhatIsNeitherACodeNorAnError() {
    Begun begun = fixture.begin(null);
    String state = String.valueOf(AccountFixture.query(begun.url()).get("state"));
    assertRefused(
        refusal(AccountFixture.SESSION, new Answer(state, null, null)), ConsentRefusal.FAILED);
    assertRefused(
        refusal(
            AccountFixture.SESSION, new Answer(state, Secret.of("4/test-code"), "access_denied")),
        ConsentRefusal.FAILED);
  }

  @Test
  void refusesAConsentWithoutTheScopeForTheApi() {
    fixture.google.scopes = Set.of("openid", "email", GoogleScopes.CLOUD);
    assertRefused(refusal(fixture.begin(null)), ConsentRefusal.SCOPE);
  }

  @Test
  void refusesAConsentWithoutARefreshToken() {
    fixture.google.refreshTokens = false;
    assertRefused(refusal(fixture.begin(null)), ConsentRefusal.NO_REFRESH_TOKEN);
  }

  @Test
  void saysWhatGoogleSaidOfTheCode() {
    fixture.google.outage = new TokenAnswer.Ended(false);
    assertRefused(refusal(fixture.begin(null)), ConsentRefusal.CODE);
    fixture.google.outage = new TokenAnswer.ClientRefused("invalid_client");
    assertRefused(refusal(fixture.begin(null)), ConsentRefusal.CLIENT);
    assertThat(fixture.clients.view().problem()).contains("invalid_client");
    fixture.google.outage = new TokenAnswer.Unreachable("reset");
    assertRefused(refusal(fixture.begin(null)), ConsentRefusal.UNREACHABLE);
  }

  @Test
  void comesBackToTheConsoleOrToThisMachineAndNowhereElse() {
    assertThat(fixture.begin(null).redirectUri())
        .isEqualTo("https://forebay.example.com/settings/google/callback");
    Begun loopback =
        (Begun) fixture.consents.begin(fixture.actor, AccountFixture.SESSION, null, 51_234);
    assertThat(loopback.redirectUri()).isEqualTo("http://127.0.0.1:51234/");
    assertThat(AccountFixture.query(loopback.url()))
        .containsEntry("redirect_uri", "http://127.0.0.1:51234/");
  }

  @Test
  void needsAClientAndSomewhereToComeBackTo(@TempDir Path other) {
    AccountFixture bare = new AccountFixture(other, "timeZone: UTC\n");
    assertThat(bare.consents.begin(bare.actor, AccountFixture.SESSION, null, null))
        .isInstanceOf(NotReady.class);
    bare.clients.put(
        bare.actor, new GoogleClients.Wanted("client-2", "GOCSPX-test-two", null, null, true));
    assertThat(bare.consents.begin(bare.actor, AccountFixture.SESSION, null, null))
        .isInstanceOf(Begun.class);
    bare.listening = new HostPort("0.0.0.0", 4400);
    assertThat(bare.consents.begin(bare.actor, AccountFixture.SESSION, null, null))
        .isInstanceOfSatisfying(
            NotReady.class, not -> assertThat(not.message()).contains("publicUrl"));
  }

  @Test
  void refusesWhatAnotherClientBegan(@TempDir Path other) {
    AccountFixture own = new AccountFixture(other, "timeZone: UTC\n");
    own.clients.put(
        own.actor, new GoogleClients.Wanted("client-2", "GOCSPX-test-two", null, null, true));
    Begun begun = own.begin(null);
    own.clients.put(
        own.actor, new GoogleClients.Wanted("client-3", "GOCSPX-test-three", null, null, true));
    assertThat(own.complete(begun))
        .isEqualTo(new AccountChange.ConsentRefused(ConsentRefusal.CLIENT_CHANGED));
  }

  @Test
  void reconnectsTheSameAccountUnderTheSameId() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    StoredKey before = fixture.control.stores.keys().key(AccountFixture.HOME, id).orElseThrow();
    fixture.control.ticker.advance(Duration.ofDays(7));
    Begun begun = fixture.begin(id);
    assertThat(AccountFixture.query(begun.url())).containsEntry("login_hint", "ana@example.com");

    assertThat(fixture.complete(begun))
        .isInstanceOfSatisfying(
            AccountChange.Done.class, done -> assertThat(done.account().id()).isEqualTo(id));

    StoredKey after = fixture.control.stores.keys().key(AccountFixture.HOME, id).orElseThrow();
    assertThat(after.secret()).isNotEqualTo(before.secret());
    assertThat(fixture.account(id).account().project()).isEqualTo("project-a");
    assertThat(fixture.account(id).account().connectedAt()).isEqualTo(fixture.control.ticker.now());
    assertThat(fixture.control.audited()).contains("account.reconnected");
  }

  @Test
  void refusesToReconnectAnotherAccountAndGivesItsTokenBack() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    Begun begun = fixture.begin(id);
    fixture.google.subject = "sub-of-somebody-else";
    fixture.google.email = "eve@example.com";

    assertThat(fixture.complete(begun))
        .isEqualTo(new AccountChange.ConsentRefused(ConsentRefusal.OTHER_ACCOUNT));

    assertThat(fixture.account(id).account().email()).isEqualTo("ana@example.com");
    assertThat(fixture.google.revoked).hasSize(1);
  }

  @Test
  void doesNotRevokeSomebodyWhoIsConnectedOtherwise() {
    String ana = fixture.connected("ana@example.com", "project-a").id();
    fixture.connected("bob@example.com", "project-b");
    Begun begun = fixture.begin(ana);
    // Whoever signs in at Google is still Bob.
    assertThat(fixture.complete(begun))
        .isEqualTo(new AccountChange.ConsentRefused(ConsentRefusal.OTHER_ACCOUNT));
    assertThat(fixture.google.revoked).isEmpty();
  }

  @Test
  void thereMustBeSomethingToReconnect() {
    assertThat(fixture.consents.begin(fixture.actor, AccountFixture.SESSION, "nobody", null))
        .isInstanceOf(NotFound.class);
  }
}
