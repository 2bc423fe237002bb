package dev.forebay.control;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Where usage lives. Thread-safe; may block; a failure of the database is a [StorageException].
public interface UsageStore {

  /// Stores rows and adds them to the daily totals, in one transaction. A row whose workspace and
  /// id are already stored is left out, so that a batch of unknown fate may be appended again.
  void append(List<UsageRow> rows);

  /// The totals of one day, ordered by provider, model, key and client key.
  default List<DailyTotal> totals(String workspace, LocalDate day) {
    return totals(workspace, day, day);
  }

  /// The totals of the days from `first` to `last`, both included, ordered by day, then as above.
  List<DailyTotal> totals(String workspace, LocalDate first, LocalDate last);

  /// Rows, the youngest first.
  List<UsageRow> rows(String workspace, int limit, int offset);

  /// Deletes up to `limit` of the workspace's rows that began before `before`, the oldest first,
  /// and returns how many. The daily totals stay.
  int removeRows(String workspace, Instant before, int limit);
}
