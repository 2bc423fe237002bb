package dev.forebay.control.keys;

import dev.forebay.control.KeyKind;
import dev.forebay.control.KeyStore;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.Source;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Origin;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Provider keys as people see them, joined from the file and the database. Thread-safe; may block.
final class KeyListing {

  private static final Comparator<ConfiguredKey> ORDER =
      Comparator.comparing(ConfiguredKey::provider)
          .thenComparing(KeyListing::groupFirst)
          .thenComparing(ConfiguredKey::name)
          .thenComparing(ConfiguredKey::id);

  private final String workspace;
  private final KeyStore store;
  private final SnapshotSource snapshots;
  private final Pools pools;

  KeyListing(String workspace, KeyStore store, SnapshotSource snapshots, Pools pools) {
    this.workspace = workspace;
    this.store = store;
    this.snapshots = snapshots;
    this.pools = pools;
  }

  /// Keys that share a limit stand together, those that are alone after them.
  private static String groupFirst(ConfiguredKey key) {
    String group = key.limitGroup();
    return group == null ? "1" : "0" + group;
  }

  List<ConfiguredKey> all() {
    Set<String> paused = new HashSet<>();
    for (KeyView view : pools.view()) {
      if (view.status() instanceof Status.Paused) {
        paused.add(view.id());
      }
    }
    List<ConfiguredKey> keys = new ArrayList<>();
    for (ProviderKey key : snapshots.current().keys().values()) {
      if (key.source() == Source.FILE) {
        keys.add(declared(key, paused.contains(key.id())));
      }
    }
    for (StoredKey row : store.keys(workspace)) {
      keys.add(stored(row, paused.contains(row.id())));
    }
    keys.sort(ORDER);
    return keys;
  }

  Optional<ConfiguredKey> one(String id) {
    boolean paused =
        pools.view(id).filter(view -> view.status() instanceof Status.Paused).isPresent();
    ProviderKey key = snapshots.current().keys().get(id);
    if (key != null && key.source() == Source.FILE) {
      return Optional.of(declared(key, paused));
    }
    return store.key(workspace, id).map(row -> stored(row, paused));
  }

  private static ConfiguredKey declared(ProviderKey key, boolean paused) {
    KeySpec spec = key.spec();
    return new ConfiguredKey(
        key.id(),
        key.provider().id(),
        key.name(),
        key.suffix(),
        spec.priority(),
        spec.dailyTokens() == Long.MAX_VALUE ? null : spec.dailyTokens(),
        spec.dailyNanoDollars() == Long.MAX_VALUE ? null : spec.dailyNanoDollars(),
        spec.models(),
        key.origin().equals(Origin.of(key.provider())) ? null : key.origin().toString(),
        key.groupName(),
        spec.limitGroup(),
        spec.paused() || paused,
        key.note(),
        Source.FILE,
        KeyKind.API_KEY,
        true,
        null,
        null);
  }

  private static ConfiguredKey stored(StoredKey row, boolean paused) {
    KeyFields fields = KeyRows.fields(row);
    return new ConfiguredKey(
        row.id(),
        row.provider(),
        row.name(),
        row.suffix(),
        row.priority(),
        fields.dailyTokens(),
        fields.dailyNanoDollars(),
        row.models(),
        row.baseUrl(),
        row.effectiveGroup(),
        poolGroup(row, fields.provider()),
        row.paused() || paused,
        row.note(),
        Source.DATABASE,
        row.kind(),
        row.secret() instanceof StoredSecret.Opened,
        row.createdAt(),
        row.updatedAt());
  }

  private static String poolGroup(StoredKey row, @Nullable Provider provider) {
    String group = row.effectiveGroup();
    return group == null || provider == null
        ? KeySpec.ownGroup(row.id())
        : ProviderKey.poolGroup(provider, group);
  }
}
