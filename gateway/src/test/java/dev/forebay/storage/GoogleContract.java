package dev.forebay.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.control.GoogleSettings.Publishing;
import dev.forebay.control.KeyKind;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredConsent;
import dev.forebay.control.StoredGoogleClient;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.Stores;
import dev.forebay.control.Workspace;
import dev.forebay.secrets.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store does for Google accounts, their client and their consents.
public abstract class GoogleContract {

  private static final String HOME = Workspace.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456Z");

  /// The stores of this test, empty at its beginning.
  protected abstract Stores stores();

  private static StoredKey key(String id, @Nullable StoredAccount account) {
    return new StoredKey(
        HOME,
        id,
        "gemini",
        "ana@example.com",
        new StoredSecret.Opened(Secret.of("1//test-refresh-" + id)),
        "",
        null,
        5,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        Set.of(),
        null,
        false,
        "",
        NOW,
        NOW,
        account);
  }

  private static StoredAccount account(@Nullable String project) {
    return new StoredAccount(
        KeyKind.GOOGLE_ACCOUNT,
        "zoë🌊@example.com",
        "1234567890",
        "client-1.apps.example.com",
        Set.of("openid", "https://www.googleapis.com/auth/cloud-platform"),
        project,
        NOW,
        null,
        null,
        "");
  }

  @Test
  void givesAnAccountBackAsItWas() {
    StoredKey young = key("k1", account(null));
    StoredKey old =
        key(
            "k2",
            account("my-project")
                .withTimes(NOW, NOW.plusSeconds(60), NOW.plusSeconds(7))
                .withEnding(NOW.plusSeconds(7), "needs reconnecting"));
    StoredKey plain = key("k3", null);
    Stream.of(young, old, plain).forEach(stores().keys()::put);

    assertThat(stores().keys().keys(HOME)).containsExactly(young, old, plain);
    assertThat(stores().keys().key(HOME, "k2")).contains(old);
  }

  @Test
  void changesAnAccountWithItsKey() {
    stores().keys().put(key("k1", account(null)));
    StoredKey chosen = key("k1", account("my-project").withEnding(NOW, "ended"));
    stores().keys().put(chosen);
    assertThat(stores().keys().key(HOME, "k1")).contains(chosen);

    StoredKey again =
        chosen
            .withSecret(new StoredSecret.Opened(Secret.of("1//test-another")))
            .withAccount(account("my-project").withoutEnding());
    stores().keys().putAll(List.of(again));
    assertThat(stores().keys().key(HOME, "k1")).contains(again);
  }

  @Test
  void anAccountGoesWithItsKey() {
    stores().keys().put(key("k1", account("my-project")));
    assertThat(stores().keys().remove(HOME, "k1")).isTrue();
    stores().keys().put(key("k1", null));
    assertThat(stores().keys().key(HOME, "k1")).contains(key("k1", null));
  }

  private static StoredGoogleClient client(String id, String secret, @Nullable String url) {
    return new StoredGoogleClient(
        HOME, id, new StoredSecret.Opened(Secret.of(secret)), Publishing.TESTING, url, NOW);
  }

  @Test
  void keepsOneClientForAWorkspace() {
    assertThat(stores().googleClients().client(HOME)).isEmpty();
    stores().googleClients().put(client("one", "GOCSPX-test-one", null));
    StoredGoogleClient two = client("two", "GOCSPX-test-two", "https://forebay.example.com");
    stores().googleClients().put(two);
    assertThat(stores().googleClients().client(HOME)).contains(two);
    assertThat(stores().googleClients().client("elsewhere")).isEmpty();

    assertThat(stores().googleClients().remove(HOME)).isTrue();
    assertThat(stores().googleClients().remove(HOME)).isFalse();
    assertThat(stores().googleClients().client(HOME)).isEmpty();
  }

  @Test
  void keepsTheSecretOfAClientThatIsPutWithoutOne() {
    StoredGoogleClient unreadable =
        new StoredGoogleClient(
            HOME,
            "one",
            new StoredSecret.Unreadable("not shown"),
            Publishing.PRODUCTION,
            null,
            NOW);
    assertThatThrownBy(() -> stores().googleClients().put(unreadable))
        .isInstanceOf(IllegalArgumentException.class);

    stores().googleClients().put(client("one", "GOCSPX-test-one", null));
    stores().googleClients().put(unreadable);

    StoredGoogleClient kept = stores().googleClients().client(HOME).orElseThrow();
    assertThat(kept.secret()).isEqualTo(client("one", "GOCSPX-test-one", null).secret());
    assertThat(kept.publishing()).isEqualTo(Publishing.PRODUCTION);
  }

  private static StoredConsent consent(String id, Instant expires) {
    return new StoredConsent(
        HOME,
        id,
        "hash-of-" + id,
        new StoredSecret.Opened(Secret.of("test-verifier-of-" + id)),
        "session s1",
        "https://forebay.example.com/settings/google/callback",
        "client-1",
        id.equals("c2") ? "k1" : null,
        NOW,
        expires,
        null);
  }

  @Test
  void findsAConsentByItsState() {
    StoredConsent first = consent("c1", NOW.plusSeconds(600));
    StoredConsent second = consent("c2", NOW.plusSeconds(600));
    stores().consents().add(first);
    stores().consents().add(second);

    assertThat(stores().consents().withState(HOME, "hash-of-c1")).contains(first);
    assertThat(stores().consents().withState(HOME, "hash-of-c2")).contains(second);
    assertThat(stores().consents().withState(HOME, "hash-of-c3")).isEmpty();
    assertThat(stores().consents().withState("elsewhere", "hash-of-c1")).isEmpty();
  }

  @Test
  void aConsentIsUsedOnce() throws Exception {
    stores().consents().add(consent("c1", NOW.plusSeconds(600)));
    Callable<Boolean> use = () -> stores().consents().use(HOME, "c1", NOW.plusSeconds(3));
    int used = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> each :
          threads.invokeAll(List.of(use, use, use, use, use, use, use, use))) {
        used += each.get() ? 1 : 0;
      }
    }
    assertThat(used).isEqualTo(1);
    assertThat(stores().consents().withState(HOME, "hash-of-c1").orElseThrow().usedAt())
        .isEqualTo(NOW.plusSeconds(3));
    assertThat(stores().consents().use(HOME, "c9", NOW)).isFalse();
  }

  @Test
  void forgetsConsentsThatExpiredLongAgo() {
    stores().consents().add(consent("c1", NOW));
    stores().consents().add(consent("c2", NOW.plusSeconds(60)));
    assertThat(stores().consents().removeExpired(HOME, NOW.plusSeconds(1))).isEqualTo(1);
    assertThat(stores().consents().withState(HOME, "hash-of-c1")).isEmpty();
    assertThat(stores().consents().withState(HOME, "hash-of-c2")).isPresent();
  }
}
