package dev.forebay.storage.memory;

import dev.forebay.control.GoogleClientStore;
import dev.forebay.control.StoredGoogleClient;
import dev.forebay.control.StoredSecret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// OAuth clients in memory. Thread-safe.
final class MemoryGoogleClientStore implements GoogleClientStore {

  private final MemoryStores stores;

  /// Guarded by `this`.
  private final Map<String, StoredGoogleClient> clients = new HashMap<>();

  MemoryGoogleClientStore(MemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public synchronized Optional<StoredGoogleClient> client(String workspace) {
    return Optional.ofNullable(clients.get(workspace));
  }

  @Override
  public synchronized void put(StoredGoogleClient client) {
    stores.require(client.workspace());
    StoredGoogleClient old = clients.get(client.workspace());
    StoredSecret secret =
        switch (client.secret()) {
          case StoredSecret.Opened opened -> opened;
          case StoredSecret.Unreadable _ -> {
            if (old == null) {
              throw new IllegalArgumentException(
                  "OAuth client: no secret (expected: one that can be read)");
            }
            yield old.secret();
          }
        };
    clients.put(
        client.workspace(),
        new StoredGoogleClient(
            client.workspace(),
            client.clientId(),
            secret,
            client.publishing(),
            client.consoleUrl(),
            MemoryStores.kept(client.updatedAt())));
  }

  @Override
  public synchronized boolean remove(String workspace) {
    return clients.remove(workspace) != null;
  }
}
