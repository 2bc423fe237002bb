package dev.forebay.storage.sql;

import dev.forebay.control.Position;
import dev.forebay.control.RequestFilter;
import dev.forebay.control.RowPage;
import dev.forebay.control.UsageRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// One page of a search for usage rows. Confined to one connection.
///
/// The rows are walked in the order of their primary key, a bounded number of them, and filtered on
/// the way: no index beside that key has to be kept for it, and no search costs more because the
/// history is longer.
final class RowSearch {

  private final Handle handle;
  private final String workspace;
  private final RequestFilter filter;
  private final @Nullable Position before;
  private final int limit;
  private final int scan;

  RowSearch(
      Handle handle,
      String workspace,
      RequestFilter filter,
      @Nullable Position before,
      int limit,
      int scan) {
    this.handle = handle;
    this.workspace = workspace;
    this.filter = filter;
    this.before = before;
    this.limit = limit;
    this.scan = scan;
  }

  @FunctionalInterface
  interface RowReader {
    UsageRow read(ResultSet row) throws SQLException;
  }

  RowPage page(RowReader reader) {
    List<String> conditions = conditions();
    String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    List<UsageRow> found =
        filtered(
                """
                SELECT * FROM (
                  SELECT * FROM usage_row
                  WHERE workspace = :workspace AND (at, id) < (:beforeAt, :beforeId) AND at >= :from
                  ORDER BY at DESC, id DESC LIMIT :scan) AS scanned
                JOIN usage_kind USING (workspace, kind)
                """
                    + where
                    + " ORDER BY at DESC, id DESC LIMIT :limit")
            .bind("limit", limit)
            .map((row, context) -> reader.read(row))
            .list();
    if (found.size() == limit) {
      UsageRow last = found.getLast();
      return new RowPage(found, new Position(last.at(), last.id()));
    }
    return new RowPage(found, lastScanned());
  }

  /// Where the walk stopped; null when it came to the end.
  private @Nullable Position lastScanned() {
    return walk("""
    SELECT at, id FROM usage_row
    WHERE workspace = :workspace AND (at, id) < (:beforeAt, :beforeId) AND at >= :from
    ORDER BY at DESC, id DESC LIMIT 1 OFFSET :scan - 1
    """)
        .map(
            (row, context) -> new Position(Columns.instant(row.getLong("at")), row.getString("id")))
        .findFirst()
        .orElse(null);
  }

  private Query walk(String sql) {
    Position from = start();
    return handle
        .createQuery(sql)
        .bind("workspace", workspace)
        .bind("beforeAt", from == null ? Long.MAX_VALUE : Columns.micros(from.at()))
        .bind("beforeId", from == null ? "" : Columns.storable(from.id()))
        .bind("from", Columns.micros(filter.from() == null ? Instant.MIN : filter.from()))
        .bind("scan", scan);
  }

  private Query filtered(String sql) {
    Query query = walk(sql);
    if (filter.keyId() != null) {
      query.bind("keyId", Columns.storable(filter.keyId()));
    }
    if (filter.provider() != null) {
      query.bind("provider", Columns.storable(filter.provider()));
    }
    if (filter.model() != null) {
      query.bind("model", Columns.storable(filter.model()));
    }
    if (filter.id() != null) {
      query.bind("wantedId", Columns.storable(filter.id()));
    }
    if (filter.clientKeyIds() != null) {
      int i = 0;
      for (String id : filter.clientKeyIds()) {
        query.bind("clientKey" + i++, Columns.storable(id));
      }
    }
    return query;
  }

  /// What is too young for the filter need not be walked over.
  private @Nullable Position start() {
    Instant to = filter.to();
    Position end = to == null ? null : new Position(to, "");
    return before == null || (end != null && end.compareTo(before) < 0) ? end : before;
  }

  private List<String> conditions() {
    List<String> all = new ArrayList<>();
    if (filter.keyId() != null) {
      all.add("key_id = :keyId");
    }
    if (filter.clientKeyIds() != null) {
      all.add(
          filter.clientKeyIds().isEmpty()
              ? "1 = 0"
              : IntStream.range(0, filter.clientKeyIds().size())
                  .mapToObj(i -> ":clientKey" + i)
                  .collect(Collectors.joining(", ", "client_key_id IN (", ")")));
    }
    if (filter.provider() != null) {
      all.add("provider = :provider");
    }
    if (filter.model() != null) {
      all.add(
          "(substr(requested_model, 1, length(:model)) = :model"
              + " OR substr(served_model, 1, length(:model)) = :model)");
    }
    if (filter.id() != null) {
      all.add("substr(id, 1, length(:wantedId)) = :wantedId");
    }
    RequestFilter.Outcome outcome = filter.outcome();
    if (outcome != null) {
      all.add(
          switch (outcome) {
            case OK -> "ending = 'COMPLETED'";
            case RETRIED -> "ending = 'COMPLETED' AND attempts > 1";
            case FAILED -> "ending != 'COMPLETED'";
          });
    }
    return all;
  }
}
