package dev.forebay.storage.memory;

import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.StoredClientKey;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Client keys in memory. Thread-safe.
final class MemoryClientKeyStore implements ClientKeyStore {

  private final MemoryStores stores;

  /// Guarded by `this`.
  private final List<StoredClientKey> keys = new ArrayList<>();

  /// By workspace, then by id. Guarded by `this`.
  private final Map<String, Map<String, Instant>> uses = new HashMap<>();

  MemoryClientKeyStore(MemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public synchronized List<StoredClientKey> clientKeys(String workspace) {
    return keys.stream()
        .filter(key -> key.workspace().equals(workspace))
        .sorted(Comparator.comparing(StoredClientKey::createdAt).thenComparing(StoredClientKey::id))
        .toList();
  }

  @Override
  public synchronized boolean add(StoredClientKey key) {
    stores.require(key.workspace());
    boolean taken =
        keys.stream()
            .anyMatch(
                other -> other.hash().equals(key.hash()) || is(other, key.workspace(), key.id()));
    if (!taken) {
      keys.add(key.withTimes(MemoryStores.kept(key.createdAt()), kept(key.revokedAt())));
    }
    return !taken;
  }

  @Override
  public synchronized boolean change(
      String workspace, String id, String name, ClientLimits limits, @Nullable StandIns standIns) {
    return change(workspace, id, key -> key.with(name, limits, standIns));
  }

  @Override
  public synchronized boolean revoke(String workspace, String id, Instant at) {
    boolean valid =
        keys.stream().anyMatch(key -> is(key, workspace, id) && key.revokedAt() == null);
    return valid && change(workspace, id, key -> key.withTimes(key.createdAt(), kept(at)));
  }

  @Override
  public synchronized Map<String, Instant> lastUses(String workspace) {
    return Map.copyOf(uses.getOrDefault(workspace, Map.of()));
  }

  @Override
  public synchronized void used(String workspace, Map<String, Instant> at) {
    Map<String, Instant> known = uses.computeIfAbsent(workspace, _ -> new HashMap<>());
    at.forEach(
        (id, use) -> known.merge(id, MemoryStores.kept(use), (a, b) -> a.isAfter(b) ? a : b));
  }

  @Override
  public synchronized boolean remove(String workspace, String id) {
    uses.getOrDefault(workspace, new HashMap<>()).remove(id);
    return keys.removeIf(key -> is(key, workspace, id));
  }

  private boolean change(String workspace, String id, UnaryOperator<StoredClientKey> change) {
    for (int i = 0; i < keys.size(); i++) {
      if (is(keys.get(i), workspace, id)) {
        keys.set(i, change.apply(keys.get(i)));
        return true;
      }
    }
    return false;
  }

  private static boolean is(StoredClientKey key, String workspace, String id) {
    return key.workspace().equals(workspace) && key.id().equals(id);
  }

  /// Revokes what a removed person held.
  synchronized void revokeOf(String workspace, String personId, Instant at) {
    keys.replaceAll(key ->
        key.workspace().equals(workspace)
                && personId.equals(key.ownerId())
                && key.revokedAt() == null
            ? key.withTimes(key.createdAt(), kept(at))
            : key);
  }

  private static @Nullable Instant kept(@Nullable Instant instant) {
    return instant == null ? null : MemoryStores.kept(instant);
  }
}
