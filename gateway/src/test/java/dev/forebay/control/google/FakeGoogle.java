package dev.forebay.control.google;

import dev.forebay.control.GoogleSettings;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Google, as a test scripts it. Thread-safe but for the scripts, which are set before.
final class FakeGoogle implements Google {

  static final Duration HOUR = Duration.ofHours(1);

  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<Secret> revoked = new CopyOnWriteArrayList<>();
  private final AtomicInteger made = new AtomicInteger();

  /// What the token endpoint answers instead of a token; null when it is in order.
  volatile @Nullable TokenAnswer outage;

  /// By the refresh token.
  final Map<String, TokenAnswer> refusals = new HashMap<>();

  volatile String subject = "sub-1";
  volatile String email = "ana@example.com";
  volatile Set<String> scopes = Set.copyOf(GoogleScopes.ALL);
  volatile boolean refreshTokens = true;
  volatile @Nullable Duration refreshLifetime;
  volatile boolean revokes = true;
  volatile Trial trial = new Trial(Trial.Verdict.ACCEPTED, "fine");
  volatile Projects projects = new Projects.Listed(List.of());
  volatile Page page = Page.ASKS;

  /// The arguments of the last exchange.
  volatile List<String> exchanged = List.of();

  private TokenAnswer.Granted token(@Nullable Secret refreshToken) {
    return new TokenAnswer.Granted(
        Secret.of("ya29.test-token-" + made.incrementAndGet()),
        HOUR,
        refreshToken,
        scopes,
        refreshToken == null ? null : refreshLifetime);
  }

  @Override
  public TokenAnswer exchange(
      GoogleSettings.Client client, Secret code, String redirectUri, Secret verifier) {
    calls.add("exchange");
    exchanged =
        List.of(
            client.id(),
            code.reveal(SecretAccess.granted()),
            redirectUri,
            ConsentPage.challenge(verifier));
    TokenAnswer down = outage;
    return down != null
        ? down
        : token(refreshTokens ? Secret.of("1//test-refresh-" + made.incrementAndGet()) : null);
  }

  @Override
  public TokenAnswer refresh(GoogleSettings.Client client, Secret refreshToken) {
    calls.add("refresh");
    TokenAnswer down = outage;
    TokenAnswer refusal = refusals.get(refreshToken.reveal(SecretAccess.granted()));
    return down != null ? down : refusal != null ? refusal : token(null);
  }

  @Override
  public TokenAnswer grant(Secret assertion) {
    calls.add("grant");
    TokenAnswer down = outage;
    return down != null ? down : token(null);
  }

  @Override
  public boolean revoke(Secret token) {
    calls.add("revoke");
    revoked.add(token);
    return revokes;
  }

  @Override
  public Who who(Secret accessToken) {
    return new Who.Known(subject, email);
  }

  @Override
  public Projects projects(Secret accessToken) {
    return projects;
  }

  @Override
  public Trial tryProject(Secret accessToken, String project) {
    calls.add("try " + project);
    return trial;
  }

  @Override
  public Page consentPage(URI url) {
    return page;
  }

  long count(String call) {
    return new ArrayList<>(calls).stream().filter(call::equals).count();
  }
}
