package dev.forebay.control.people;

import dev.forebay.control.ApiToken;
import dev.forebay.control.ApiTokenStore;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.Stores;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.secrets.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Bearer tokens with which scripts act as the person who made them. Thread-safe; may block.
public final class ApiTokens {

  /// What every API token begins with.
  public static final String PREFIX = "fbt-";

  private static final int MOST = 100;
  private static final int LONGEST_NAME = 64;
  private static final Duration USED_EVERY = Duration.ofMinutes(1);

  private final String workspace;
  private final ApiTokenStore store;
  private final PeopleStore people;
  private final AuditLog audit;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// @param random cryptographically strong and thread-safe
  public ApiTokens(
      String workspace, Stores stores, AuditLog audit, Ticker ticker, RandomGenerator random) {
    this.workspace = workspace;
    this.store = stores.apiTokens();
    this.people = stores.people();
    this.audit = audit;
    this.ticker = ticker;
    this.random = random;
  }

  /// A script and the person it acts for.
  public record Bearer(Person person, ApiToken token) {}

  /// Whose token this is; empty when it is nobody's, or has expired.
  public Optional<Bearer> resume(String token) {
    ApiToken found =
        token.startsWith(PREFIX)
            ? store.withHash(workspace, Digest.sha256(token)).orElse(null)
            : null;
    if (found == null) {
      return Optional.empty();
    }
    Instant now = ticker.now();
    Instant expires = found.expiresAt();
    Person person = people.person(workspace, found.personId()).orElse(null);
    if (person == null || (expires != null && !now.isBefore(expires))) {
      return Optional.empty();
    }
    Instant last = found.lastUsedAt();
    if (last == null || !now.isBefore(last.plus(USED_EVERY))) {
      store.used(workspace, found.id(), now);
      found = found.withTimes(found.createdAt(), now, expires);
    }
    return Optional.of(new Bearer(person, found));
  }

  /// The person's tokens, the youngest first.
  public List<ApiToken> list(Person person) {
    return store.tokens(workspace, person.id());
  }

  /// Makes a token, which can be shown now and never again.
  ///
  /// @param days how long it is valid; null for as long as its person is there
  public TokenResult create(Actor actor, Person person, String name, @Nullable Integer days) {
    String called = name.strip();
    if (called.isEmpty()
        || called.length() > LONGEST_NAME
        || called.chars().anyMatch(Character::isISOControl)) {
      return new TokenResult.Invalid("name", "must have 1 to " + LONGEST_NAME + " characters");
    }
    if (days != null && (days < 1 || days > 3650)) {
      return new TokenResult.Invalid("expiresInDays", "must be between 1 and 3650");
    }
    if (list(person).size() >= MOST) {
      return new TokenResult.TooMany("there are " + MOST + " tokens already; revoke one first");
    }
    Secret secret = Tokens.generate(PREFIX, random);
    Instant now = ticker.now();
    ApiToken token =
        new ApiToken(
            workspace,
            Tokens.id("token-", random),
            person.id(),
            called,
            secret.suffix(),
            now,
            null,
            days == null ? null : now.plus(Duration.ofDays(days)));
    if (!store.add(token, Digest.sha256(secret.reveal(SecretAccess.granted())))) {
      return new TokenResult.TooMany(person.email() + " has just been removed");
    }
    audit.record(actor, "token.created", called, "ends in " + token.suffix());
    return new TokenResult.Made(token, secret);
  }

  /// Revokes one of the person's tokens; false if there is no such token.
  public boolean revoke(Actor actor, Person person, String id) {
    ApiToken token =
        list(person).stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
    if (token == null || !store.remove(workspace, person.id(), id)) {
      return false;
    }
    audit.record(actor, "token.revoked", token.name(), "ended in " + token.suffix());
    return true;
  }
}
