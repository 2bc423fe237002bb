package dev.forebay.dialect.gemini;

import dev.forebay.dialect.neutral.ToolIds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ids for calls that came without one, and for the results that belong to them. *Confined to one
/// call.*
///
/// They are numbered, so that the same history gets the same ids on every turn; a result without
/// one goes to the oldest open call of its name.
final class CallIds {

  private final String base;
  private final int choice;
  private final Map<String, Deque<String>> open = new HashMap<>();
  private int calls;

  /// @param base what the made ids depend on
  CallIds(String base, int choice) {
    this.base = base;
    this.choice = choice;
  }

  String ofCall(@Nullable String id, String name) {
    int number = calls++;
    String known = id == null || id.isEmpty() ? ToolIds.made(base, choice, number) : id;
    open.computeIfAbsent(name, key -> new ArrayDeque<>()).add(known);
    return known;
  }

  String ofResult(@Nullable String id, String name) {
    Deque<String> waiting = open.get(name);
    if (id != null && !id.isEmpty()) {
      if (waiting != null) {
        waiting.remove(id);
      }
      return id;
    }
    String oldest = waiting == null ? null : waiting.poll();
    return oldest == null ? ToolIds.made(base + "/" + name, choice, calls) : oldest;
  }
}
