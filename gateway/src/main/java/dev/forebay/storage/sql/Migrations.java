package dev.forebay.storage.sql;

import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the tables of a database to this release's version. Immutable.
///
/// Flyway runs only when there is something to do: it costs more time than the rest of opening a
/// database, and most starts find the tables as they left them.
///
/// @param locations where Flyway finds the migrations
/// @param versions the versions found there, in order; a test compares them
record Migrations(List<String> locations, List<String> versions) {

  /// This release's migrations.
  static final Migrations ALL =
      new Migrations(
          List.of("classpath:db/migration/common"),
          List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"));

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  static final String HISTORY = "flyway_schema_history";

  /// Applies what is missing.
  ///
  /// @throws StorageException when that fails, or the database is ahead of this release
  void applyTo(Database database) {
    try {
      List<String> present = present(database);
      String newest = versions.getLast();
      for (String version : present) {
        if (MigrationVersion.fromVersion(version).isNewerThan(newest)) {
          throw new StorageException(
              new StorageProblem.NewerVersion(database.place(), version, newest));
        }
      }
      if (!present.equals(versions)) {
        int applied = flyway(database).migrate().migrationsExecuted;
        log.info("{}: {} migrations applied, now at version {}", database.place(), applied, newest);
      }
    } catch (SQLException e) {
      StorageProblem problem = database.problem(e);
      throw new StorageException(
          problem == null ? new StorageProblem.Failed(database.place(), detail(e)) : problem, e);
    } catch (FlywayException e) {
      StorageProblem problem = database.problem(e);
      throw new StorageException(
          problem == null || problem instanceof StorageProblem.Failed
              ? new StorageProblem.MigrationFailed(database.place(), detail(e))
              : problem,
          e);
    }
  }

  Flyway flyway(Database database) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(database.migrations())
            .locations(locations.toArray(new String[0]))
            .table(HISTORY)
            .placeholders(database.placeholders())
            .loggers(QuietFlyway.class.getName());
    if (database.schema() != null) {
      // Flyway makes the schema when it is missing.
      configuration.defaultSchema(database.schema());
    }
    return configuration.load();
  }

  /// The versions applied with success, in their order.
  private static List<String> present(Database database) throws SQLException {
    try (Connection connection = database.migrations().getConnection()) {
      List<String> tables = tables(connection);
      if (!tables.contains(HISTORY)) {
        if (!tables.isEmpty()) {
          throw new StorageException(new StorageProblem.ForeignTables(database.place()));
        }
        return List.of();
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT version FROM "
                      + HISTORY
                      + " WHERE success AND version IS NOT NULL ORDER BY installed_rank")) {
        List<String> versions = new ArrayList<>();
        while (rows.next()) {
          versions.add(rows.getString(1));
        }
        return versions;
      }
    }
  }

  static List<String> tables(Connection connection) throws SQLException {
    if (connection.getSchema() == null
        && connection.getMetaData().supportsSchemasInDataManipulation()) {
      // The schema that the address names does not exist yet.
      return List.of();
    }
    try (ResultSet rows =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(), connection.getSchema(), null, new String[] {"TABLE"})) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString("TABLE_NAME"));
      }
      return names;
    }
  }

  /// The innermost cause says what the database said; Flyway's own message is a page of text.
  private static String detail(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
