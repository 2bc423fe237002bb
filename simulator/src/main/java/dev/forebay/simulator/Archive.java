package dev.forebay.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an account stored under ids, the oldest forgotten first. Thread-safe.
final class Archive<T> {

  private static final int MAX_ENTRIES = 10_000;

  private final Map<String, T> entries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  synchronized void put(String id, T value) {
    entries.put(id, value);
  }

  synchronized @Nullable T get(String id) {
    return entries.get(id);
  }

  /// Everything, the oldest first.
  synchronized List<T> values() {
    return List.copyOf(entries.values());
  }

  synchronized @Nullable T remove(String id) {
    return entries.remove(id);
  }
}
