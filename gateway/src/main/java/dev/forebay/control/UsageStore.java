package dev.forebay.control;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where usage lives. Thread-safe; may block; a failure of the database is a [StorageException].
public interface UsageStore {

  /// Stores rows and adds them to the totals of days and hours, in one transaction. A row whose
  /// workspace and id are already stored is left out, so that a batch of unknown fate may be
  /// appended again.
  void append(List<UsageRow> rows);

  /// The totals of one day, ordered by provider, model, key and client key.
  default List<UsageTotal<LocalDate>> totals(String workspace, LocalDate day) {
    return totals(workspace, day, day);
  }

  /// The totals of the days from `first` to `last`, both included, ordered by day, then as above.
  List<UsageTotal<LocalDate>> totals(String workspace, LocalDate first, LocalDate last);

  /// The totals of the hours that begin from `from` on and before `to`, ordered by hour, then as
  /// above.
  List<UsageTotal<Instant>> hours(String workspace, Instant from, Instant to);

  /// Rows, the youngest first.
  List<UsageRow> rows(String workspace, int limit, int offset);

  /// One row by its id, if it began from `from` on and before `to`.
  Optional<UsageRow> row(String workspace, String id, Instant from, Instant to);

  /// Looks through up to `scan` rows older than the position, or from the youngest on when it is
  /// null, until `limit` of them match; the work is bounded whatever the history holds.
  ///
  /// @param limit at least 1
  /// @param scan at least `limit`
  RowPage rows(
      String workspace, RequestFilter filter, @Nullable Position before, int limit, int scan);

  /// Deletes up to `limit` of the workspace's rows that began before `before`, the oldest first,
  /// and returns how many. The totals stay.
  int removeRows(String workspace, Instant before, int limit);

  /// Deletes up to `limit` totals of the workspace's hours before `before`, the oldest first, and
  /// returns how many.
  int removeHours(String workspace, Instant before, int limit);
}
