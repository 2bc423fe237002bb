package dev.forebay.control.people;

import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.Source;
import dev.forebay.control.audit.Actor;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.secrets.Tokens;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Whoever runs the process: may do what the owner may, without an account. Immutable.
///
/// The process makes a token at every start and leaves it where only its own user can read it.
/// Whoever can read that could read the database beside it as well. Nothing is stored, and the
/// token ends with the process.
public final class LocalOperator {

  /// What the audit log says.
  public static final String NAME = "local operator";

  private final @Nullable String hash;
  private final Person person;

  private LocalOperator(String workspace, @Nullable String hash, Instant since) {
    this.hash = hash;
    // Declared like what the file declares: it has no password and no address to change.
    this.person = new Person(workspace, "local", NAME, NAME, Role.OWNER, Source.FILE, since, null);
  }

  /// Nobody: the process leaves no token.
  public static LocalOperator none(String workspace) {
    return new LocalOperator(workspace, null, Instant.EPOCH);
  }

  /// The holder of this token.
  ///
  /// @param since when the process started
  public static LocalOperator holding(Secret token, String workspace, Instant since) {
    return new LocalOperator(workspace, Digest.sha256(token.reveal(SecretAccess.granted())), since);
  }

  /// A new token.
  ///
  /// @param random cryptographically strong
  public static Secret token(RandomGenerator random) {
    return Tokens.generate(ApiTokens.PREFIX, random);
  }

  /// Whether this is the token.
  public boolean holds(String bearer) {
    return hash != null && Tokens.same(Digest.sha256(bearer), hash);
  }

  /// A person in name only: nobody of this id is stored.
  public Person person() {
    return person;
  }

  /// Who acts. It is no person, so that nothing is made to belong to one who is not there.
  public Actor actor(String address) {
    return new Actor(null, NAME, address);
  }
}
