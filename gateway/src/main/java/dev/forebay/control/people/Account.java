package dev.forebay.control.people;

import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.SessionStore;
import dev.forebay.control.Source;
import dev.forebay.control.Stores;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.audit.Words;
import dev.forebay.control.people.Passwords.Hashing;
import dev.forebay.control.people.SignInThrottle.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people change about themselves. Thread-safe; may block.
public final class Account {

  private static final Duration BUSY = Duration.ofSeconds(1);

  private final String workspace;
  private final PeopleStore people;
  private final SessionStore sessions;
  private final Passwords passwords;
  private final SignInThrottle throttle;
  private final AuditLog audit;

  public Account(
      String workspace,
      Stores stores,
      Passwords passwords,
      SignInThrottle throttle,
      AuditLog audit) {
    this.workspace = workspace;
    this.people = stores.people();
    this.sessions = stores.sessions();
    this.passwords = passwords;
    this.throttle = throttle;
    this.audit = audit;
  }

  /// Changes the own name or e-mail address; null leaves it as it is.
  public PersonChange edit(
      Actor actor, Person person, @Nullable String email, @Nullable String name) {
    String nextEmail = email == null ? person.email() : Person.normal(email);
    String nextName = name == null ? person.name() : name.strip();
    String wrong = PersonFields.email(nextEmail);
    if (wrong != null) {
      return new PersonChange.Invalid("email", wrong);
    }
    wrong = PersonFields.name(nextName);
    if (wrong != null) {
      return new PersonChange.Invalid("name", wrong);
    }
    boolean moved = !nextEmail.equals(person.email());
    if (moved && person.source() == Source.FILE) {
      return new PersonChange.ManagedByFile();
    }
    Person now = people.person(workspace, person.id()).orElse(null);
    if (now == null) {
      return new PersonChange.NotFound();
    }
    Person changed = now.with(nextEmail, nextName);
    if (!people.change(changed)) {
      return new PersonChange.Conflict(nextEmail + " is somebody else's address");
    }
    List<String> what = new ArrayList<>();
    if (moved) {
      what.add("e-mail " + Words.change(person.email(), nextEmail));
    }
    if (!nextName.equals(person.name())) {
      what.add("name " + Words.change(person.name(), nextName));
    }
    if (!what.isEmpty()) {
      audit.record(actor, "person.edited", nextEmail, String.join("; ", what));
    }
    return new PersonChange.Done(changed);
  }

  /// Changes the own password; all sessions end but the one that asks.
  ///
  /// @param sessionId the session that asks; null when it is an API token
  public PasswordChange changePassword(
      Actor actor, Person person, @Nullable String sessionId, String current, String next) {
    if (person.source() == Source.FILE) {
      return new PasswordChange.ManagedByFile();
    }
    String wrong = PersonFields.password(next, person.email());
    if (wrong != null) {
      return new PasswordChange.Invalid("next", wrong);
    }
    return switch (throttle.take(person.email(), actor.address())) {
      case Turn.Refused(Duration retryAfter) -> new PasswordChange.TooManyAttempts(retryAfter);
      case Turn.Taken turn -> {
        String hash = people.passwordHash(workspace, person.id()).orElse("");
        yield switch (passwords.check(current, hash)) {
          case BUSY -> {
            throttle.unused(turn);
            yield new PasswordChange.TooManyAttempts(BUSY);
          }
          case WRONG -> {
            audit.record(actor, "person.password-failed", person.email(), "");
            yield new PasswordChange.WrongPassword();
          }
          case RIGHT -> {
            throttle.succeeded(turn);
            yield replaced(actor, person, sessionId, next);
          }
        };
      }
    };
  }

  private PasswordChange replaced(
      Actor actor, Person person, @Nullable String sessionId, String next) {
    return switch (passwords.hash(next)) {
      case Hashing.Busy _ -> new PasswordChange.TooManyAttempts(BUSY);
      case Hashing.Done(String hash) -> {
        people.password(workspace, person.id(), hash);
        sessions.removeOthers(workspace, person.id(), sessionId);
        audit.record(actor, "person.password", person.email(), "and ended every other session");
        yield new PasswordChange.Done();
      }
    };
  }
}
