package dev.forebay.control.reports;

import dev.forebay.control.ClientKey;
import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StoredClientKey;
import dev.forebay.control.Stores;
import java.util.HashMap;
import java.util.Map;

/// What people call the keys that usage speaks of. Thread-safe; may block.
final class Labels {

  /// What a signed-in person's own requests carry in place of a client key's id.
  private static final String PERSON = "person:";

  private final String workspace;
  private final ClientKeyStore clientKeys;
  private final PeopleStore people;
  private final SnapshotSource snapshots;

  Labels(String workspace, Stores stores, SnapshotSource snapshots) {
    this.workspace = workspace;
    this.clientKeys = stores.clientKeys();
    this.people = stores.people();
    this.snapshots = snapshots;
  }

  /// The names as they are now; what has been removed keeps its id. Immutable.
  record Now(Map<String, String> keys, Map<String, String> clients) {

    String key(String id) {
      return keys.getOrDefault(id, id);
    }

    String client(String id) {
      return clients.getOrDefault(id, id);
    }
  }

  Now now() {
    Map<String, String> keys = new HashMap<>();
    for (ProviderKey key : snapshots.current().keys().values()) {
      keys.put(key.id(), key.name());
    }
    Map<String, String> clients = new HashMap<>();
    for (Person person : people.people(workspace)) {
      clients.put(PERSON + person.id(), person.email());
    }
    for (StoredClientKey row : clientKeys.clientKeys(workspace)) {
      clients.put(row.id(), row.name());
    }
    for (ClientKey key : snapshots.current().clientKeys().values()) {
      clients.put(key.id(), key.name());
    }
    return new Now(keys, clients);
  }
}
