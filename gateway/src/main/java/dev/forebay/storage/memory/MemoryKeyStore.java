package dev.forebay.storage.memory;

import dev.forebay.control.KeyStore;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Provider keys in memory. Thread-safe.
final class MemoryKeyStore implements KeyStore {

  private record Id(String workspace, String id) {}

  private final MemoryStores stores;

  /// Guarded by `this`.
  private final Map<Id, StoredKey> keys = new HashMap<>();

  MemoryKeyStore(MemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public synchronized List<StoredKey> keys(String workspace) {
    return keys.values().stream()
        .filter(key -> key.workspace().equals(workspace))
        .sorted(Comparator.comparing(StoredKey::createdAt).thenComparing(StoredKey::id))
        .toList();
  }

  @Override
  public synchronized Optional<StoredKey> key(String workspace, String id) {
    return Optional.ofNullable(keys.get(new Id(workspace, id)));
  }

  @Override
  public synchronized void put(StoredKey key) {
    stores.require(key.workspace());
    Id id = new Id(key.workspace(), key.id());
    StoredKey old = keys.get(id);
    StoredSecret secret =
        switch (key.secret()) {
          case StoredSecret.Opened opened -> opened;
          case StoredSecret.Unreadable _ -> {
            if (old == null) {
              throw new IllegalArgumentException(
                  "key \"" + key.name() + "\": no secret (expected: one that can be read)");
            }
            yield old.secret();
          }
        };
    keys.put(
        id,
        key.withSecret(secret)
            .withAccount(kept(key.account()))
            .withTimes(
                MemoryStores.kept(old == null ? key.createdAt() : old.createdAt()),
                MemoryStores.kept(key.updatedAt())));
  }

  private static @Nullable StoredAccount kept(@Nullable StoredAccount account) {
    if (account == null) {
      return null;
    }
    Instant expires = account.expiresAt();
    Instant ended = account.endedAt();
    return account.withTimes(
        MemoryStores.kept(account.connectedAt()),
        expires == null ? null : MemoryStores.kept(expires),
        ended == null ? null : MemoryStores.kept(ended));
  }

  @Override
  public synchronized void putAll(List<StoredKey> all) {
    Map<Id, StoredKey> before = new HashMap<>(keys);
    try {
      all.forEach(this::put);
    } catch (IllegalArgumentException e) {
      keys.clear();
      keys.putAll(before);
      throw e;
    }
  }

  @Override
  public synchronized boolean remove(String workspace, String id) {
    return keys.remove(new Id(workspace, id)) != null;
  }
}
