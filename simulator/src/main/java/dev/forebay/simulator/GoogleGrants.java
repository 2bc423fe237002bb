package dev.forebay.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What people allowed to OAuth clients, and the codes and tokens that say so. Thread-safe.
///
/// A refresh token dies when its grant is revoked, after seven days while the consent screen is in
/// testing, after half a year without use, and when its holder gets the hundred-and-first for one
/// client. Revoking any token of somebody revokes all they allowed to that client.
final class GoogleGrants {

  private static final Duration CODE_LIFE = Duration.ofMinutes(10);
  private static final Duration TESTING_LIFE = Duration.ofDays(7);
  private static final Duration UNUSED_LIFE = Duration.ofDays(180);
  private static final int GRANTS_A_CLIENT = 100;
  private static final int REMEMBERED_TOKENS = 10_000;

  /// What somebody allowed on the consent screen.
  ///
  /// @param challenge PKCE's; empty for none
  /// @param plain whether the challenge is the verifier itself
  /// @param lasting whether a refresh token comes with it
  record Consent(
      String email,
      GoogleSpec.Client client,
      String redirectUri,
      Set<String> scopes,
      String challenge,
      boolean plain,
      boolean lasting) {}

  /// An access token: who it speaks for, until when.
  ///
  /// @param client empty for a service account
  record Access(String email, String client, Set<String> scopes, long expiresNanos) {}

  /// A new access token with what comes along.
  record Issued(String accessToken, @Nullable String refreshToken, Set<String> scopes) {}

  /// What a token turns out to be.
  sealed interface Shown {
    record Good(Access access) implements Shown {}

    record Expired(Access access) implements Shown {}

    /// Revoked, or never given out.
    record Unknown() implements Shown {}
  }

  private record Code(Consent consent, long expiresNanos) {}

  private record Grant(
      String email,
      GoogleSpec.Client client,
      Set<String> scopes,
      long issuedNanos,
      long usedNanos) {

    Grant usedAt(long now) {
      return new Grant(email, client, scopes, issuedNanos, now);
    }
  }

  private final World world;
  private final Duration accessTokenLife;
  private final Map<String, Code> codes = new HashMap<>();

  /// By refresh token, in the order in which they were given.
  private final Map<String, Grant> grants = new LinkedHashMap<>();

