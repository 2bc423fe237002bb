package dev.forebay.control.people;

import dev.forebay.control.Pass;
import dev.forebay.control.PassStore;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.Source;
import dev.forebay.control.Stores;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.secrets.Tokens;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes the tokens of one-time links. Thread-safe; may block.
public final class Links {

  private static final Duration INVITATION = Duration.ofDays(7);

  /// Until the next start makes another one.
  private static final Duration SET_UP = Duration.ofDays(3650);

  private static final Duration SIGN_IN = Duration.ofDays(1);

  private final String workspace;
  private final PeopleStore people;
  private final PassStore passes;
  private final Passwords passwords;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// @param random cryptographically strong and thread-safe
  public Links(
      String workspace, Stores stores, Passwords passwords, Ticker ticker, RandomGenerator random) {
    this.workspace = workspace;
    this.people = stores.people();
    this.passes = stores.passes();
    this.passwords = passwords;
    this.ticker = ticker;
    this.random = random;
  }

  /// A pass and its token, which is known only now.
  record Issued(Pass pass, Secret token) {}

  /// The token of a new set-up link when nobody has an account; the ones from before end. Called
  /// once at every start: whoever reads what Forebay prints becomes the owner.
  public Optional<Secret> setUp() {
    passes.removeExpired(workspace, ticker.now());
    passes.removeAll(workspace, Pass.Kind.SET_UP);
    if (!people.people(workspace).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(issue(Pass.Kind.SET_UP, null, "", Role.OWNER, "", SET_UP).token());
  }

  /// The token of a one-time link that signs this person in.
  public Secret signIn(Person person) {
    return issue(Pass.Kind.SIGN_IN, person.id(), person.email(), person.role(), "", SIGN_IN)
        .token();
  }

  /// Whether a token of [#signIn] has not been used and is not too old.
  public boolean signsIn(Secret token) {
    String hash = Digest.sha256(token.reveal(SecretAccess.granted()));
    return passes.find(workspace, Pass.Kind.SIGN_IN, hash, ticker.now()).isPresent();
  }

  /// The owner, who is made when nobody has an account: for the demo, whose owner has no password.
  public Person ownerWithoutPassword(String email, String name) {
    Person owner =
        new Person(
            workspace,
            Tokens.id("person-", random),
            email,
            name,
            Role.OWNER,
            Source.DATABASE,
            ticker.now(),
            null);
    if (people.addFirst(owner, passwords.unusable())) {
      return owner;
    }
    return people.people(workspace).stream()
        .filter(person -> person.role() == Role.OWNER)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the workspace has people and no owner"));
  }

  /// An invitation; earlier ones for the same address end.
  Issued invitation(String email, Role role, String issuedBy) {
    for (Pass pass : passes.passes(workspace, Pass.Kind.INVITATION)) {
      if (pass.email().equals(email)) {
        passes.remove(workspace, Pass.Kind.INVITATION, pass.id());
      }
    }
    return issue(Pass.Kind.INVITATION, null, email, role, issuedBy, INVITATION);
  }

  private Issued issue(
      Pass.Kind kind,
      @Nullable String personId,
      String email,
      Role role,
      String issuedBy,
      Duration lifetime) {
    Secret token = Tokens.generate("", random);
    Pass pass =
        new Pass(
            workspace,
            Tokens.id("pass-", random),
            kind,
            personId,
            email,
            role,
            issuedBy,
            ticker.now(),
            ticker.now().plus(lifetime));
    if (!passes.add(pass, Digest.sha256(token.reveal(SecretAccess.granted())))) {
      throw new IllegalStateException("a random token came up twice");
    }
    return new Issued(pass, token);
  }
}
