package dev.forebay.control.people;

import static dev.forebay.control.Control.PASSWORD;
import static dev.forebay.control.Control.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Control;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.clients.ClientKeyChange;
import dev.forebay.control.people.SignInResult.SignedIn;
import dev.forebay.exchange.ClientLimits;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {

  @TempDir private Path folder;

  private Control control;
  private Actor owner;
  private Actor admin;
  private Person member;

  @BeforeEach
  void threePeople() {
    control = new Control(folder, "");
    owner = control.actor(control.owner().session().person());
    admin = control.actor(control.joined(owner, "admin@example.com", Role.ADMIN));
    member = control.joined(owner, "member@example.com", Role.MEMBER);
  }

  private String id(Actor actor) {
    return Objects.requireNonNull(actor.person()).id();
  }

  @Test
  void onlyTheOwnerTouchesAdmins() {
    assertThat(control.people.changeRole(admin, member.id(), Role.ADMIN))
        .isInstanceOf(PersonChange.Forbidden.class);
    assertThat(control.people.invite(admin, "x@example.com", Role.ADMIN))
        .isInstanceOf(InvitationResult.Forbidden.class);
    assertThat(control.people.invite(admin, "x@example.com", Role.MEMBER))
        .isInstanceOf(InvitationResult.Made.class);
    assertThat(control.people.changeRole(owner, member.id(), Role.ADMIN))
        .isInstanceOf(PersonChange.Done.class);
    assertThat(control.people.remove(admin, member.id()))
        .isInstanceOf(PersonChange.Forbidden.class);
    assertThat(control.people.remove(owner, member.id())).isInstanceOf(PersonChange.Done.class);
  }

  @Test
  void nobodyTouchesTheOwnerOrTheirOwnRole() {
    assertThat(control.people.remove(admin, id(owner))).isInstanceOf(PersonChange.Forbidden.class);
    assertThat(control.people.remove(owner, id(owner))).isInstanceOf(PersonChange.Forbidden.class);
    assertThat(control.people.changeRole(owner, id(owner), Role.MEMBER))
        .isInstanceOf(PersonChange.Forbidden.class);
    assertThat(control.people.changeRole(admin, id(admin), Role.MEMBER))
        .isInstanceOf(PersonChange.Forbidden.class);
    assertThat(control.people.changeRole(owner, member.id(), Role.OWNER))
        .isInstanceOf(PersonChange.Invalid.class);
  }

  @Test
  void membersChangeNobody() {
    Actor self = control.actor(member);

    assertThat(control.people.invite(self, "x@example.com", Role.MEMBER))
        .isInstanceOf(InvitationResult.Forbidden.class);
    assertThat(control.people.remove(self, id(admin))).isInstanceOf(PersonChange.Forbidden.class);
    assertThat(control.people.remove(self, "nobody")).isInstanceOf(PersonChange.Forbidden.class);
  }

  @Test
  void whoIsRemovedIsGoneAtOnce() {
    SignedIn session = (SignedIn) control.signIn.signIn("member@example.com", PASSWORD, VISITOR);
    Actor self = control.actor(member);
    TokenResult.Made token = (TokenResult.Made) control.tokens.create(self, member, "ci", null);
    ClientKeyChange.Made key =
        (ClientKeyChange.Made)
            control.clients.create(self, "laptop", ClientLimits.NONE, null, null);
    assertThat(control.snapshots.current().client(key.clear())).isNotNull();

    assertThat(control.people.remove(admin, member.id())).isInstanceOf(PersonChange.Done.class);

    assertThat(control.sessions.resume(session.cookie())).isEmpty();
    assertThat(control.tokens.resume(token.clear())).isEmpty();
    assertThat(control.snapshots.current().client(key.clear())).isNull();
    assertThat(control.signIn.signIn("member@example.com", PASSWORD, VISITOR))
        .isEqualTo(new SignInResult.WrongPassword());
    assertThat(control.people.remove(admin, member.id())).isEqualTo(new PersonChange.NotFound());
  }

  @Test
  void aSecondInvitationReplacesTheFirst() {
    InvitationResult.Made first =
        (InvitationResult.Made) control.people.invite(owner, "new@example.com", Role.ADMIN);
    InvitationResult.Made second =
        (InvitationResult.Made) control.people.invite(owner, "New@example.com", Role.MEMBER);

    assertThat(control.people.invitations()).containsExactly(second.invitation());
    assertThat(control.signIn.accept(first.linkToken(), "New", PASSWORD, VISITOR))
        .isEqualTo(new SignInResult.BadToken());
    assertThat(control.people.invite(owner, "admin@example.com", Role.MEMBER))
        .isInstanceOf(InvitationResult.Conflict.class);
    assertThat(control.people.withdraw(admin, second.invitation().id()))
        .isEqualTo(People.Withdrawal.DONE);
    assertThat(control.people.withdraw(admin, second.invitation().id()))
        .isEqualTo(People.Withdrawal.NOT_FOUND);
  }

  @Test
  void anAddressBelongsToOnePerson() {
    Actor self = control.actor(member);

    assertThat(control.account.edit(self, member, "ADMIN@example.com", null))
        .isInstanceOf(PersonChange.Conflict.class);
    assertThat(control.account.edit(self, member, "no address", null))
        .isInstanceOf(PersonChange.Invalid.class);
    PersonChange.Done done =
        (PersonChange.Done) control.account.edit(self, member, "Me@example.com", "Me");
    assertThat(done.person())
        .extracting(Person::email, Person::name)
        .containsExactly("me@example.com", "Me");
  }
}
