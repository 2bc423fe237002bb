package dev.forebay.storage.sql;

import dev.forebay.control.Position;
import dev.forebay.control.RequestFilter;
import dev.forebay.control.RowPage;
import dev.forebay.control.Total;
import dev.forebay.control.UsageRow;
import dev.forebay.control.UsageStore;
import dev.forebay.control.UsageTotal;
import dev.forebay.dialect.Usage;
import dev.forebay.prices.Cost;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Usage in SQL. Thread-safe.
final class SqlUsageStore implements UsageStore {

  private static final String ADD_TOTAL =
      """
      INSERT INTO $TABLE AS total
        (workspace, $PERIOD, provider, model, key_id, client_key_id, requests, completed, attempts,
         estimated, in_fresh, in_cache_read, in_cache_write_5m, in_cache_write_1h, out_visible,
         out_reasoning, tool_in, audio_in, audio_out, image_in, image_out, unpriced, cost_nanos,
         rescued)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (workspace, $PERIOD, provider, model, key_id, client_key_id) DO UPDATE SET
        requests = total.requests + excluded.requests,
        completed = total.completed + excluded.completed,
        attempts = total.attempts + excluded.attempts,
        estimated = total.estimated + excluded.estimated,
        in_fresh = total.in_fresh + excluded.in_fresh,
        in_cache_read = total.in_cache_read + excluded.in_cache_read,
        in_cache_write_5m = total.in_cache_write_5m + excluded.in_cache_write_5m,
        in_cache_write_1h = total.in_cache_write_1h + excluded.in_cache_write_1h,
        out_visible = total.out_visible + excluded.out_visible,
        out_reasoning = total.out_reasoning + excluded.out_reasoning,
        tool_in = total.tool_in + excluded.tool_in,
        audio_in = total.audio_in + excluded.audio_in,
        audio_out = total.audio_out + excluded.audio_out,
        image_in = total.image_in + excluded.image_in,
        image_out = total.image_out + excluded.image_out,
        unpriced = total.unpriced + excluded.unpriced,
        cost_nanos = total.cost_nanos + excluded.cost_nanos,
        rescued = total.rescued + excluded.rescued
      """;

  private static final String ADD_DAY =
      ADD_TOTAL.replace("$TABLE", "usage_daily").replace("$PERIOD", "day");

  private static final String ADD_HOUR =
      ADD_TOTAL.replace("$TABLE", "usage_hourly").replace("$PERIOD", "hour");

  static final String DAYS =
      """
      SELECT * FROM usage_daily
      WHERE workspace = :workspace AND day BETWEEN :first AND :last
      """;

  static final String HOURS =
      """
      SELECT * FROM usage_hourly
      WHERE workspace = :workspace AND hour >= :from AND hour < :to
      """;

  private final Database database;

  private final RowInserts inserts = new RowInserts();

  SqlUsageStore(Database database) {
    this.database = database;
  }

  @Override
  public void append(List<UsageRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    RowInserts.Stored stored =
        database.write(handle -> {
          Connection connection = handle.getConnection();
          RowInserts.Stored inserted = inserts.insert(connection, rows);
          // Totals are locked in the order of their groups, so that two nodes cannot deadlock.
          add(connection, ADD_DAY, UsageTotal.days(inserted.rows()), LocalDate::toString);
          add(connection, ADD_HOUR, UsageTotal.hours(inserted.rows()), Columns::micros);
          return inserted;
        });
    inserts.remember(stored.kinds());
  }

  /// @param column what stands for a period in the database
  private static <P extends Comparable<? super P>> void add(
      Connection connection, String sql, List<UsageTotal<P>> totals, Function<P, Object> column)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (UsageTotal<P> total : totals) {
        UsageTotal.Group<P> group = total.group();
        statement.setString(1, group.workspace());
        statement.setObject(2, column.apply(group.period()));
        statement.setString(3, Columns.orEmpty(group.provider()));
        statement.setString(4, group.model());
        statement.setString(5, Columns.orEmpty(group.keyId()));
        statement.setString(6, Columns.orEmpty(group.clientKeyId()));
        bind(statement, total.total());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, Total total) throws SQLException {
    statement.setLong(7, total.requests());
    statement.setLong(8, total.completed());
    statement.setLong(9, total.attempts());
    statement.setLong(10, total.estimated());
    bind(statement, 11, total.usage());
    statement.setLong(22, total.unpriced());
    statement.setLong(23, total.cost().nanoDollars());
    statement.setLong(24, total.rescued());
  }

