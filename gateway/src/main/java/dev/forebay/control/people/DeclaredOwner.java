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
import dev.forebay.control.people.Passwords.Match;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.secrets.Tokens;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes the owner be who `forebay.yaml` says, at the start and when the file changes. Thread-safe;
/// may block.
public final class DeclaredOwner {

  private final String workspace;
  private final PeopleStore people;
  private final SessionStore sessions;
  private final Passwords passwords;
  private final AuditLog audit;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// Guarded by `this`, as is whether it was followed at all.
  private Config.@Nullable Owner last;

  private boolean followed;

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

  /// What came of a look at the declaration.
  public enum Outcome {
    /// The owner is who the file said the last time.
    SAME,
    /// The owner is who the file says now.
    CHANGED,
    /// Others sign in just now: nothing is changed yet, look again.
    BUSY
  }

  /// Makes the owner be who the file declares, when that is not what it declared the last time.
  /// Called at every start, before [Links#setUp], and whenever the file was read again.
  ///
  /// Whoever was the owner before becomes an admin. When the file declares nobody any more, its
  /// owner stays, and may change the password from now on.
  ///
  /// @throws dev.forebay.control.StorageException when the database cannot be used; look again
  public synchronized Outcome follow(Config.@Nullable Owner declared) {
    if (followed && Objects.equals(declared, last)) {
      return Outcome.SAME;
    }
    if (declared == null) {
      apply(null, null);
    } else {
      switch (newHash(declared)) {
        case Hashing.Done(String hash) -> apply(declared, hash.isEmpty() ? null : hash);
        case Hashing.Busy _ -> {
          return Outcome.BUSY;
        }
      }
    }
    followed = true;
    last = declared;
    return Outcome.CHANGED;
  }

  /// Hashed before anything changes, because that may have to wait. Empty when the known hash will
  /// do.
  private Hashing newHash(Config.Owner declared) {
    String password = declared.password().reveal(SecretAccess.granted());
    String known =
        people
            .withEmail(workspace, declared.email())
            .flatMap(person -> people.passwordHash(workspace, person.id()))
            .orElse("");
    return switch (known.isEmpty() ? Match.WRONG : passwords.check(password, known)) {
      case RIGHT -> Passwords.outdated(known) ? passwords.hash(password) : new Hashing.Done("");
      case WRONG -> passwords.hash(password);
      case BUSY -> new Hashing.Busy();
    };
  }

  private void apply(Config.@Nullable Owner declared, @Nullable String hash) {
    String email = declared == null ? null : Person.normal(declared.email());
    for (Person person : people.people(workspace)) {
      boolean declaredHere = person.email().equals(email);
      if (!declaredHere && person.source() == Source.FILE) {
        people.change(person.with(declared == null ? Role.OWNER : Role.ADMIN, Source.DATABASE));
      } else if (!declaredHere && declared != null && person.role() == Role.OWNER) {
        people.change(person.with(Role.ADMIN, person.source()));
        audit.record(Actor.FILE, "person.role", person.email(), "from owner to admin");
      }
    }
    if (declared != null) {
      put(declared, hash);
    }
  }

  private void put(Config.Owner declared, @Nullable String hash) {
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
      people.add(owner, hash == null ? passwords.unusable() : hash);
      audit.record(Actor.FILE, "person.created", owner.email(), "as owner");
      return;
    }
    if (known.role() != Role.OWNER || known.source() != Source.FILE) {
      people.change(known.with(Role.OWNER, Source.FILE));
      audit.record(Actor.FILE, "person.role", known.email(), "to owner");
    }
    if (hash != null) {
      people.password(workspace, known.id(), hash);
      int ended = sessions.removeOthers(workspace, known.id(), null);
      audit.record(
          Actor.FILE,
          "person.password",
          known.email(),
          ended == 0 ? "" : "and ended every session of that account");
    }
  }
}
