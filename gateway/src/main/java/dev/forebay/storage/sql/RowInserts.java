package dev.forebay.storage.sql;

import dev.forebay.control.UsageRow;
import dev.forebay.dialect.Usage;
import dev.forebay.prices.Cost;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes usage rows: the one statement of the house that runs for every request, so that it speaks
/// to the driver directly. Thread-safe.
///
/// What rows have in common is stored once, and of a row only what is seldom zero is bound.
final class RowInserts {

  private static final String KIND =
      """
      INSERT INTO usage_kind
        (workspace, kind, day, key_id, client_key_id, provider, requested_model, served_model,
         operation, status, stream, estimated, ending, price_version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (workspace, kind) DO NOTHING
      """;

  private static final String COLUMNS =
      "workspace, at, id, kind, attempts, duration_micros, first_content_micros, cost_nanos,"
          + " in_fresh, in_cache_read, in_cache_write_5m, out_visible, out_reasoning";

  private static final String USUAL =
      """
      INSERT INTO usage_row ($COLUMNS) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (workspace, at, id) DO NOTHING
      """
          .replace("$COLUMNS", COLUMNS);

  private static final String WHOLE =
      """
      INSERT INTO usage_row
        ($COLUMNS, in_cache_write_1h, tool_in, audio_in, audio_out, image_in, image_out)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (workspace, at, id) DO NOTHING
      """
          .replace("$COLUMNS", COLUMNS);

  /// Kinds come from callers, who may name any model: no more than these are remembered.
  private static final int MOST_KNOWN = 10_000;

  /// Kinds that are certainly stored.
  private final Map<UsageKind, Long> known = new ConcurrentHashMap<>();

  /// Some kinds may have been deleted.
  void forget() {
    known.clear();
  }

  /// The transaction that stored these kinds is committed.
  void remember(Map<UsageKind, Long> stored) {
    if (known.size() + stored.size() > MOST_KNOWN) {
      known.clear();
    }
    known.putAll(stored);
  }

  /// What one transaction stored.
  ///
  /// @param rows those that were not there already
  /// @param kinds those that nobody knew of; to be remembered after the commit
  record Stored(List<UsageRow> rows, Map<UsageKind, Long> kinds) {}

  Stored insert(Connection connection, List<UsageRow> rows) throws SQLException {
    Map<UsageKind, Long> unknown = new HashMap<>();
    long[] kinds = new long[rows.size()];
    for (int i = 0; i < kinds.length; i++) {
      UsageKind kind = UsageKind.of(rows.get(i));
      Long number = known.get(kind);
      kinds[i] = number == null ? unknown.computeIfAbsent(kind, UsageKind::number) : number;
    }
    insertKinds(connection, unknown);
    List<UsageRow> fresh = new ArrayList<>(rows.size());
    insert(connection, USUAL, rows, kinds, false, fresh);
    insert(connection, WHOLE, rows, kinds, true, fresh);
    return new Stored(fresh, unknown);
  }

  private static void insertKinds(Connection connection, Map<UsageKind, Long> kinds)
      throws SQLException {
    if (kinds.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(KIND)) {
      // In order, so that two nodes cannot deadlock.
      List<Map.Entry<UsageKind, Long>> ordered = new ArrayList<>(kinds.entrySet());
      ordered.sort(Map.Entry.comparingByValue());
      for (Map.Entry<UsageKind, Long> entry : ordered) {
        bind(statement, entry.getKey(), entry.getValue());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, UsageKind kind, long number)
      throws SQLException {
    statement.setString(1, kind.workspace());
    statement.setLong(2, number);
    statement.setString(3, kind.day().toString());
    statement.setString(4, kind.keyId());
    statement.setString(5, kind.clientKeyId());
    statement.setString(6, kind.provider());
    statement.setString(7, kind.requestedModel());
    statement.setString(8, kind.servedModel());
    statement.setString(9, kind.operation());
    statement.setInt(10, kind.status());
    statement.setInt(11, Columns.flag(kind.stream()));
    statement.setInt(12, Columns.flag(kind.estimated()));
    statement.setString(13, kind.end());
    statement.setString(14, kind.priceVersion());
  }

  /// Inserts the rows that are usual, or those that are not, and notes which were not there
  /// already.
  private static void insert(
      Connection connection,
      String sql,
      List<UsageRow> rows,
      long[] kinds,
      boolean unusual,
      List<UsageRow> fresh)
      throws SQLException {
    List<UsageRow> bound = new ArrayList<>(rows.size());
    for (UsageRow row : rows) {
      if (unusual(row.usage()) == unusual) {
        bound.add(row);
      }
    }
    if (bound.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < kinds.length; i++) {
        UsageRow row = rows.get(i);
        if (unusual(row.usage()) == unusual) {
          bind(statement, row, kinds[i], unusual);
          statement.addBatch();
        }
      }
      int[] inserted = statement.executeBatch();
      for (int i = 0; i < inserted.length; i++) {
        if (inserted[i] == 1) {
          fresh.add(bound.get(i));
        }
      }
    }
  }

  /// Whether it used something that few requests use.
  private static boolean unusual(Usage usage) {
    return (usage.inCacheWrite1h()
            | usage.toolIn()
            | usage.audioIn()
            | usage.audioOut()
            | usage.imageIn()
            | usage.imageOut())
        != 0;
  }

  private static void bind(PreparedStatement statement, UsageRow row, long kind, boolean unusual)
      throws SQLException {
    Usage usage = row.usage();
    Cost cost = row.cost();
    statement.setString(1, row.workspace());
    statement.setLong(2, Columns.micros(row.at()));
    statement.setString(3, row.id());
    statement.setLong(4, kind);
    statement.setInt(5, row.attempts());
    statement.setLong(6, row.durationMicros());
    statement.setLong(7, row.firstContentMicros());
    if (cost == null) {
      statement.setNull(8, Types.BIGINT);
    } else {
      statement.setLong(8, cost.nanoDollars());
    }
    statement.setLong(9, usage.inFresh());
    statement.setLong(10, usage.inCacheRead());
    statement.setLong(11, usage.inCacheWrite5m());
    statement.setLong(12, usage.outVisible());
    statement.setLong(13, usage.outReasoning());
    if (unusual) {
      statement.setLong(14, usage.inCacheWrite1h());
      statement.setLong(15, usage.toolIn());
      statement.setLong(16, usage.audioIn());
      statement.setLong(17, usage.audioOut());
      statement.setLong(18, usage.imageIn());
      statement.setLong(19, usage.imageOut());
    }
  }
}