  private static void bind(PreparedStatement statement, int first, Usage usage)
      throws SQLException {
    statement.setLong(first, usage.inFresh());
    statement.setLong(first + 1, usage.inCacheRead());
    statement.setLong(first + 2, usage.inCacheWrite5m());
    statement.setLong(first + 3, usage.inCacheWrite1h());
    statement.setLong(first + 4, usage.outVisible());
    statement.setLong(first + 5, usage.outReasoning());
    statement.setLong(first + 6, usage.toolIn());
    statement.setLong(first + 7, usage.audioIn());
    statement.setLong(first + 8, usage.audioOut());
    statement.setLong(first + 9, usage.imageIn());
    statement.setLong(first + 10, usage.imageOut());
  }

  @Override
  public List<UsageTotal<LocalDate>> totals(String workspace, LocalDate first, LocalDate last) {
    return database.read(handle ->
        totals(
            handle.createQuery(DAYS).bind("first", first.toString()).bind("last", last.toString()),
            workspace,
            row -> LocalDate.parse(row.getString("day"))));
  }

  @Override
  public List<UsageTotal<Instant>> hours(String workspace, Instant from, Instant to) {
    return database.read(handle ->
        totals(
            handle
                .createQuery(HOURS)
                .bind("from", Columns.micros(from))
                .bind("to", Columns.micros(to)),
            workspace,
            row -> Columns.instant(row.getLong("hour"))));
  }

  @FunctionalInterface
  private interface PeriodReader<P> {
    P read(ResultSet row) throws SQLException;
  }

  private static <P extends Comparable<? super P>> List<UsageTotal<P>> totals(
      Query query, String workspace, PeriodReader<P> period) {
    return query
        .bind("workspace", workspace)
        .map((row, context) ->
            new UsageTotal<>(
                new UsageTotal.Group<>(
                    row.getString("workspace"),
                    period.read(row),
                    Columns.orNull(row.getString("provider")),
                    row.getString("model"),
                    Columns.orNull(row.getString("key_id")),
                    Columns.orNull(row.getString("client_key_id"))),
                total(row)))
        .stream()
        .sorted(Comparator.comparing(UsageTotal::group))
        .toList();
  }

