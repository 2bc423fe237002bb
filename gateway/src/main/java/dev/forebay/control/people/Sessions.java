package dev.forebay.control.people;

import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.SessionStore;
import dev.forebay.control.StoredSession;
import dev.forebay.control.Stores;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.audit.Words;
import dev.forebay.control.people.SignInResult.SignedIn;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.secrets.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Who is signed in. Thread-safe; may block.
///
/// A session is known by a random token of which only the digest is stored. It ends when it has not
/// been used for the session lifetime; a change of that setting holds for sessions that exist.
public final class Sessions {

  /// How exactly the last use is known: a use costs a write once in this time.
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private static final String CSRF = "csrf";

  private final String workspace;
  private final SessionStore store;
  private final PeopleStore people;
  private final Supplier<Duration> lifetime;
  private final AuditLog audit;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// @param lifetime how long a session lives without being used
  /// @param random cryptographically strong and thread-safe
  public Sessions(
      String workspace,
      Stores stores,
      Supplier<Duration> lifetime,
      AuditLog audit,
      Ticker ticker,
      RandomGenerator random) {
    this.workspace = workspace;
    this.store = stores.sessions();
    this.people = stores.people();
    this.lifetime = lifetime;
    this.audit = audit;
    this.ticker = ticker;
    this.random = random;
  }

  /// A session as its person sees it among the others.
  ///
  /// @param current whether it is the one that asks
  public record Listed(
      String id,
      boolean current,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt,
      String address,
      String agent) {}

  /// Signs a person in; empty when the person has just been removed.
  Optional<SignedIn> begin(Person person, Visitor visitor) {
    Instant now = ticker.now();
    store.removeUnused(workspace, now.minus(lifetime.get()));
    Secret token = Tokens.generate("", random);
    String clear = token.reveal(SecretAccess.granted());
    StoredSession session =
        new StoredSession(
            workspace,
            Tokens.id("session-", random),
            person.id(),
            Digest.sha256(clear),
            now,
            now,
            visitor.address(),
            visitor.agent());
    if (!store.add(session)) {
      return Optional.empty();
    }
    people.seen(workspace, person.id(), now);
    return Optional.of(new SignedIn(session(session, person.withLastSeen(now), clear), token));
  }

  /// The session with this token, which lives on because it is used; empty when there is none, or
  /// when it has expired.
  public Optional<Session> resume(String token) {
    StoredSession found = store.withHash(workspace, Digest.sha256(token)).orElse(null);
    if (found == null) {
      return Optional.empty();
    }
    Instant now = ticker.now();
    Person person = people.person(workspace, found.personId()).orElse(null);
    if (person == null || !now.isBefore(found.lastSeenAt().plus(lifetime.get()))) {
      store.remove(workspace, found.personId(), found.id());
      return Optional.empty();
    }
    StoredSession used = found;
    if (!now.isBefore(found.lastSeenAt().plus(SEEN_EVERY))) {
      store.seen(workspace, found.id(), now);
      people.seen(workspace, person.id(), now);
      used = found.withTimes(found.createdAt(), now);
      person = person.withLastSeen(now);
    }
    return Optional.of(session(used, person, token));
  }

  private Session session(StoredSession stored, Person person, String token) {
    return new Session(
        stored.id(),
        person,
        Tokens.derived(token, CSRF),
        stored.createdAt(),
        stored.lastSeenAt(),
        stored.lastSeenAt().plus(lifetime.get()));
  }

  /// Ends the session, on its own person's word.
  public void signOut(Session session, Actor actor) {
    if (store.remove(workspace, session.person().id(), session.id())) {
      audit.record(actor, "session.ended", session.person().email(), "");
    }
  }

  /// Where the person is signed in, the youngest session first.
  ///
  /// @param currentId the session that asks; empty when it is none
  public List<Listed> list(Person person, String currentId) {
    Duration lives = lifetime.get();
    Instant now = ticker.now();
    return store.sessions(workspace, person.id()).stream()
        .filter(session -> now.isBefore(session.lastSeenAt().plus(lives)))
        .map(session ->
            new Listed(
                session.id(),
                session.id().equals(currentId),
                session.createdAt(),
                session.lastSeenAt(),
                session.lastSeenAt().plus(lives),
                session.address(),
                session.agent()))
        .toList();
  }

  /// Ends one of the person's sessions; false if there is no such session.
  public boolean revoke(Actor actor, Person person, String sessionId) {
    boolean ended = store.remove(workspace, person.id(), sessionId);
    if (ended) {
      audit.record(actor, "session.revoked", person.email(), "in another browser");
    }
    return ended;
  }

  /// Ends all of the person's sessions but this one; returns how many.
  public int revokeOthers(Actor actor, Person person, String currentId) {
    int ended = store.removeOthers(workspace, person.id(), currentId);
    if (ended > 0) {
      audit.record(
          actor, "session.revoked", person.email(), "in " + Words.of(ended, "other browser"));
    }
    return ended;
  }
}
