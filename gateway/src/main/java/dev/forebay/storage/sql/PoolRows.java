package dev.forebay.storage.sql;

import dev.forebay.pool.Cause;
import dev.forebay.pool.PoolState;
import dev.forebay.pool.PoolState.SavedCooling;
import dev.forebay.pool.PoolState.SavedIdentity;
import dev.forebay.pool.PoolState.SavedLesson;
import dev.forebay.pool.PoolState.SavedRejection;
import dev.forebay.pool.PoolState.SavedUsage;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Scope;
import dev.forebay.storage.sql.SqlPoolStore.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The rows of one workspace's pool state. Immutable.
///
/// @param workspace whose they are
record PoolRows(String workspace) {

  PoolState read(Handle handle) {
    List<Instant> savedAt =
        all(
            handle,
            "SELECT * FROM pool_state WHERE workspace = :workspace",
            row -> Columns.instant(row.getLong("saved_at")));
    List<Optional<SavedCooling>> coolings =
        all(
            handle,
            """
            SELECT * FROM pool_cooling WHERE workspace = :workspace
            ORDER BY scope, provider, subject, model
            """,
            PoolRows::cooling);
    List<Optional<SavedRejection>> rejections =
        all(
            handle,
            "SELECT * FROM pool_rejection WHERE workspace = :workspace ORDER BY key_id",
            PoolRows::rejection);
    List<SavedUsage> usage =
        all(
            handle,
            "SELECT * FROM pool_usage WHERE workspace = :workspace ORDER BY key_id, day",
            PoolRows::usage);
    List<String> pauses =
        all(
            handle,
            "SELECT * FROM pool_pause WHERE workspace = :workspace ORDER BY key_id",
            row -> row.getString("key_id"));
    return new PoolState(
        savedAt.isEmpty() ? Instant.EPOCH : savedAt.getFirst(),
        coolings.stream().flatMap(Optional::stream).toList(),
        rejections.stream().flatMap(Optional::stream).toList(),
        usage,
        pauses,
        all(
            handle,
            "SELECT * FROM pool_identity WHERE workspace = :workspace ORDER BY key_id",
            PoolRows::identity),
        all(
            handle,
            "SELECT * FROM pool_lesson WHERE workspace = :workspace ORDER BY provider, model",
            PoolRows::lesson));
  }

  private <T> List<T> all(Handle handle, String query, ResultSetMapper<T> mapper) {
    return handle
        .createQuery(query)
        .bind("workspace", workspace)
        .map((row, context) -> mapper.map(row))
        .list();
  }

  /// Makes a value of the row that a result stands on.
  @FunctionalInterface
  private interface ResultSetMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /// Empty when a later release stored a word that this one does not know: a cooldown forgotten
  /// costs one refusal, a start that fails costs all requests.
  private static Optional<SavedCooling> cooling(ResultSet row) throws SQLException {
    Optional<Scope> scope = constant(Scope.values(), row.getString("scope"));
    Optional<Cause> cause = constant(Cause.values(), row.getString("cause"));
    Optional<Provenance> provenance = constant(Provenance.values(), row.getString("provenance"));
    if (scope.isEmpty() || cause.isEmpty() || provenance.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SavedCooling(
            scope.get(),
            row.getString("provider"),
            Columns.orNull(row.getString("subject")),
            Columns.orNull(row.getString("model")),
            Columns.instant(row.getLong("until")),
            row.getInt("level"),
            cause.get(),
            row.getString("reason"),
            provenance.get()));
  }

  private static Optional<SavedRejection> rejection(ResultSet row) throws SQLException {
    Optional<Provenance> provenance = constant(Provenance.values(), row.getString("provenance"));
    if (provenance.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SavedRejection(
            row.getString("key_id"),
            row.getString("reason"),
            provenance.get(),
            Columns.instant(row.getLong("since")),
            Columns.instant(row.getLong("next_probe"))));
  }

  private static SavedUsage usage(ResultSet row) throws SQLException {
    return new SavedUsage(
        row.getString("key_id"),
        LocalDate.parse(row.getString("day")),
        row.getLong("tokens"),
        row.getLong("nano_dollars"));
  }

