package dev.forebay.control.people;

import static dev.forebay.control.Control.PASSWORD;
import static dev.forebay.control.Control.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.ApiToken;
import dev.forebay.control.Control;
import dev.forebay.control.Edit;
import dev.forebay.control.Person;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.people.SignInResult.SignedIn;
import dev.forebay.control.settings.SettingsEdit;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {

  @TempDir private Path folder;

  private Control control;
  private SignedIn here;
  private Person owner;
  private Actor actor;

  @BeforeEach
  void signIn() {
    control = new Control(folder, "");
    here = control.owner();
    owner = here.session().person();
    actor = control.actor(owner);
  }

  private SignedIn again() {
    return (SignedIn) control.signIn.signIn("ann@example.com", PASSWORD, VISITOR);
  }

  @Test
  void aSessionLivesAsLongAsItIsUsed() {
    for (int day = 0; day < 20; day++) {
      control.ticker.advance(Duration.ofDays(6));
      assertThat(control.sessions.resume(here.cookie())).isPresent();
    }
    control.ticker.advance(Duration.ofDays(7));
    assertThat(control.sessions.resume(here.cookie())).isEmpty();
    assertThat(control.sessions.resume("guessed")).isEmpty();
  }

  @Test
  void aShorterLifetimeHoldsForSessionsThatExist() {
    SettingsEdit none = SettingsEdit.NONE;
    control.settings.edit(
        actor,
        new SettingsEdit(
            none.timeZone(),
            none.maxWait(),
            none.maxWaiting(),
            none.maxAttempts(),
            none.promptCacheKey(),
            none.retention(),
            none.keepBodies(),
            none.bodyRetention(),
            Edit.put(Duration.ofHours(1))));
    control.ticker.advance(Duration.ofMinutes(59));
    assertThat(control.sessions.resume(here.cookie())).isPresent();
    control.ticker.advance(Duration.ofMinutes(60));
    assertThat(control.sessions.resume(here.cookie())).isEmpty();
  }

  @Test
  void theCsrfTokenBelongsToTheSession() {
    Session first = control.sessions.resume(here.cookie()).orElseThrow();
    Session second = again().session();

    assertThat(first.csrf(first.csrfToken())).isTrue();
    assertThat(first.csrf(second.csrfToken())).isFalse();
    assertThat(first.csrfToken()).isEqualTo(here.session().csrfToken());
    assertThat(here.cookie()).isNotEqualTo(first.csrfToken());
  }

  @Test
  void theLastUseIsWrittenOnceAMinute() {
    control.ticker.advance(Duration.ofSeconds(59));
    control.sessions.resume(here.cookie());
    assertThat(listed().lastSeenAt()).isEqualTo(here.session().createdAt());
    control.ticker.advance(Duration.ofSeconds(1));
    control.sessions.resume(here.cookie());
    assertThat(listed().lastSeenAt()).isEqualTo(control.ticker.now());
  }

  private Sessions.Listed listed() {
    return control.sessions.list(owner, here.session().id()).getFirst();
  }

  @Test
  void sessionsAreRevokedOneByOneAndTogether() {
    SignedIn second = again();
    SignedIn third = again();
    assertThat(control.sessions.list(owner, here.session().id())).hasSize(3);

    assertThat(control.sessions.revoke(actor, owner, second.session().id())).isTrue();
    assertThat(control.sessions.revoke(actor, owner, second.session().id())).isFalse();
    assertThat(control.sessions.revokeOthers(actor, owner, here.session().id())).isEqualTo(1);

    assertThat(control.sessions.resume(third.cookie())).isEmpty();
    assertThat(control.sessions.resume(here.cookie())).isPresent();
    control.sessions.signOut(here.session(), actor);
    assertThat(control.sessions.resume(here.cookie())).isEmpty();
  }

  @Test
  void aNewPasswordEndsAllOtherSessions() {
    SignedIn other = again();
    String here = this.here.session().id();

    assertThat(control.account.changePassword(actor, owner, here, "wrong password", "next secret"))
        .isEqualTo(new PasswordChange.WrongPassword());
    assertThat(control.account.changePassword(actor, owner, here, PASSWORD, "short"))
        .isInstanceOf(PasswordChange.Invalid.class);
    assertThat(control.account.changePassword(actor, owner, here, PASSWORD, "the next secret"))
        .isEqualTo(new PasswordChange.Done());

    assertThat(control.sessions.resume(other.cookie())).isEmpty();
    assertThat(control.sessions.resume(this.here.cookie())).isPresent();
    assertThat(control.signIn.signIn("ann@example.com", PASSWORD, VISITOR))
        .isEqualTo(new SignInResult.WrongPassword());
    assertThat(control.signIn.signIn("ann@example.com", "the next secret", VISITOR))
        .isInstanceOf(SignedIn.class);
  }

  @Test
  void anApiTokenActsForItsPersonUntilItExpires() {
    TokenResult.Made made = (TokenResult.Made) control.tokens.create(actor, owner, "ci", 30);
    assertThat(made.clear()).startsWith("fbt-");

    assertThat(control.tokens.resume(made.clear()).orElseThrow().person().id())
        .isEqualTo(owner.id());
    assertThat(control.tokens.list(owner))
        .extracting(ApiToken::lastUsedAt)
        .containsExactly(control.ticker.now());
    control.ticker.advance(Duration.ofDays(30));
    assertThat(control.tokens.resume(made.clear())).isEmpty();
    assertThat(control.tokens.revoke(actor, owner, made.token().id())).isTrue();
    assertThat(control.tokens.list(owner)).isEmpty();
  }

  @Test
  void nothingShowsASecret() {
    TokenResult.Made made = (TokenResult.Made) control.tokens.create(actor, owner, "ci", null);

    assertThat(here + " " + here.session() + " " + made)
        .doesNotContain(here.cookie(), here.session().csrfToken(), made.clear());
    assertThat(control.stores.audit().entries(Control.HOME, null, 100).toString())
        .doesNotContain(here.cookie(), made.clear(), PASSWORD);
  }
}
