package dev.forebay.storage.memory;

import dev.forebay.control.Position;
import dev.forebay.control.RequestFilter;
import dev.forebay.control.RowPage;
import dev.forebay.control.UsageRow;
import dev.forebay.control.UsageStore;
import dev.forebay.control.UsageTotal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Usage in memory; of the rows it keeps only the youngest. Thread-safe.
final class MemoryUsageStore implements UsageStore {

  /// Rows of all workspaces; a process without a database must not grow without bound.
  private static final int MOST_ROWS = 50_000;

  /// The order in which rows are listed, backwards.
  private record Place(Instant at, String workspace, String id) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::at).thenComparing(Place::workspace).thenComparing(Place::id);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /// Guarded by `this`.
  private final NavigableMap<Place, UsageRow> rows = new TreeMap<>();

  /// Guarded by `this`.
  private final NavigableMap<UsageTotal.Group<LocalDate>, UsageTotal<LocalDate>> totals =
      new TreeMap<>();

  /// Guarded by `this`.
  private final NavigableMap<UsageTotal.Group<Instant>, UsageTotal<Instant>> hours =
      new TreeMap<>();

  @Override
  public synchronized void append(List<UsageRow> batch) {
    List<UsageRow> fresh = new ArrayList<>(batch.size());
    for (UsageRow row : batch) {
      UsageRow kept = row.withAt(MemoryStores.kept(row.at()));
      Place position = new Place(kept.at(), kept.workspace(), kept.id());
      if (rows.putIfAbsent(position, kept) == null) {
        fresh.add(kept);
      }
    }
    for (UsageTotal<LocalDate> total : UsageTotal.days(fresh)) {
      totals.merge(total.group(), total, UsageTotal::plus);
    }
    for (UsageTotal<Instant> total : UsageTotal.hours(fresh)) {
      hours.merge(total.group(), total, UsageTotal::plus);
    }
    while (rows.size() > MOST_ROWS) {
      rows.pollFirstEntry();
    }
  }

  @Override
  public synchronized List<UsageTotal<LocalDate>> totals(
      String workspace, LocalDate first, LocalDate last) {
    return totals.values().stream()
        .filter(total -> total.group().workspace().equals(workspace))
        .filter(total -> !total.group().period().isBefore(first))
        .filter(total -> !total.group().period().isAfter(last))
        .toList();
  }

  @Override
  public synchronized List<UsageTotal<Instant>> hours(String workspace, Instant from, Instant to) {
    return hours.values().stream()
        .filter(total -> total.group().workspace().equals(workspace))
        .filter(total -> !total.group().period().isBefore(from))
        .filter(total -> total.group().period().isBefore(to))
        .toList();
  }

  @Override
  public synchronized List<UsageRow> rows(String workspace, int limit, int offset) {
    return rows.descendingMap().values().stream()
        .filter(row -> row.workspace().equals(workspace))
        .skip(offset)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<UsageRow> row(
      String workspace, String id, Instant from, Instant to) {
    return rows.values().stream()
        .filter(row -> row.workspace().equals(workspace) && row.id().equals(id))
        .filter(row -> !row.at().isBefore(from) && row.at().isBefore(to))
        .findFirst();
  }

  @Override
  public synchronized RowPage rows(
      String workspace, RequestFilter filter, @Nullable Position before, int limit, int scan) {
    Instant from = filter.from();
    Instant to = filter.to();
    List<UsageRow> found = new ArrayList<>();
    UsageRow last = null;
    int scanned = 0;
    for (UsageRow row : rows.descendingMap().values()) {
      if (!row.workspace().equals(workspace)
          || (to != null && !row.at().isBefore(to))
          || (before != null && new Position(row.at(), row.id()).compareTo(before) >= 0)) {
        continue;
      }
      if (from != null && row.at().isBefore(from)) {
        break;
      }
      if (scanned == scan || found.size() == limit) {
        return new RowPage(found, last == null ? null : new Position(last.at(), last.id()));
      }
      scanned++;
      last = row;
      if (filter.matches(row)) {
        found.add(row);
      }
    }
    return new RowPage(found, null);
  }

  @Override
  public synchronized int removeRows(String workspace, Instant before, int limit) {
    int removed = 0;
    Iterator<UsageRow> oldest = rows.values().iterator();
    while (removed < limit && oldest.hasNext()) {
      UsageRow row = oldest.next();
      if (!row.at().isBefore(before)) {
        break;
      }
      if (row.workspace().equals(workspace)) {
        oldest.remove();
        removed++;
      }
    }
    return removed;
  }

  @Override
  public synchronized int removeHours(String workspace, Instant before, int limit) {
    List<UsageTotal.Group<Instant>> old =
        hours.keySet().stream()
            .filter(group -> group.workspace().equals(workspace))
            .filter(group -> group.period().isBefore(before))
            .limit(limit)
            .toList();
    old.forEach(hours::remove);
    return old.size();
  }
}