  @Override
  public List<UsageRow> rows(String workspace, int limit, int offset) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM (
                  SELECT * FROM usage_row WHERE workspace = :workspace
                  ORDER BY at DESC, id DESC LIMIT :limit OFFSET :offset) AS found
                JOIN usage_kind USING (workspace, kind)
                ORDER BY at DESC, id DESC
                """)
            .bind("workspace", workspace)
            .bind("limit", limit)
            .bind("offset", offset)
            .map((row, context) -> row(row))
            .list());
  }

  @Override
  public Optional<UsageRow> row(String workspace, String id, Instant from, Instant to) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM (
                  SELECT * FROM usage_row
                  WHERE workspace = :workspace AND at >= :from AND at < :to AND id = :id
                  ORDER BY at, id LIMIT 1) AS found
                JOIN usage_kind USING (workspace, kind)
                """)
            .bind("workspace", workspace)
            .bind("from", Columns.micros(from))
            .bind("to", Columns.micros(to))
            .bind("id", Columns.storable(id))
            .map((row, context) -> row(row))
            .findFirst());
  }

  @Override
  public RowPage rows(
      String workspace, RequestFilter filter, @Nullable Position before, int limit, int scan) {
    return database.read(handle ->
        new RowSearch(handle, workspace, filter, before, limit, scan).page(SqlUsageStore::row));
  }

  @Override
  public int removeRows(String workspace, Instant before, int limit) {
    int removed =
        database.write(handle ->
            handle
                .createUpdate(
                    """
                    DELETE FROM usage_row WHERE (workspace, at, id) IN (
                      SELECT workspace, at, id FROM usage_row
                      WHERE workspace = :workspace AND at < :before
                      ORDER BY at, id LIMIT :limit)
                    """)
                .bind("workspace", workspace)
                .bind("before", Columns.micros(before))
                .bind("limit", limit)
                .execute());
    if (removed < limit) {
      removeKinds(workspace);
    }
    return removed;
  }

  /// Deletes the kinds that no row can be of: those of days, in whatever zone, that were over when
  /// the oldest row began.
  private void removeKinds(String workspace) {
    int removed =
        database.write(handle -> {
          Long oldest =
              handle
                  .createQuery(
                      """
                      SELECT at FROM usage_row WHERE workspace = :workspace ORDER BY at, id LIMIT 1
                      """)
                  .bind("workspace", workspace)
                  .mapTo(Long.class)
                  .findFirst()
                  .orElse(null);
          if (oldest == null) {
            return 0;
          }
          LocalDate over =
              LocalDate.ofInstant(Columns.instant(oldest), ZoneOffset.UTC).minusDays(1);
          return handle
              .createUpdate("DELETE FROM usage_kind WHERE workspace = :workspace AND day < :over")
              .bind("workspace", workspace)
              .bind("over", over.toString())
              .execute();
        });
    if (removed > 0) {
      inserts.forget();
    }
  }

  @Override
  public int removeHours(String workspace, Instant before, int limit) {
    return database.write(handle ->
        handle
            .createUpdate(
                """
                DELETE FROM usage_hourly
                WHERE (workspace, hour, provider, model, key_id, client_key_id) IN (
                  SELECT workspace, hour, provider, model, key_id, client_key_id FROM usage_hourly
                  WHERE workspace = :workspace AND hour < :before
                  ORDER BY hour LIMIT :limit)
                """)
            .bind("workspace", workspace)
            .bind("before", Columns.micros(before))
            .bind("limit", limit)
            .execute());
  }

  private static Total total(ResultSet row) throws SQLException {
    long estimated = row.getLong("estimated");
    return new Total(
        row.getLong("requests"),
        row.getLong("completed"),
        row.getLong("attempts"),
        row.getLong("rescued"),
        estimated,
        row.getLong("unpriced"),
        usage(row, estimated > 0),
        new Cost(row.getLong("cost_nanos")));
  }

  private static @Nullable Cost cost(ResultSet row) throws SQLException {
    long nanoDollars = row.getLong("cost_nanos");
    return row.wasNull() ? null : new Cost(nanoDollars);
  }

  private static UsageRow row(ResultSet row) throws SQLException {
    return new UsageRow(
        row.getString("id"),
        row.getString("workspace"),
        Columns.instant(row.getLong("at")),
        LocalDate.parse(row.getString("day")),
        row.getString("key_id"),
        row.getString("client_key_id"),
        row.getString("provider"),
        row.getString("requested_model"),
        row.getString("served_model"),
        row.getString("operation"),
        row.getInt("status"),
        row.getInt("stream") == 1,
        row.getInt("attempts"),
        row.getLong("duration_micros"),
        row.getLong("first_content_micros"),
        usage(row, row.getInt("estimated") == 1),
        cost(row),
        row.getString("price_version"),
        row.getString("ending"));
  }

  private static Usage usage(ResultSet row, boolean estimated) throws SQLException {
    return new Usage(
        row.getLong("in_fresh"),
        row.getLong("in_cache_read"),
        row.getLong("in_cache_write_5m"),
        row.getLong("in_cache_write_1h"),
        row.getLong("out_visible"),
        row.getLong("out_reasoning"),
        row.getLong("tool_in"),
        row.getLong("audio_in"),
        row.getLong("audio_out"),
        row.getLong("image_in"),
        row.getLong("image_out"),
        estimated);
  }
}