  private final Map<String, Access> tokens =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Access> eldest) {
          return size() > REMEMBERED_TOKENS;
        }
      };

  GoogleGrants(World world, Duration accessTokenLife) {
    this.world = world;
    this.accessTokenLife = accessTokenLife;
  }

  private long now() {
    return world.clock().epochNanos();
  }

  /// A code for what was allowed, good once and for ten minutes.
  synchronized String code(Consent consent) {
    String code = world.id("4/0A", 50);
    codes.put(code, new Code(consent, now() + CODE_LIFE.toNanos()));
    return code;
  }

  /// What a code stands for, which it does only once; null when it does not.
  synchronized @Nullable Consent redeem(String code) {
    Code known = codes.remove(code);
    return known == null || known.expiresNanos() <= now() ? null : known.consent();
  }

  /// Tokens for what was allowed.
  synchronized Issued grant(Consent consent, Set<String> scopes) {
    String refresh = null;
    if (consent.lasting()) {
      refresh = world.id("1//0", 60);
      remember(refresh, new Grant(consent.email(), consent.client(), scopes, now(), now()));
    }
    return new Issued(access(consent.email(), consent.client().id(), scopes), refresh, scopes);
  }

  /// Lets a refresh token stand that was given before the start.
  synchronized void stand(String refreshToken, String email, GoogleSpec.Client client) {
    remember(refreshToken, new Grant(email, client, GoogleScopes.all(), now(), now()));
  }

  private void remember(String refreshToken, Grant grant) {
    grants.put(refreshToken, grant);
    List<String> held = new ArrayList<>();
    grants.forEach((token, one) -> {
      if (one.email().equals(grant.email()) && one.client().id().equals(grant.client().id())) {
        held.add(token);
      }
    });
    if (held.size() > GRANTS_A_CLIENT) {
      grants.remove(held.getFirst());
    }
  }

  /// Whose refresh token this is; null when nobody's, or no longer.
  synchronized @Nullable String holder(String refreshToken, String client) {
    Grant grant = grants.get(refreshToken);
    if (grant == null || !grant.client().id().equals(client)) {
      return null;
    }
    long now = now();
    boolean dead =
        now - grant.usedNanos() > UNUSED_LIFE.toNanos()
            || (grant.client().testing() && now - grant.issuedNanos() > TESTING_LIFE.toNanos());
    if (dead) {
      grants.remove(refreshToken);
      return null;
    }
    return grant.email();
  }

  /// A new access token for a refresh token that has a holder.
  synchronized Issued refresh(String refreshToken, boolean withoutGemini) {
    Grant grant = grants.get(refreshToken);
    if (grant == null) {
      throw new IllegalStateException("refresh token: without a holder (expected: one)");
    }
    grants.put(refreshToken, grant.usedAt(now()));
    Set<String> scopes = withoutGemini ? withoutGemini(grant.scopes()) : grant.scopes();
    return new Issued(access(grant.email(), grant.client().id(), scopes), null, scopes);
  }

  static Set<String> withoutGemini(Set<String> scopes) {
    Set<String> left = new LinkedHashSet<>(scopes);
    left.remove(GoogleScopes.GEMINI);
    return left;
  }

  /// A new access token.
  synchronized String access(String email, String client, Set<String> scopes) {
    String token = world.id("ya29.a0", 80);
    tokens.put(token, new Access(email, client, scopes, now() + accessTokenLife.toNanos()));
    return token;
  }

  synchronized Shown show(String accessToken) {
    Access access = tokens.get(accessToken);
    if (access == null) {
      return new Shown.Unknown();
    }
    return access.expiresNanos() <= now() ? new Shown.Expired(access) : new Shown.Good(access);
  }

  /// Whether somebody has allowed all of this to a client and not taken it back.
  synchronized boolean covers(String email, String client, Set<String> scopes) {
    return grants.values().stream()
        .anyMatch(grant ->
            grant.email().equals(email)
                && grant.client().id().equals(client)
                && grant.scopes().containsAll(scopes));
  }

  /// Takes back what the holder of this access or refresh token allowed to its client, and tells
  /// who that is; null when the token is not good.
  synchronized @Nullable String revokeToken(String token) {
    Grant grant = grants.get(token);
    if (grant != null) {
      revoke(grant.email(), grant.client().id());
      return grant.email();
    }
    Access access = tokens.get(token);
    if (access == null) {
      return null;
    }
    revoke(access.email(), access.client());
    return access.email();
  }

  private void revoke(String email, String client) {
    grants.values().removeIf(one -> one.email().equals(email) && one.client().id().equals(client));
    tokens.values().removeIf(one -> one.email().equals(email) && one.client().equals(client));
  }

  /// Takes back all that somebody allowed to anybody.
  synchronized void revokeAll(String email) {
    grants.values().removeIf(one -> one.email().equals(email));
    tokens.values().removeIf(one -> one.email().equals(email));
  }

  /// Ends all access tokens of somebody; refresh tokens stand.
  synchronized void expire(String email) {
    long now = now();
    tokens.replaceAll((_, one) ->
        one.email().equals(email) ? new Access(one.email(), one.client(), one.scopes(), now) : one);
  }

  /// How many refresh tokens somebody has given that are still good.
  synchronized int standing(String email) {
    return (int) grants.values().stream().filter(one -> one.email().equals(email)).count();
  }

  /// What an access token says of its remaining life: a second less than the truth.
  long expiresInSeconds() {
    return accessTokenLife.toSeconds() - 1;
  }
}
