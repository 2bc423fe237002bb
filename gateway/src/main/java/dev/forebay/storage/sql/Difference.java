package dev.forebay.storage.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What has to be written to turn one set of rows into another. Immutable.
///
/// @param changed rows that are new or different
/// @param gone the old form of rows that are no more
record Difference<V>(List<V> changed, List<V> gone) {

  /// Compares by `key`; where a key appears twice, the last row counts.
  static <K, V> Difference<V> between(List<V> before, List<V> after, Function<V, K> key) {
    Map<K, V> old = byKey(before, key);
    List<V> changed = new ArrayList<>();
    byKey(after, key)
        .forEach((k, row) -> {
          if (!row.equals(old.remove(k))) {
            changed.add(row);
          }
        });
    return new Difference<>(changed, new ArrayList<>(old.values()));
  }

  private static <K, V> Map<K, V> byKey(List<V> rows, Function<V, K> key) {
    Map<K, V> map = LinkedHashMap.newLinkedHashMap(rows.size());
    for (V row : rows) {
      map.put(key.apply(row), row);
    }
    return map;
  }

  boolean none() {
    return changed.isEmpty() && gone.isEmpty();
  }
}
