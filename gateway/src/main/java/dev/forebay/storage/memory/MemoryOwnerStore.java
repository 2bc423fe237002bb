package dev.forebay.storage.memory;

import dev.forebay.control.OwnerStore;
import dev.forebay.exchange.Ownership;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Owners of stored resources in memory. Thread-safe.
final class MemoryOwnerStore implements OwnerStore {

  private static final Comparator<Ownership> LATEST_FIRST =
      Comparator.comparing(Ownership::at).thenComparing(Ownership::resource).reversed();

  private final MemoryStores stores;
  private final Map<String, Map<String, Ownership>> owners = new HashMap<>();

  MemoryOwnerStore(MemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public synchronized List<Ownership> latest(String workspace, int most) {
    return owners.getOrDefault(workspace, Map.of()).values().stream()
        .sorted(LATEST_FIRST)
        .limit(most)
        .toList();
  }

  @Override
  public synchronized void put(String workspace, List<Ownership> added) {
    stores.require(workspace);
    Map<String, Ownership> known = owners.computeIfAbsent(workspace, _ -> new HashMap<>());
    for (Ownership owner : added) {
      known.put(
          owner.resource(),
          new Ownership(
              owner.resource(),
              owner.keyId(),
              owner.group(),
              owner.conversation(),
              owner.clientId(),
              MemoryStores.kept(owner.at())));
    }
  }

  @Override
  public synchronized int trim(String workspace, int most) {
    Map<String, Ownership> known = owners.getOrDefault(workspace, Map.of());
    List<Ownership> old = known.values().stream().sorted(LATEST_FIRST).skip(most).toList();
    old.forEach(owner -> known.remove(owner.resource()));
    return old.size();
  }
}
