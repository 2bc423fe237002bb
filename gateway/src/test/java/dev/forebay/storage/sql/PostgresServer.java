package dev.forebay.storage.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL server for all tests of a run; each test gets a schema of its own. Thread-safe.
final class PostgresServer {

  private static final AtomicInteger schemas = new AtomicInteger();

  private PostgresServer() {}

  /// Starts at the first use, and ends with the process.
  private static final class Running {

    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The address of a schema that does not exist yet.
  static String newAddress() {
    return Running.SERVER.getJdbcUrl("postgres", "postgres")
        + "&currentSchema=test_"
        + schemas.incrementAndGet();
  }
}