  private static SavedIdentity identity(ResultSet row) throws SQLException {
    return new SavedIdentity(
        row.getString("key_id"),
        row.getString("organization"),
        Columns.orNull(row.getString("section")));
  }

  private static SavedLesson lesson(ResultSet row) throws SQLException {
    return new SavedLesson(
        row.getString("provider"),
        row.getString("model"),
        row.getLong("input_per_mille"),
        row.getLong("most_input_per_mille"),
        row.getLong("output"),
        row.getLong("most_output"),
        row.getLong("mean_output"));
  }

  private static <E extends Enum<E>> Optional<E> constant(E[] values, String name) {
    return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
  }

  void write(Handle handle, Instant at, Change change) throws SQLException {
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
    writeIdentities(handle, change.identities());
    writeLessons(handle, change.lessons());
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

  private void writeUsage(Handle handle, Difference<SavedUsage> difference) throws SQLException {
    batch(
        handle,
        "DELETE FROM pool_usage WHERE workspace = :workspace AND key_id = :keyId AND day = :day",
        difference.gone(),
        (batch, row) -> batch.bind("keyId", row.keyId()).bind("day", row.day().toString()));
    addUsage(handle.getConnection(), difference.changed());
  }

  /// Every key in use has another figure each second, so that this one speaks to the driver
  /// directly.
  private void addUsage(Connection connection, List<SavedUsage> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO pool_usage (workspace, key_id, day, tokens, nano_dollars)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace, key_id, day) DO UPDATE SET
              tokens = excluded.tokens, nano_dollars = excluded.nano_dollars
            """)) {
      for (SavedUsage row : rows) {
        statement.setString(1, workspace);
        statement.setString(2, row.keyId());
        statement.setString(3, row.day().toString());
        statement.setLong(4, row.tokens());
        statement.setLong(5, row.nanoDollars());
        statement.addBatch();
      }
      statement.executeBatch();
    }
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

  private void writeIdentities(Handle handle, Difference<SavedIdentity> difference) {
    batch(
        handle,
        "DELETE FROM pool_identity WHERE workspace = :workspace AND key_id = :keyId",
        difference.gone(),
        (batch, row) -> batch.bind("keyId", row.keyId()));
    batch(
        handle,
        """
        INSERT INTO pool_identity (workspace, key_id, organization, section)
        VALUES (:workspace, :keyId, :organization, :section)
        ON CONFLICT (workspace, key_id) DO UPDATE SET
          organization = excluded.organization, section = excluded.section
        """,
        difference.changed(),
        (batch, row) ->
            batch
                .bind("keyId", row.keyId())
                .bind("organization", row.organization())
                .bind("section", Columns.orEmpty(row.section())));
  }

  private void writeLessons(Handle handle, Difference<SavedLesson> difference) {
    batch(
        handle,
        """
        DELETE FROM pool_lesson
        WHERE workspace = :workspace AND provider = :provider AND model = :model
        """,
        difference.gone(),
        PoolRows::bindKey);
    batch(
        handle,
        """
        INSERT INTO pool_lesson
          (workspace, provider, model, input_per_mille, most_input_per_mille, output, most_output,
          mean_output)
        VALUES (:workspace, :provider, :model, :input, :mostInput, :output, :mostOutput, :mean)
        ON CONFLICT (workspace, provider, model) DO UPDATE SET
          input_per_mille = excluded.input_per_mille,
          most_input_per_mille = excluded.most_input_per_mille, output = excluded.output,
          most_output = excluded.most_output, mean_output = excluded.mean_output
        """,
        difference.changed(),
        (batch, row) ->
            bindKey(batch, row)
                .bind("input", row.inputPerMille())
                .bind("mostInput", row.mostInputPerMille())
                .bind("output", row.output())
                .bind("mostOutput", row.mostOutput())
                .bind("mean", row.meanOutput()));
  }

  private static PreparedBatch bindKey(PreparedBatch batch, SavedLesson row) {
    return batch.bind("provider", row.provider()).bind("model", Columns.storable(row.model()));
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
