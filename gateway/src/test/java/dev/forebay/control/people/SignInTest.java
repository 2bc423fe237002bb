package dev.forebay.control.people;

import static dev.forebay.control.Control.PASSWORD;
import static dev.forebay.control.Control.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebay.control.AuditEntry;
import dev.forebay.control.Control;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.Source;
import dev.forebay.control.people.SignInResult.SignedIn;
import dev.forebay.secrets.SecretAccess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {

  @TempDir private Path folder;

  private Control control(String yaml) {
    return new Control(folder, yaml);
  }

  @Test
  void theSetUpLinkMakesTheOwnerOnce() {
    Control control = control("");
    assertThat(control.signIn.needsSetUp()).isTrue();
    String token = control.links.setUp().orElseThrow().reveal(SecretAccess.granted());

    SignedIn first =
        (SignedIn) control.signIn.setUp(token, "Ann@Example.com", "Ann", PASSWORD, VISITOR);

    assertThat(first.session().person())
        .extracting(Person::email, Person::role, Person::source)
        .containsExactly("ann@example.com", Role.OWNER, Source.DATABASE);
    assertThat(control.sessions.resume(first.cookie())).isPresent();
    assertThat(control.signIn.setUp(token, "eve@example.com", "Eve", PASSWORD, VISITOR))
        .isInstanceOf(SignInResult.Conflict.class);
    assertThat(control.links.setUp()).isEmpty();
  }

  @Test
  void aNewStartMakesTheOldSetUpLinkWorthless() {
    Control control = control("");
    String old = control.links.setUp().orElseThrow().reveal(SecretAccess.granted());
    String fresh = control.links.setUp().orElseThrow().reveal(SecretAccess.granted());

    assertThat(control.signIn.setUp(old, "a@b.c", "A", PASSWORD, VISITOR))
        .isEqualTo(new SignInResult.BadToken());
    assertThat(control.signIn.setUp(fresh, "a@b.c", "A", "short", VISITOR))
        .isInstanceOf(SignInResult.Invalid.class);
    assertThat(control.signIn.setUp(fresh, "a@b.c", "A", PASSWORD, VISITOR))
        .isInstanceOf(SignedIn.class);
  }

  @Test
  void theRightPasswordSignsInWhateverTheCaseOfTheAddress() {
    Control control = control("");
    control.owner();

    assertThat(control.signIn.signIn(" ANN@example.com", PASSWORD, VISITOR))
        .isInstanceOf(SignedIn.class);
    assertThat(control.signIn.signIn("ann@example.com", PASSWORD + " ", VISITOR))
        .isEqualTo(new SignInResult.WrongPassword());
    assertThat(control.signIn.signIn("nobody@example.com", PASSWORD, VISITOR))
        .isEqualTo(new SignInResult.WrongPassword());
  }

  @Test
  void wrongPasswordsBlockTheAccountForEverLonger() {
    Control control = control("");
    control.owner();
    for (int i = 0; i < 6; i++) {
      Visitor elsewhere = new Visitor("10.0.1." + i, "");
      assertThat(control.signIn.signIn("ann@example.com", "wrong wrong", elsewhere))
          .isEqualTo(new SignInResult.WrongPassword());
    }

    assertThat(control.signIn.signIn("ann@example.com", PASSWORD, VISITOR))
        .isEqualTo(new SignInResult.TooManyAttempts(Duration.ofSeconds(1)));
    control.ticker.advance(Duration.ofSeconds(1));
    assertThat(control.signIn.signIn("ann@example.com", "wrong wrong", VISITOR))
        .isEqualTo(new SignInResult.WrongPassword());
    assertThat(control.signIn.signIn("ann@example.com", PASSWORD, VISITOR))
        .isEqualTo(new SignInResult.TooManyAttempts(Duration.ofSeconds(2)));
    control.ticker.advance(Duration.ofSeconds(2));
    assertThat(control.signIn.signIn("ann@example.com", PASSWORD, VISITOR))
        .isInstanceOf(SignedIn.class);
  }

  @Test
  void failuresAreWrittenDownWithoutWhatWasTyped() {
    Control control = control("");
    control.owner();
    control.signIn.signIn("ann@example.com", "wrong password 1", VISITOR);
    control.signIn.signIn("my password in the wrong field", "x", VISITOR);

    assertThat(control.stores.audit().entries(Control.HOME, null, 2))
        .extracting(AuditEntry::action, AuditEntry::subject, AuditEntry::address)
        .containsExactlyInAnyOrder(
            tuple("session.failed", "ann@example.com", "10.0.0.1"),
            tuple("session.failed", "(no e-mail address)", "10.0.0.1"));
    assertThat(control.stores.audit().entries(Control.HOME, null, 100).toString())
        .doesNotContain("wrong");
  }

  @Test
  void aSignInLinkWorksOnce() {
    Control control = control("");
    Person owner = control.links.ownerWithoutPassword("demo@example.com", "Demo");
    String token = control.links.signIn(owner).reveal(SecretAccess.granted());

    assertThat(control.signIn.signIn("demo@example.com", "", VISITOR))
        .isEqualTo(new SignInResult.WrongPassword());
    assertThat(control.signIn.signInByLink(token, VISITOR)).isInstanceOf(SignedIn.class);
    assertThat(control.signIn.signInByLink(token, VISITOR)).isEqualTo(new SignInResult.BadToken());
  }

  @Test
  void anInvitationWorksOnceAndForAWeek() {
    Control control = control("");
    Person owner = control.owner().session().person();
    InvitationResult.Made late =
        (InvitationResult.Made)
            control.people.invite(control.actor(owner), "late@example.com", Role.MEMBER);
    InvitationResult.Made made =
        (InvitationResult.Made)
            control.people.invite(control.actor(owner), "bob@example.com", Role.ADMIN);

    SignedIn bob = (SignedIn) control.signIn.accept(made.linkToken(), "Bob", PASSWORD, VISITOR);

    assertThat(bob.session().person().role()).isEqualTo(Role.ADMIN);
    assertThat(control.signIn.accept(made.linkToken(), "Bob", PASSWORD, VISITOR))
        .isEqualTo(new SignInResult.BadToken());
    control.ticker.advance(Duration.ofDays(7));
    assertThat(control.signIn.accept(late.linkToken(), "Late", PASSWORD, VISITOR))
        .isEqualTo(new SignInResult.BadToken());
  }
}
