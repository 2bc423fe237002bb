package dev.forebay.control.people;

import static dev.forebay.control.Control.HOME;
import static dev.forebay.control.Control.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Config;
import dev.forebay.control.Control;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.Source;
import dev.forebay.control.people.SignInResult.SignedIn;
import dev.forebay.secrets.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredOwnerTest {

  private static final String ROOT = "root@example.com";
  private static final String PASSWORD = "from the file itself";

  @TempDir private Path folder;

  private Control control;

  @BeforeEach
  void start() {
    control = new Control(folder, "");
  }

  private static Config.Owner declared(String email, String password) {
    return new Config.Owner(email, Secret.of(password));
  }

  private SignedIn signIn(String email, String password) {
    return (SignedIn) control.signIn.signIn(email, password, VISITOR);
  }

  private Person person(String email) {
    return control.stores.people().withEmail(HOME, email).orElseThrow();
  }

  @Test
  void theFileDeclaresTheOwner() {
    Person before = control.links.ownerWithoutPassword("ann@example.com", "Ann");
    assertThat(control.declaredOwner.follow(declared(ROOT, PASSWORD)))
        .isEqualTo(DeclaredOwner.Outcome.CHANGED);

    SignedIn root = signIn(ROOT, PASSWORD);

    assertThat(root.session().person())
        .extracting(Person::role, Person::source)
        .containsExactly(Role.OWNER, Source.FILE);
    assertThat(person(before.email()).role()).isEqualTo(Role.ADMIN);
    assertThat(
            control.account.changePassword(
                control.actor(root.session().person()),
                root.session().person(),
                root.session().id(),
                PASSWORD,
                "another password"))
        .isEqualTo(new PasswordChange.ManagedByFile());
  }

  @Test
  void anUnchangedDeclarationEndsNoSession() {
    control.declaredOwner.follow(declared(ROOT, PASSWORD));
    SignedIn root = signIn(ROOT, PASSWORD);

    assertThat(control.declaredOwner.follow(declared(ROOT, PASSWORD)))
        .isEqualTo(DeclaredOwner.Outcome.SAME);
    // What the next start does.
    assertThat(control.declaredOwner().follow(declared(ROOT, PASSWORD)))
        .isEqualTo(DeclaredOwner.Outcome.CHANGED);
    assertThat(control.sessions.resume(root.cookie())).isPresent();
  }

  @Test
  void aPasswordChangedInTheFileHoldsAtOnceAndEndsTheSessions() {
    control.declaredOwner.follow(declared(ROOT, PASSWORD));
    SignedIn root = signIn(ROOT, PASSWORD);

    control.declaredOwner.follow(declared(ROOT, "a better password"));

    assertThat(control.sessions.resume(root.cookie())).isEmpty();
    assertThat(control.signIn.signIn(ROOT, PASSWORD, VISITOR)).isNotInstanceOf(SignedIn.class);
    assertThat(signIn(ROOT, "a better password").session().person().role()).isEqualTo(Role.OWNER);
  }

  @Test
  void anotherOwnerTakesThePlaceOfTheOneBefore() {
    control.declaredOwner.follow(declared(ROOT, PASSWORD));
    control.declaredOwner.follow(declared("new@example.com", PASSWORD));

    assertThat(person("new@example.com"))
        .extracting(Person::role, Person::source)
        .containsExactly(Role.OWNER, Source.FILE);
    assertThat(person(ROOT))
        .extracting(Person::role, Person::source)
        .containsExactly(Role.ADMIN, Source.DATABASE);
  }

  @Test
  void whenTheFileDeclaresNobodyAnyMoreItsOwnerStays() {
    control.declaredOwner.follow(declared(ROOT, PASSWORD));
    control.declaredOwner.follow(null);

    assertThat(person(ROOT))
        .extracting(Person::role, Person::source)
        .containsExactly(Role.OWNER, Source.DATABASE);
  }
}
