package dev.forebay.control;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the audit log lives. Thread-safe; may block; a failure of the database is a
/// [StorageException].
public interface AuditStore {

  /// Adds an entry. When it returns, a `kill -9` does not lose it.
  void append(AuditEntry entry);

  /// Entries older than the position, or the youngest ones when it is null; the youngest first.
  List<AuditEntry> entries(String workspace, @Nullable Position before, int limit);

  /// Deletes up to `limit` entries from before `before`, the oldest first, and returns how many.
  int removeEntries(String workspace, Instant before, int limit);
}
