package dev.forebay.control.people;

import dev.forebay.control.Config;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.SessionStore;
import dev.forebay.control.Source;
import dev.forebay.control.Stores;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.people.Passwords.Hashing;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.secrets.Tokens;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes the owner be who `forebay.yaml` says. Thread-safe; may block.
public final class DeclaredOwner {

  private final String workspace;
  private final PeopleStore people;
  private final SessionStore sessions;
  private final Passwords passwords;
  private final AuditLog audit;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// @param random cryptographically strong and thread-safe
  public DeclaredOwner(
      String workspace,
      Stores stores,
      Passwords passwords,
      AuditLog audit,
      Ticker ticker,
      RandomGenerator random) {
    this.workspace = workspace;
    this.people = stores.people();
    this.sessions = stores.sessions();
    this.passwords = passwords;
    this.audit = audit;
    this.ticker = ticker;
    this.random = random;
  }

  /// Makes or updates the declared owner; called once at every start, before [Links#setUp].
  ///
  /// Whoever was the owner before becomes an admin. When the file declares nobody any more, its
  /// owner stays, and may change the password from now on.
  public void apply(Config.@Nullable Owner declared) {
    String email = declared == null ? null : Person.normal(declared.email());
    for (Person person : people.people(workspace)) {
      boolean declaredHere = person.email().equals(email);
      if (!declaredHere && person.source() == Source.FILE) {
        people.change(person.with(declared == null ? Role.OWNER : Role.ADMIN, Source.DATABASE));
      } else if (!declaredHere && declared != null && person.role() == Role.OWNER) {
        people.change(person.with(Role.ADMIN, person.source()));
        audit.record(Actor.FILE, "person.role", person.email(), "owner → admin");
      }
    }
    if (declared != null) {
      put(declared);
    }
  }

  private void put(Config.Owner declared) {
    String password = declared.password().reveal(SecretAccess.granted());
    Person known = people.withEmail(workspace, declared.email()).orElse(null);
    if (known == null) {
      Person owner =
          new Person(
              workspace,
              Tokens.id("person-", random),
              declared.email(),
              declared.email().substring(0, declared.email().indexOf('@')),
              Role.OWNER,
              Source.FILE,
              ticker.now(),
              null);
      people.add(owner, hash(password));
      audit.record(Actor.FILE, "person.created", owner.email(), "owner");
      return;
    }
    if (known.role() != Role.OWNER || known.source() != Source.FILE) {
      people.change(known.with(Role.OWNER, Source.FILE));
      audit.record(Actor.FILE, "person.role", known.email(), "owner");
    }
    String hash = people.passwordHash(workspace, known.id()).orElse("");
    if (passwords.check(password, hash) != Passwords.Match.RIGHT || Passwords.outdated(hash)) {
      people.password(workspace, known.id(), hash(password));
      int ended = sessions.removeOthers(workspace, known.id(), null);
      audit.record(
          Actor.FILE, "person.password", known.email(), ended == 0 ? "" : "all sessions ended");
    }
  }

  private String hash(String password) {
    return switch (passwords.hash(password)) {
      case Hashing.Done(String hash) -> hash;
      case Hashing.Busy _ -> throw new IllegalStateException("others sign in before the start");
    };
  }
}
