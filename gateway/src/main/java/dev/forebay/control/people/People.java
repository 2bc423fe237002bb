package dev.forebay.control.people;

import dev.forebay.control.Pass;
import dev.forebay.control.PassStore;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.Source;
import dev.forebay.control.Stores;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.audit.Words;
import dev.forebay.pool.Ticker;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who is there, and who may change whom. Thread-safe; may block.
///
/// Owners and admins see everybody and invite members. Only the owner invites admins, changes their
/// role or removes them. Nobody changes their own role or removes the owner.
public final class People {

  private final String workspace;
  private final PeopleStore people;
  private final PassStore passes;
  private final Links links;
  private final Runnable clientKeysChanged;
  private final AuditLog audit;
  private final Ticker ticker;

  /// @param clientKeysChanged called after client keys have ended with their owner
  public People(
      String workspace,
      Stores stores,
      Links links,
      Runnable clientKeysChanged,
      AuditLog audit,
      Ticker ticker) {
    this.workspace = workspace;
    this.people = stores.people();
    this.passes = stores.passes();
    this.links = links;
    this.clientKeysChanged = clientKeysChanged;
    this.audit = audit;
    this.ticker = ticker;
  }

  /// Everybody, in the order in which they joined.
  public List<Person> people() {
    return people.people(workspace);
  }

  /// Invitations that are still open, the youngest first.
  public List<Pass> invitations() {
    Instant now = ticker.now();
    return passes.passes(workspace, Pass.Kind.INVITATION).stream()
        .filter(pass -> pass.expiresAt().isAfter(now))
        .toList();
  }

  /// Invites somebody; an earlier invitation of the same address ends.
  public InvitationResult invite(Actor actor, String email, Role role) {
    String address = Person.normal(email);
    String wrong = PersonFields.email(address);
    if (wrong != null) {
      return new InvitationResult.Invalid("email", wrong);
    }
    if (role == Role.OWNER) {
      return new InvitationResult.Invalid("role", "must be admin or member");
    }
    if (!mayTouch(actor, role)) {
      return new InvitationResult.Forbidden(reach(actor));
    }
    if (people.withEmail(workspace, address).isPresent()) {
      return new InvitationResult.Conflict(address + " has an account already");
    }
    boolean adminsOnly =
        actor.role() != Role.OWNER
            && invitations().stream()
                .anyMatch(pass -> pass.email().equals(address) && pass.role() == Role.ADMIN);
    if (adminsOnly) {
      return new InvitationResult.Forbidden("the owner has invited " + address + " as an admin");
    }
    Links.Issued issued = links.invitation(address, role, actor.name());
    audit.record(actor, "person.invited", address, "as " + word(role));
    return new InvitationResult.Made(issued.pass(), issued.token());
  }

  /// What came of withdrawing an invitation.
  public enum Withdrawal {
    DONE,
    NOT_FOUND,
    /// Only the owner may withdraw an invitation as admin.
    FORBIDDEN
  }

  /// Withdraws an invitation.
  public Withdrawal withdraw(Actor actor, String id) {
    Pass pass =
        passes.passes(workspace, Pass.Kind.INVITATION).stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElse(null);
    if (pass == null) {
      return Withdrawal.NOT_FOUND;
    }
    if (!mayTouch(actor, pass.role())) {
      return Withdrawal.FORBIDDEN;
    }
    if (!passes.remove(workspace, Pass.Kind.INVITATION, id)) {
      return Withdrawal.NOT_FOUND;
    }
    audit.record(actor, "person.invitation-withdrawn", pass.email(), "");
    return Withdrawal.DONE;
  }

  /// Makes a member an admin, or the other way round.
  public PersonChange changeRole(Actor actor, String id, Role role) {
    if (role == Role.OWNER) {
      return new PersonChange.Invalid("role", "must be admin or member");
    }
    Person person = people.person(workspace, id).orElse(null);
    PersonChange refused = refused(actor, person, role);
    if (person == null || refused != null) {
      return refused == null ? new PersonChange.NotFound() : refused;
    }
    Person changed = person.with(role, person.source());
    if (!people.change(changed)) {
      return new PersonChange.NotFound();
    }
    audit.record(
        actor, "person.role", person.email(), Words.change(word(person.role()), word(role)));
    return new PersonChange.Done(changed);
  }

  /// Removes a person; sessions, API tokens and client keys end.
  public PersonChange remove(Actor actor, String id) {
    Person person = people.person(workspace, id).orElse(null);
    PersonChange refused = refused(actor, person, null);
    if (person == null || refused != null) {
      return refused == null ? new PersonChange.NotFound() : refused;
    }
    if (!people.remove(workspace, id, ticker.now())) {
      return new PersonChange.NotFound();
    }
    clientKeysChanged.run();
    audit.record(actor, "person.removed", person.email(), "");
    return new PersonChange.Done(person);
  }

  private static @Nullable PersonChange refused(
      Actor actor, @Nullable Person person, @Nullable Role role) {
    if (!actor.manages()) {
      return new PersonChange.Forbidden(reach(actor));
    }
    if (person == null) {
      return new PersonChange.NotFound();
    }
    if (person.source() == Source.FILE) {
      return new PersonChange.ManagedByFile();
    }
    if (person.role() == Role.OWNER) {
      return new PersonChange.Forbidden("the owner stays the owner");
    }
    if (actor.is(person.id())) {
      return new PersonChange.Forbidden("nobody changes their own role; ask the owner");
    }
    if (!mayTouch(actor, person.role()) || (role != null && !mayTouch(actor, role))) {
      return new PersonChange.Forbidden(reach(actor));
    }
    return null;
  }

  private static boolean mayTouch(Actor actor, Role role) {
    return switch (role) {
      case MEMBER -> actor.manages();
      case ADMIN, OWNER -> actor.role() == Role.OWNER;
    };
  }

  private static String reach(Actor actor) {
    return actor.manages()
        ? "only the owner may touch admins"
        : "only owners and admins may do this";
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
