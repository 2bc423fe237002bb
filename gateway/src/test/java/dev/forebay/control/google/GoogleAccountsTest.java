package dev.forebay.control.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Edit;
import dev.forebay.control.KeyKind;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.Source;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.google.AccountView.State;
import dev.forebay.control.google.AccountWarnings.Kind;
import dev.forebay.control.google.AccountWarnings.Warning;
import dev.forebay.control.google.GoogleAccounts.ServiceAccount;
import dev.forebay.control.keys.ConfiguredKey;
import dev.forebay.control.keys.KeyAction;
import dev.forebay.control.keys.KeyChange;
import dev.forebay.control.keys.KeyEdit;
import dev.forebay.control.keys.KeyFields;
import dev.forebay.control.keys.ProviderKeys;
import dev.forebay.exchange.Credential;
import dev.forebay.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleAccountsTest {

  @TempDir Path folder;

  private AccountFixture fixture;

  @BeforeEach
  void build() {
    fixture = new AccountFixture(folder, AccountFixture.FILE);
  }

  private ProviderKey key(String id) {
    return Objects.requireNonNull(fixture.control.snapshots.current().keys().get(id));
  }

  private List<Warning> warnings() {
    return AccountWarnings.of(
        fixture.accounts.all(), fixture.control.snapshots.current(), fixture.clients.current());
  }

  private List<Kind> kinds() {
    return warnings().stream().map(Warning::kind).toList();
  }

  @Test
  void aNewAccountWaitsForItsProject() {
    AccountView account = fixture.consented("ana@example.com");

    assertThat(account.connection().state()).isEqualTo(State.NEEDS_PROJECT);
    assertThat(account.name()).isEqualTo("ana@example.com");
    assertThat(fixture.control.snapshots.current().keys()).isEmpty();
    assertThat(fixture.control.pools.view()).isEmpty();
  }

  @Test
  void anAccountIsAProviderKeyWhoseLimitGroupIsItsProject() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    ProviderKey key = key(id);

    assertThat(key.credential())
        .isInstanceOfSatisfying(
            Credential.Account.class,
            account -> assertThat(account.project()).isEqualTo("project-a"));
    assertThat(key.groupName()).isEqualTo("project-a");
    assertThat(key.kind()).isEqualTo(KeyKind.GOOGLE_ACCOUNT);
    assertThat(key.source()).isEqualTo(Source.DATABASE);
    ConfiguredKey configured = fixture.control.keys.key(id).orElseThrow();
    assertThat(configured.limitGroup()).isEqualTo("project-a");
    assertThat(configured.suffix()).isEmpty();
    assertThat(configured.kind()).isEqualTo(KeyKind.GOOGLE_ACCOUNT);
    assertThat(key.toString() + fixture.account(id)).doesNotContain("test-refresh", "test-token");
  }

  @Test
  void isEditedLikeAnyKeyAndStaysAnAccount() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    KeyEdit edit =
        new KeyEdit(
            Edit.put("Ana"),
            Edit.put(8),
            Edit.put(1_000L),
            Edit.keep(),
            Edit.keep(),
            Edit.keep(),
            Edit.put("shared"),
            Edit.keep(),
            Edit.keep());
    assertThat(fixture.control.keys.edit(fixture.actor, id, edit, null))
        .isInstanceOf(KeyChange.Done.class);

    assertThat(key(id).spec().priority()).isEqualTo(8);
    assertThat(key(id).groupName()).isEqualTo("shared");
    assertThat(key(id).account()).isNotNull();
    assertThat(fixture.control.keys.edit(fixture.actor, id, KeyEdit.NONE, "AQ.test-0123456789"))
        .isInstanceOfSatisfying(
            KeyChange.Invalid.class, invalid -> assertThat(invalid.field()).isEqualTo("secret"));
  }

  @Test
  void twoAccountsOfOneEmailHaveTheirOwnNames() {
    fixture.connected("ana@example.com", "project-a");
    assertThat(fixture.consented("ana@example.com").name()).isEqualTo("ana@example.com 2");
  }

  @Test
  void aProjectIsTriedBeforeItIsChosen() {
    String id = fixture.consented("ana@example.com").id();
    fixture.google.trial = new Google.Trial(Google.Trial.Verdict.REFUSED, "not enabled there");

    assertThat(fixture.accounts.chooseProject(fixture.actor, id, "project-a", false))
        .isEqualTo(new AccountChange.Refused("not enabled there"));
    assertThat(fixture.account(id).account().project()).isNull();
    assertThat(fixture.accounts.chooseProject(fixture.actor, id, "project-a", true))
        .isInstanceOf(AccountChange.Done.class);
    assertThat(fixture.google.calls).contains("try project-a");
  }

  @Test
  void aProjectsNameTravelsInAHeaderAndMayHoldNothingElse() {
    String id = fixture.consented("ana@example.com").id();
    for (String name : List.of("a\r\nx-evil: 1", "Über", "a b", "", "-a-")) {
      assertThat(fixture.accounts.chooseProject(fixture.actor, id, name, true))
          .as(name)
          .isInstanceOf(AccountChange.Invalid.class);
    }
    assertThat(fixture.accounts.chooseProject(fixture.actor, id, "123456789012", true))
        .isInstanceOf(AccountChange.Done.class);
  }

  @Test
  void theSameAccountUsesAProjectOnce() {
    fixture.connected("ana@example.com", "project-a");
    String twin = fixture.consented("ana@example.com").id();
    assertThat(fixture.accounts.chooseProject(fixture.actor, twin, "project-a", false))
        .isInstanceOf(AccountChange.Conflict.class);
    assertThat(fixture.accounts.chooseProject(fixture.actor, twin, "project-b", false))
        .isInstanceOf(AccountChange.Done.class);
  }

  @Test
  void listsProjectsAndWhoUsesThemAlready() {
    fixture.connected("ana@example.com", "project-a");
    String bob = fixture.consented("bob@example.com").id();
    fixture.google.projects =
        new Google.Projects.Listed(
            List.of(
                new Google.Project("project-a", "A", "1"),
                new Google.Project("project-b", "B", null)));

    GoogleAccounts.ProjectList list = fixture.accounts.projects(bob).orElseThrow();

    assertThat(list.problem()).isNull();
    assertThat(list.projects())
        .extracting(GoogleAccounts.ProjectView::usedBy)
        .containsExactly(List.of("ana@example.com"), List.of());
    fixture.google.projects = new Google.Projects.NotListed("not enabled");
    assertThat(fixture.accounts.projects(bob).orElseThrow().problem()).isEqualTo("not enabled");
  }

  @Test
  void removingRevokesAtGoogle() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    StoredSecret secret =
        fixture.control.stores.keys().key(AccountFixture.HOME, id).orElseThrow().secret();

    assertThat(fixture.accounts.remove(fixture.actor, id).orElseThrow().revoked()).isTrue();

    assertThat(fixture.google.revoked).containsExactly(((StoredSecret.Opened) secret).secret());
    assertThat(fixture.accounts.all()).isEmpty();
    assertThat(fixture.control.audited()).endsWith("account.removed", "account.revoked");
    assertThat(fixture.accounts.remove(fixture.actor, id)).isEmpty();
  }

  @Test
  void deletingItAsAKeyRevokesAtGoogleToo() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    fixture.control.keys.act(fixture.actor, KeyAction.DELETE, id);
    assertThat(fixture.google.revoked).isEmpty();
    fixture.run();
    assertThat(fixture.google.revoked).hasSize(1);
  }

  @Test
  void revokesNothingWhileTheSamePersonIsConnectedForAnotherProject() {
    String first = fixture.connected("ana@example.com", "project-a").id();
    String second = fixture.connected("ana@example.com", "project-b").id();

    assertThat(fixture.accounts.remove(fixture.actor, first).orElseThrow().revoked()).isFalse();
    assertThat(fixture.google.revoked).isEmpty();
    assertThat(fixture.accounts.remove(fixture.actor, second).orElseThrow().revoked()).isTrue();
  }

  @Test
  void saysWhenGoogleCouldNotBeAskedToRevoke() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    fixture.google.revokes = false;
    var farewell = fixture.accounts.remove(fixture.actor, id).orElseThrow();
    assertThat(farewell.revoked()).isFalse();
    assertThat(farewell.message()).contains("myaccount.google.com");
    assertThat(fixture.accounts.all()).isEmpty();
  }

  @Test
  void warnsOfTwoKeysThatShareOneProjectsQuota() {
    fixture.connected("ana@example.com", "project-a");
    assertThat(kinds()).isEmpty();
    fixture.connected("bob@example.com", "project-a");
    assertThat(warnings())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.kind()).isEqualTo(Kind.SHARED_PROJECT);
          assertThat(warning.keys()).hasSize(2);
          assertThat(warning.project()).isEqualTo("project-a");
          assertThat(warning.message()).contains("ana@example.com and bob@example.com");
        });
  }

  @Test
  void warnsOfAnApiKeyThatSharesAnAccountsProject() {
    fixture.connected("ana@example.com", "project-a");
    fixture.control.keys.create(
        fixture.actor,
        "AQ.test0123456789",
        new KeyFields(null, "plain", 5, null, null, Set.of(), null, "project-a", "", false),
        ProviderKeys.TestFirst.NO);
    assertThat(kinds()).containsExactly(Kind.SHARED_PROJECT);
  }

  @Test
  void recognisesAConsentScreenInTestingByTheAgeAtWhichATokenDied() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    fixture.google.outage = new TokenAnswer.Ended(false);
    fixture.control.ticker.advance(Duration.ofDays(7).plusMinutes(20));
    fixture.look();
    assertThat(kinds()).containsExactly(Kind.CONSENT_TESTING);
    assertThat(warnings().getFirst().keys()).containsExactly(id);
  }

  @Test
  void aTokenThatDiedAtAnotherAgeIsNoSignOfTesting() {
    fixture.connected("ana@example.com", "project-a");
    fixture.google.outage = new TokenAnswer.Ended(false);
    fixture.control.ticker.advance(Duration.ofDays(3));
    fixture.look();
    assertThat(kinds()).isEmpty();
  }

  @Test
  void warnsWhenGoogleSaysThatATokenLastsAWeek() {
    fixture.google.refreshLifetime = Duration.ofDays(7);
    AccountView account = fixture.connected("ana@example.com", "project-a");
    assertThat(kinds()).containsExactly(Kind.CONSENT_TESTING);
    assertThat(AccountWarnings.latest(account.account(), fixture.clients.current()))
        .isEqualTo(fixture.control.ticker.now().plus(Duration.ofDays(7)));
  }

  @Test
  void warnsOfTestingThatItsOperatorDeclares(@TempDir Path other) {
    AccountFixture declared =
        new AccountFixture(
            other,
            """
            publicUrl: https://forebay.example.com
            google: { clientId: client-1, clientSecret: GOCSPX-test-secret, publishing: testing }
            """);
    declared.connected("ana@example.com", "project-a");
    assertThat(
            AccountWarnings.of(
                declared.accounts.all(),
                declared.control.snapshots.current(),
                declared.clients.current()))
        .extracting(Warning::kind)
        .containsExactly(Kind.CONSENT_TESTING);
  }

  @Test
  void warnsOfMissingScopes() {
    fixture.google.scopes = Set.of("openid", "email", GoogleScopes.GENERATE);
    fixture.connected("ana@example.com", "project-a");
    assertThat(kinds()).containsExactly(Kind.SCOPE_MISSING);
  }

  @Test
  void saysThatAnAccountBelongsToAnotherClient(@TempDir Path other) {
    AccountFixture own = new AccountFixture(other, "timeZone: UTC\n");
    own.clients.put(
        own.actor, new GoogleClients.Wanted("client-2", "GOCSPX-test-two", null, null, true));
    String id = own.connected("ana@example.com", "project-a").id();
    own.clients.put(
        own.actor, new GoogleClients.Wanted("client-3", "GOCSPX-test-three", null, null, true));
    own.look();
    assertThat(own.account(id).connection().state()).isEqualTo(State.CLIENT_REFUSED);
    assertThat(own.account(id).connection().message()).contains("another OAuth client");
    assertThat(
            AccountWarnings.of(
                own.accounts.all(), own.control.snapshots.current(), own.clients.current()))
        .extracting(Warning::kind)
        .containsExactly(Kind.OTHER_CLIENT);

    own.clients.remove(own.actor);
    own.look();
    assertThat(
            AccountWarnings.of(
                own.accounts.all(), own.control.snapshots.current(), own.clients.current()))
        .extracting(Warning::kind)
        .containsExactly(Kind.CLIENT_MISSING);
  }

  private AccountChange add(String file, boolean force) {
    return fixture.accounts.addServiceAccount(
        fixture.actor, new ServiceAccount(Secret.of(file), null, KeyFields.NONE, force));
  }

  @Test
  void addsAServiceAccountByItsFile() {
    AccountChange change = add(ServiceAccountFileTest.FILE, false);
    assertThat(change).isInstanceOf(AccountChange.Done.class);
    AccountView view = ((AccountChange.Done) change).account();
    assertThat(view.account().kind()).isEqualTo(KeyKind.SERVICE_ACCOUNT);
    assertThat(view.account().project()).isEqualTo("test-project-1");
    assertThat(view.connection().state()).isEqualTo(State.LIVE);
    assertThat(key(view.id()).groupName()).isEqualTo("test-project-1");

    fixture.control.ticker.advance(Duration.ofHours(1));
    fixture.look();
    assertThat(fixture.google.count("grant")).isEqualTo(2);
    assertThat(add(ServiceAccountFileTest.FILE, false)).isInstanceOf(AccountChange.Conflict.class);
    assertThat(fixture.accounts.remove(fixture.actor, view.id()).orElseThrow().message())
        .contains("Google's console");
    assertThat(fixture.google.revoked).isEmpty();
  }

  @Test
  void refusesAServiceAccountThatGoogleRefusesUnlessForced() {
    fixture.google.outage = new TokenAnswer.Ended(false);
    assertThat(add(ServiceAccountFileTest.FILE, false)).isInstanceOf(AccountChange.Refused.class);
    assertThat(fixture.accounts.all()).isEmpty();
    assertThat(add(ServiceAccountFileTest.FILE, true)).isInstanceOf(AccountChange.Done.class);
    assertThat(add("{}", false)).isInstanceOf(AccountChange.Invalid.class);
  }
}
