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
import dev.forebay.control.people.Passwords.Hashing;
import dev.forebay.control.people.SignInThrottle.Turn;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Tokens;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The ways in: a password, or the token of a link. Thread-safe; may block.
public final class SignIn {

  private static final Duration BUSY = Duration.ofSeconds(1);

  private final String workspace;
  private final PeopleStore people;
  private final PassStore passes;
  private final Sessions sessions;
  private final Passwords passwords;
  private final SignInThrottle throttle;
  private final AuditLog audit;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// @param random cryptographically strong and thread-safe
  public SignIn(
      String workspace,
      Stores stores,
      Sessions sessions,
      Passwords passwords,
      SignInThrottle throttle,
      AuditLog audit,
      Ticker ticker,
      RandomGenerator random) {
    this.workspace = workspace;
    this.people = stores.people();
    this.passes = stores.passes();
    this.sessions = sessions;
    this.passwords = passwords;
    this.throttle = throttle;
    this.audit = audit;
    this.ticker = ticker;
    this.random = random;
  }

  /// Whether nobody has an account yet, so that the set-up link is what a visitor needs.
  public boolean needsSetUp() {
    return people.people(workspace).isEmpty();
  }

  /// Signs in with an e-mail address and a password.
  public SignInResult signIn(String email, String password, Visitor visitor) {
    String account = Person.normal(email);
    return switch (throttle.take(account, visitor.address())) {
      case Turn.Refused(Duration retryAfter) -> new SignInResult.TooManyAttempts(retryAfter);
      case Turn.Taken turn -> {
        Person person = people.withEmail(workspace, account).orElse(null);
        yield switch (match(person, password)) {
          case BUSY -> {
            throttle.unused(turn);
            yield new SignInResult.TooManyAttempts(BUSY);
          }
          case WRONG -> {
            failed(account, turn, visitor);
            yield new SignInResult.WrongPassword();
          }
          case RIGHT -> {
            throttle.succeeded(turn);
            yield person == null
                ? new SignInResult.WrongPassword()
                : begin(person, visitor, "with a password");
          }
        };
      }
    };
  }

  private Passwords.Match match(@Nullable Person person, String password) {
    if (person == null) {
      return passwords.checkNobody(password);
    }
    String hash = people.passwordHash(workspace, person.id()).orElse("");
    Passwords.Match match =
        hash.isEmpty() ? passwords.checkNobody(password) : passwords.check(password, hash);
    if (match == Passwords.Match.RIGHT
        && Passwords.outdated(hash)
        && passwords.hash(password) instanceof Hashing.Done(String fresh)) {
      people.password(workspace, person.id(), fresh);
    }
    return match;
  }

  private void failed(String account, Turn.Taken turn, Visitor visitor) {
    // People type passwords into the wrong field: what is no address is not written down.
    String name = PersonFields.email(account) == null ? account : "(no e-mail address)";
    String detail =
        turn.block().isZero()
            ? ""
            : "further attempts are refused for "
                + Words.of(Duration.ofSeconds(turn.block().toSeconds()));
    audit.record(Actor.unknown(name, visitor.address()), "session.failed", name, detail);
  }

  private SignInResult begin(Person person, Visitor visitor, String how) {
    SignInResult.SignedIn signedIn = sessions.begin(person, visitor).orElse(null);
    if (signedIn == null) {
      return new SignInResult.WrongPassword();
    }
    audit.record(Actor.of(person, visitor.address()), "session.started", person.email(), how);
    return signedIn;
  }

  /// Signs in with the token of a one-time link.
  public SignInResult signInByLink(String token, Visitor visitor) {
    Pass pass =
        passes.take(workspace, Pass.Kind.SIGN_IN, Digest.sha256(token), ticker.now()).orElse(null);
    String personId = pass == null ? null : pass.personId();
    Person person = personId == null ? null : people.person(workspace, personId).orElse(null);
    if (person == null) {
      failedWithLink("sign-in link", visitor);
      return new SignInResult.BadToken();
    }
    return begin(person, visitor, "with a link");
  }

  /// Makes the owner's account on a fresh install, with the token of the set-up link.
  public SignInResult setUp(
      String token, String email, String name, String password, Visitor visitor) {
    return join(Pass.Kind.SET_UP, token, email, name, password, visitor);
  }

  /// Makes an account for somebody who was invited, with the token of the invitation.
  public SignInResult accept(String token, String name, String password, Visitor visitor) {
    return join(Pass.Kind.INVITATION, token, null, name, password, visitor);
  }

  private SignInResult join(
      Pass.Kind kind,
      String token,
      @Nullable String givenEmail,
      String name,
      String password,
      Visitor visitor) {
    String hash = Digest.sha256(token);
    Pass pass = passes.find(workspace, kind, hash, ticker.now()).orElse(null);
    if (pass == null) {
      if (kind == Pass.Kind.SET_UP && !needsSetUp()) {
        return new SignInResult.Conflict("Forebay is set up already; sign in");
      }
      failedWithLink(kind == Pass.Kind.SET_UP ? "set-up link" : "invitation", visitor);
      return new SignInResult.BadToken();
    }
    String email = givenEmail == null ? pass.email() : givenEmail;
    SignInResult.Invalid invalid = invalid(email, name, password);
    if (invalid != null) {
      return invalid;
    }
    return switch (passwords.hash(password)) {
      case Hashing.Busy _ -> new SignInResult.TooManyAttempts(BUSY);
      case Hashing.Done(String passwordHash) -> {
        if (passes.take(workspace, kind, hash, ticker.now()).isEmpty()) {
          yield new SignInResult.BadToken();
        }
        yield add(kind, person(email, name, pass.role()), passwordHash, visitor);
      }
    };
  }

  private SignInResult add(Pass.Kind kind, Person person, String passwordHash, Visitor visitor) {
    boolean added =
        kind == Pass.Kind.SET_UP
            ? people.addFirst(person, passwordHash)
            : people.add(person, passwordHash);
    if (!added) {
      return new SignInResult.Conflict(
          kind == Pass.Kind.SET_UP
              ? "Forebay is set up already; sign in"
              : person.email() + " has an account already; sign in");
    }
    if (kind == Pass.Kind.SET_UP) {
      audit.record(
          new Actor(null, "setup", visitor.address()),
          "person.created",
          person.email(),
          "as owner");
    } else {
      audit.record(
          Actor.of(person, visitor.address()),
          "person.joined",
          person.email(),
          "as " + role(person));
    }
    return begin(person, visitor, "with a new account");
  }

  private Person person(String email, String name, Role role) {
    return new Person(
        workspace,
        Tokens.id("person-", random),
        email,
        name.strip(),
        role,
        Source.DATABASE,
        ticker.now(),
        null);
  }

  private static String role(Person person) {
    return person.role().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static SignInResult.@Nullable Invalid invalid(
      String email, String name, String password) {
    String wrong = PersonFields.email(Person.normal(email));
    if (wrong != null) {
      return new SignInResult.Invalid("email", wrong);
    }
    wrong = PersonFields.name(name);
    if (wrong != null) {
      return new SignInResult.Invalid("name", wrong);
    }
    wrong = PersonFields.password(password, Person.normal(email));
    return wrong == null ? null : new SignInResult.Invalid("password", wrong);
  }

  private void failedWithLink(String what, Visitor visitor) {
    audit.record(
        Actor.unknown("somebody", visitor.address()),
        "link.failed",
        what,
        "which is unknown, used or expired");
  }
}
