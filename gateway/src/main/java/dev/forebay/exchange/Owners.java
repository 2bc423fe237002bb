package dev.forebay.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remembers which limit group holds a resource that a provider stored, such as a response that a
/// later request continues: only that group's keys can serve the continuation.
///
/// Bounded: the least recently used entries are forgotten first. An unknown owner is not an error;
/// the groups are then asked in turn. Thread-safe: one short lock, no calls out under it.
public final class Owners {

  private final Map<String, String> groups;

  /// @param capacity most resources remembered
  public Owners(int capacity) {
    this.groups =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > capacity;
          }
        };
  }

  /// Notes that `group` holds the resource.
  public void remember(String resourceId, String group) {
    synchronized (groups) {
      groups.put(resourceId, group);
    }
  }

  /// The limit group that holds the resource, or null when nobody knows.
  public @Nullable String groupOf(String resourceId) {
    synchronized (groups) {
      return groups.get(resourceId);
    }
  }
}
