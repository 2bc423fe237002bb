package dev.forebay.storage.sql;

import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// One open database: where to read, where to write, and what its failures mean. Thread-safe.
///
/// Reads and writes may go through two pools, because SQLite has one writer at a time, and its own
/// waiting line is a poll.
final class Database implements AutoCloseable {

  /// What is done with a connection. The checked exception is the driver's.
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T on(Handle handle) throws SQLException;
  }

  /// As [Work], without a result.
  @FunctionalInterface
  interface Change {
    void on(Handle handle) throws SQLException;
  }

  private final String place;

  private final Jdbi reads;

  private final Jdbi writes;

  private final DataSource migrations;

  private final @Nullable String schema;

  private final Map<String, String> placeholders;

  private final Function<Throwable, @Nullable StorageProblem> problems;

  private final List<Runnable> closing;

  /// @param place what to call the database in messages; shows no password
  /// @param migrations connects without the limits of the pools
  /// @param schema where the tables lie, if the address names it
  /// @param placeholders what the text of the migrations leaves open
  /// @param problems what a failure means; null when it did not come from the database
  /// @param closing what to do at the end, in this order
  Database(
      String place,
      Jdbi reads,
      Jdbi writes,
      DataSource migrations,
      @Nullable String schema,
      Map<String, String> placeholders,
      Function<Throwable, @Nullable StorageProblem> problems,
      List<Runnable> closing) {
    this.place = place;
    this.reads = reads;
    this.writes = writes;
    this.migrations = migrations;
    this.schema = schema;
    this.placeholders = placeholders;
    this.problems = problems;
    this.closing = closing;
  }

  /// Reads what was committed when each statement begins.
  <T extends @Nullable Object> T read(Work<T> work) {
    try {
      return reads.withHandle(work::on);
    } catch (SQLException | RuntimeException e) {
      throw translated(e);
    }
  }

  /// Writes in one transaction: all of it or nothing.
  <T extends @Nullable Object> T write(Work<T> work) {
    try {
      return writes.inTransaction(work::on);
    } catch (SQLException | RuntimeException e) {
      throw translated(e);
    }
  }

  /// As [#write], for work without a result.
  void change(Change work) {
    write(handle -> {
      work.on(handle);
      return true;
    });
  }

  private RuntimeException translated(Exception e) {
    StorageProblem problem = problem(e);
    if (problem != null) {
      return new StorageException(problem, e);
    }
    return e instanceof RuntimeException unrelated ? unrelated : new IllegalStateException(e);
  }

  /// What the failure means; null when it did not come from the database.
  @Nullable StorageProblem problem(Throwable failure) {
    return problems.apply(failure);
  }

  String place() {
    return place;
  }

  DataSource migrations() {
    return migrations;
  }

  @Nullable String schema() {
    return schema;
  }

  Map<String, String> placeholders() {
    return placeholders;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
