package dev.forebay.storage.memory;

import dev.forebay.control.AuditEntry;
import dev.forebay.control.AuditStore;
import dev.forebay.control.Position;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The audit log in memory; of the entries it keeps only the youngest. Thread-safe.
final class MemoryAuditStore implements AuditStore {

  /// A process without a database must not grow without bound.
  private static final int MOST = 10_000;

  /// Guarded by `this`.
  private final NavigableMap<Position, AuditEntry> entries = new TreeMap<>();

  @Override
  public synchronized void append(AuditEntry entry) {
    AuditEntry kept = entry.withAt(MemoryStores.kept(entry.at()));
    entries.putIfAbsent(new Position(kept.at(), kept.id()), kept);
    if (entries.size() > MOST) {
      entries.pollFirstEntry();
    }
  }

  @Override
  public synchronized List<AuditEntry> entries(
      String workspace, @Nullable Position before, int limit) {
    NavigableMap<Position, AuditEntry> older =
        before == null ? entries : entries.headMap(before, false);
    return older.descendingMap().values().stream()
        .filter(entry -> entry.workspace().equals(workspace))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int removeEntries(String workspace, Instant before, int limit) {
    List<AuditEntry> old =
        entries.values().stream()
            .filter(entry -> entry.workspace().equals(workspace) && entry.at().isBefore(before))
            .limit(limit)
            .toList();
    old.forEach(entry -> entries.remove(new Position(entry.at(), entry.id())));
    return old.size();
  }
}
