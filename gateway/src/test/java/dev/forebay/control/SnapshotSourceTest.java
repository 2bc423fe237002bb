package dev.forebay.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.storage.memory.MemoryStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotSourceTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir private Path folder;

  private final Rows rows = new Rows();
  private final SettingsStore settings = new MemoryStores().settings();
  private final List<String> notices = new ArrayList<>();
  private final List<Snapshot> changes = new ArrayList<>();

  /// Rows of both tables, in memory.
  private static final class Rows implements KeyStore, ClientKeyStore {
    final List<StoredKey> keys = new ArrayList<>();
    final List<StoredClientKey> clients = new ArrayList<>();

    @Override
    public List<StoredKey> keys(String workspace) {
      return List.copyOf(keys);
    }

    @Override
    public Optional<StoredKey> key(String workspace, String id) {
      return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public void put(StoredKey key) {
      keys.add(key);
    }

    @Override
    public boolean remove(String workspace, String id) {
      return keys.removeIf(key -> key.id().equals(id))
          || clients.removeIf(key -> key.id().equals(id));
    }

    @Override
    public List<StoredClientKey> clientKeys(String workspace) {
      return List.copyOf(clients);
    }

    @Override
    public boolean add(StoredClientKey key) {
      return clients.add(key);
    }

    @Override
    public void putAll(List<StoredKey> all) {
      keys.addAll(all);
    }

    @Override
    public boolean change(
        String workspace,
        String id,
        String name,
        ClientLimits limits,
        @Nullable StandIns standIns) {
      return false;
    }

    @Override
    public boolean revoke(String workspace, String id, Instant at) {
      return false;
    }

    @Override
    public Map<String, Instant> lastUses(String workspace) {
      return Map.of();
    }

    @Override
    public void used(String workspace, Map<String, Instant> uses) {}
  }

  private static StoredKey stored(
      String id, String provider, String name, StoredSecret secret, @Nullable String baseUrl) {
    return new StoredKey(
        "default", id, provider, name, secret, "", "acme", 7, 1_000, 2_000, Set.of(), baseUrl,
        false, "", NOW, NOW);
  }

  private static StoredSecret opened(String secret) {
    return new StoredSecret.Opened(Secret.of(secret));
  }

  private SnapshotSource source(String yaml) throws IOException {
    Path path = folder.resolve("forebay.yaml");
    Files.writeString(path, yaml);
    ConfigFile file = new ConfigFile(path, _ -> null, UnaryOperator.identity());
    SnapshotSource source =
        new SnapshotSource(
            "default",
            file,
            ((Reading.Good) file.read()).config(),
            rows,
            rows,
            settings,
            notice -> notices.add(notice.text().replace(folder + "/", "")));
    source.onChange((_, after) -> changes.add(after));
    return source;
  }

  private void edit(SnapshotSource source, String yaml) throws IOException {
    Files.writeString(folder.resolve("forebay.yaml"), yaml);
    source.poll();
    source.poll();
  }

  private static String reveal(Snapshot snapshot, String id) {
    return Objects.requireNonNull(snapshot.reach(id)).secret().reveal(SecretAccess.granted());
  }

  @Test
  void joinsTheFileAndTheDatabase() throws IOException {
    rows.put(stored("k1", "anthropic", "team", opened("from-db"), "http://localhost:1/x"));
    rows.add(new StoredClientKey("default", "c1", "app", Digest.sha256("fb-app"), "", NOW, null));
    rows.add(new StoredClientKey("default", "c2", "old", Digest.sha256("fb-old"), "", NOW, NOW));

    Snapshot snapshot =
        source(
                """
                keys: [{ provider: openai, name: main, secret: from-file }]
                clientKeys: [{ name: laptop, key: fb-laptop }]
                aliases: { fast: gpt-6-luna }
                """)
            .current();

    assertThat(snapshot.keys()).hasSize(2);
    assertThat(Objects.requireNonNull(snapshot.reach("k1")))
        .satisfies(key -> {
          assertThat(key.source()).isEqualTo(Source.DATABASE);
          assertThat(key.origin()).hasToString("http://localhost:1/x");
          assertThat(key.spec().limitGroup()).isEqualTo("anthropic/acme");
          assertThat(key.spec().priority()).isEqualTo(7);
        });
    assertThat(Objects.requireNonNull(snapshot.client("fb-laptop")).source())
        .isEqualTo(Source.FILE);
    assertThat(Objects.requireNonNull(snapshot.client("fb-app")).name()).isEqualTo("app");
    assertThat(snapshot.client("fb-old")).as("revoked").isNull();
    assertThat(snapshot.client("fb-unknown")).isNull();
    assertThat(snapshot.routes().resolve("fast")).isEqualTo("gpt-6-luna");
    assertThat(snapshot.routes().resolve("gpt-6-sol")).isEqualTo("gpt-6-sol");
    assertThat(notices).isEmpty();
  }

  @Test
  void theFileWinsWhereBothNameAKey() throws IOException {
    rows.put(stored("k1", "openai", "main", opened("from-db"), null));
    SnapshotSource source = source("keys: [{ provider: openai, name: main, secret: from-file }]\n");
    assertThat(source.current().keys()).hasSize(1);
    String id = source.current().keys().keySet().iterator().next();
    assertThat(reveal(source.current(), id)).isEqualTo("from-file");
    assertThat(notices)
        .containsExactly(
            "openai key 'main' is both in the settings file and in the database; the file's is"
                + " used");

    source.refresh();
    assertThat(notices).as("said once").hasSize(1);
  }

  @Test
  void leavesOutWhatCanNotServeAndSaysWhy() throws IOException {
    rows.put(stored("k1", "openai", "a", new StoredSecret.Unreadable("the keyset changed"), null));
    rows.put(stored("k2", "openai", "b", opened("x"), "ftp://x"));
    rows.put(stored("k3", "mistral", "c", opened("x"), null));
    assertThat(source("").current().keys()).isEmpty();
    assertThat(notices)
        .containsExactly(
            "openai key 'a' is left out: the keyset changed",
            "openai key 'b' is left out: its base URL is wrong: 'ftp://x' must begin with https://"
                + " or http://",
            "mistral key 'c' is left out: this release does not know the provider 'mistral'");
  }

  @Test
  void readsTheFileAgainWhenItChanges() throws IOException {
    SnapshotSource source = source("keys: [{ provider: openai, name: a, secret: one }]\n");
    Snapshot before = source.current();

    edit(
        source,
        """
        keys:
          - { provider: openai, name: a, secret: two, priority: 9 }
          - { provider: gemini, name: b, secret: three }
        maxWait: 3s
        """);

    assertThat(changes).containsExactly(source.current());
    String id = before.keys().keySet().iterator().next();
    assertThat(reveal(before, id)).as("a pinned snapshot stays as it was").isEqualTo("one");
    assertThat(reveal(source.current(), id)).isEqualTo("two");
    assertThat(source.current().limits().maxWait()).hasSeconds(3);
    assertThat(notices)
        .containsExactly("forebay.yaml was read again: 2 provider keys, 0 client keys");
  }

  @Test
  void aBrokenFileKeepsTheOldSettingsAndIsReportedOnce() throws IOException {
    SnapshotSource source = source("keys: [{ provider: openai, name: a, secret: one }]\n");
    Snapshot before = source.current();

    edit(source, "keys: [{ provider: openai, nam: a, secret: one, priority: 0 }]\n");
    source.poll();
    source.poll();

    assertThat(source.current()).isSameAs(before);
    assertThat(changes).isEmpty();
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith("forebay.yaml:1: unknown key 'nam' under keys[0]; did you mean 'name'?")
        .contains("forebay.yaml:1: keys[0].priority must be between 1 and 10, not 0")
        .endsWith(
            "forebay.yaml changed but can not be used; the settings from before stay in force");

    edit(source, "keys: []\n");
    assertThat(source.current().keys()).isEmpty();
  }

  @Test
  void saysWhatNeedsARestart() throws IOException {
    SnapshotSource source = source("");
    edit(source, "listen: 127.0.0.1:1\ndata: x\nmetrics: off\naccessLog: off\nretention: 1d\n");
    assertThat(notices)
        .contains(
            "forebay.yaml: a change of listen, data, metrics, accessLog takes"
                + " effect at the next start");
  }

  @Test
  void readsTheDatabaseAgainWhenAsked() throws IOException {
    SnapshotSource source = source("");
    rows.put(stored("k1", "openai", "a", opened("x"), null));
    assertThat(source.current().keys()).isEmpty();
    source.refresh();
    assertThat(source.current().keys()).containsOnlyKeys("k1");
    assertThat(changes).hasSize(1);
  }

  @Test
  void newPricesReachTheSnapshotAndBrokenOnesDoNot() throws IOException {
    Path list = folder.resolve("prices.yaml");
    String text =
        "version: 7\nmodels: [ { provider: openai, model: m, price: { input: 1, output: 2 } } ]\n";
    Files.writeString(list, text);
    SnapshotSource source = source("prices: " + list + "\n");
    Price first = Price.flat(Rates.ofText(1_000, 1_000, 1_000, 1_000, 2_000));
    assertThat(source.current().price("openai", "m")).isEqualTo(first);
    assertThat(source.current().price("openai", "other")).isNull();
    assertThat(source.current().priceVersion()).endsWith("+7");

    Files.writeString(list, "version: 8\nmodels: oops\n");
    source.poll();
    source.poll();
    assertThat(source.current().price("openai", "m")).isEqualTo(first);
    assertThat(notices).last().asString().contains("prices.yaml:2").contains("stay in force");

    Files.writeString(list, text.replace("7", "9").replace("input: 1,", "input: 10,"));
    source.poll();
    source.poll();
    assertThat(source.current().priceVersion()).endsWith("+9");
    Price next = Objects.requireNonNull(source.current().price("openai", "m"));
    assertThat(next.rates(0).input()).isEqualTo(10_000);
  }
}
