package dev.forebay.storage.sql;

import dev.forebay.pool.Cause;
import dev.forebay.pool.PoolState;
import dev.forebay.pool.PoolState.SavedCooling;
import dev.forebay.pool.PoolState.SavedRejection;
import dev.forebay.pool.PoolState.SavedUsage;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Scope;
import dev.forebay.storage.sql.SqlPoolStore.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The rows of one workspace's pool state. Immutable.
///
/// @param workspace whose they are
record PoolRows(String workspace) {

  PoolState read(Handle handle) {
    return new PoolState(
        all(
                handle,
                "SELECT * FROM pool_state WHERE workspace = :workspace",
                (row, context) -> Columns.instant(row.getLong("saved_at")))
            .stream()
            .findFirst()
            .orElse(Instant.EPOCH),
        all(
            handle,
            """
            SELECT * FROM pool_cooling WHERE workspace = :workspace
            ORDER BY scope, provider, subject, model
            """,
            (row, context) -> cooling(row)),
        all(
            handle,
            "SELECT * FROM pool_rejection WHERE workspace = :workspace ORDER BY key_id",
            (row, context) -> rejection(row)),
        all(
            handle,
            "SELECT * FROM pool_usage WHERE workspace = :workspace ORDER BY key_id, day",
            (row, context) ->
                new SavedUsage(
                    row.getString("key_id"),
                    LocalDate.parse(row.getString("day")),
                    row.getLong("tokens"))),
        all(
            handle,
            "SELECT * FROM pool_pause WHERE workspace = :workspace ORDER BY key_id",
            (row, context) -> row.getString("key_id")));
  }

  private <T> List<T> all(Handle handle, String query, RowMapper<T> mapper) {
    return handle.createQuery(query).bind("workspace", workspace).map(mapper).list();
  }

  private static SavedCooling cooling(ResultSet row) throws SQLException {
    return new SavedCooling(
        Scope.valueOf(row.getString("scope")),
        row.getString("provider"),
        Columns.orNull(row.getString("subject")),
        Columns.orNull(row.getString("model")),
        Columns.instant(row.getLong("until")),
        row.getInt("level"),
        Cause.valueOf(row.getString("cause")),
        row.getString("reason"),
        Provenance.valueOf(row.getString("provenance")));
  }

  private static SavedRejection rejection(ResultSet row) throws SQLException {
    return new SavedRejection(
        row.getString("key_id"),
        row.getString("reason"),
        Provenance.valueOf(row.getString("provenance")),
        Columns.instant(row.getLong("since")),
        Columns.instant(row.getLong("next_probe")));
  }

  void write(Handle handle, Instant at, Change change) {
    handle
        .createUpdate(
            """
            INSERT INTO pool_state (workspace, saved_at) VALUES (:workspace, :at)
            ON CONFLICT (workspace) DO UPDATE SET saved_at = excluded.saved_at
            """)
        .bind("workspace", workspace)
        .bind("at", Columns.micros(at))
        .execute();
    writeCoolings(handle, change.coolings());
    writeRejections(handle, change.rejections());
    writeUsage(handle, change.usage());
    writePauses(handle, change.pauses());
  }

  private void writeCoolings(Handle handle, Difference<SavedCooling> difference) {
    batch(
        handle,
        """
        DELETE FROM pool_cooling WHERE workspace = :workspace AND scope = :scope
          AND provider = :provider AND subject = :subject AND model = :model
        """,
        difference.gone(),
        PoolRows::bindKey);
    batch(
        handle,
        """
        INSERT INTO pool_cooling
          (workspace, scope, provider, subject, model, until, level, cause, reason, provenance)
        VALUES (:workspace, :scope, :provider, :subject, :model, :until, :level, :cause, :reason,
          :provenance)
        ON CONFLICT (workspace, scope, provider, subject, model) DO UPDATE SET
          until = excluded.until, level = excluded.level, cause = excluded.cause,
          reason = excluded.reason, provenance = excluded.provenance
        """,
        difference.changed(),
        (batch, row) ->
            bindKey(batch, row)
                .bind("until", Columns.micros(row.until()))
                .bind("level", row.level())
                .bind("cause", row.cause().name())
                .bind("reason", Columns.storable(row.reason()))
                .bind("provenance", row.provenance().name()));
  }

  private static PreparedBatch bindKey(PreparedBatch batch, SavedCooling row) {
    return batch
        .bind("scope", row.scope().name())
        .bind("provider", row.provider())
        .bind("subject", Columns.orEmpty(row.subject()))
        .bind("model", Columns.storable(Columns.orEmpty(row.model())));
  }

  private void writeRejections(Handle handle, Difference<SavedRejection> difference) {
    batch(
        handle,
        "DELETE FROM pool_rejection WHERE workspace = :workspace AND key_id = :keyId",
        difference.gone(),
        (batch, row) -> batch.bind("keyId", row.keyId()));
    batch(
        handle,
        """
        INSERT INTO pool_rejection (workspace, key_id, reason, provenance, since, next_probe)
        VALUES (:workspace, :keyId, :reason, :provenance, :since, :nextProbe)
        ON CONFLICT (workspace, key_id) DO UPDATE SET
          reason = excluded.reason, provenance = excluded.provenance, since = excluded.since,
          next_probe = excluded.next_probe
        """,
        difference.changed(),
        (batch, row) ->
            batch
                .bind("keyId", row.keyId())
                .bind("reason", Columns.storable(row.reason()))
                .bind("provenance", row.provenance().name())
                .bind("since", Columns.micros(row.since()))
                .bind("nextProbe", Columns.micros(row.nextProbe())));
  }

  private void writeUsage(Handle handle, Difference<SavedUsage> difference) {
    batch(
        handle,
        "DELETE FROM pool_usage WHERE workspace = :workspace AND key_id = :keyId AND day = :day",
        difference.gone(),
        (batch, row) -> batch.bind("keyId", row.keyId()).bind("day", row.day().toString()));
    batch(
        handle,
        """
        INSERT INTO pool_usage (workspace, key_id, day, tokens)
        VALUES (:workspace, :keyId, :day, :tokens)
        ON CONFLICT (workspace, key_id, day) DO UPDATE SET tokens = excluded.tokens
        """,
        difference.changed(),
        (batch, row) ->
            batch
                .bind("keyId", row.keyId())
                .bind("day", row.day().toString())
                .bind("tokens", row.tokens()));
  }

  private void writePauses(Handle handle, Difference<String> difference) {
    batch(
        handle,
        "DELETE FROM pool_pause WHERE workspace = :workspace AND key_id = :keyId",
        difference.gone(),
        (batch, keyId) -> batch.bind("keyId", keyId));
    batch(
        handle,
        """
        INSERT INTO pool_pause (workspace, key_id) VALUES (:workspace, :keyId)
        ON CONFLICT (workspace, key_id) DO NOTHING
        """,
        difference.changed(),
        (batch, keyId) -> batch.bind("keyId", keyId));
  }

  private <V> void batch(
      Handle handle, String sql, List<V> rows, BiFunction<PreparedBatch, V, PreparedBatch> bind) {
    if (rows.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(sql);
    for (V row : rows) {
      bind.apply(batch.bind("workspace", workspace), row).add();
    }
    batch.execute();
  }
}
