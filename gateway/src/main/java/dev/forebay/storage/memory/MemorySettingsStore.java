package dev.forebay.storage.memory;

import dev.forebay.control.SettingsStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Settings in memory; a workspace's map is replaced whole. Thread-safe.
final class MemorySettingsStore implements SettingsStore {

  private final MemoryStores stores;

  private final Map<String, Map<String, String>> settings = new ConcurrentHashMap<>();

  MemorySettingsStore(MemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public Map<String, String> settings(String workspace) {
    return settings.getOrDefault(workspace, Map.of());
  }

  @Override
  public void change(String workspace, Map<String, String> put, Set<String> remove) {
    stores.require(workspace);
    settings.compute(
        workspace,
        (_, old) -> {
          Map<String, String> next = new HashMap<>(old == null ? Map.of() : old);
          next.keySet().removeAll(remove);
          next.putAll(put);
          return Map.copyOf(next);
        });
  }
}
