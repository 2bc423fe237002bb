package dev.forebay.storage.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL by its JDBC address. Several nodes may use one database.
final class PostgresDatabase {

  /// What every address begins with.
  static final String PREFIX = "jdbc:postgresql:";

  private static final int CONNECTIONS = 5;

  private static final int CONNECT_SECONDS = 5;

  /// A statement that gets no answer for this long has lost its server.
  private static final int SOCKET_SECONDS = 30;

  /// Text is compared by its bytes, as SQLite does it, and not by the rules of a language.
  private static final Map<String, String> PLACEHOLDERS =
      Map.of("text", "TEXT COLLATE \"C\"", "long", "BIGINT", "bytes", "BYTEA", "options", "");

  private PostgresDatabase() {}

  /// Connects.
  ///
  /// @throws StorageException when the address is wrong or the server does not let us in
  static Database open(String address) {
    PGSimpleDataSource migrations = source(address);
    String place = place(address);
    PGSimpleDataSource source = source(address);
    if (source.getSocketTimeout() == 0) {
      source.setSocketTimeout(SOCKET_SECONDS);
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("forebay-postgresql");
    config.setDataSource(source);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_SECONDS * 1000L);
    config.setInitializationFailTimeout(-1);
    HikariDataSource pool = new HikariDataSource(config);
    Jdbi jdbi = NamedParameters.over(pool);
    return new Database(
        place,
        jdbi,
        jdbi,
        migrations,
        schema(migrations),
        PLACEHOLDERS,
        failure -> problem(place, failure),
        List.of(pool::close));
  }

  /// The first schema of the search path that the address names, if it does.
  private static @Nullable String schema(PGSimpleDataSource source) {
    String path = source.getCurrentSchema();
    return path == null || path.isBlank() ? null : path.split(",", 2)[0].trim();
  }

  private static PGSimpleDataSource source(String address) {
    if (!address.startsWith(PREFIX)) {
      throw new StorageException(new StorageProblem.BadAddress(place(address), "is not supported"));
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setURL(address);
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          new StorageProblem.BadAddress(place(address), "cannot be read"), e);
    }
    if (source.getApplicationName() == null) {
      source.setApplicationName("forebay");
    }
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    return source;
  }

  /// The address without what may be a password: everything before an `@` and after a `?`.
  static String place(String address) {
    int query = address.indexOf('?');
    String shown = query < 0 ? address : address.substring(0, query);
    int credentials = shown.lastIndexOf('@');
    int authority = shown.indexOf("//");
    return credentials < 0 || authority < 0 || credentials < authority
        ? shown
        : shown.substring(0, authority + 2) + shown.substring(credentials + 1);
  }

  private static @Nullable StorageProblem problem(String place, Throwable failure) {
    SQLException last = null;
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql && (last == null || sql.getSQLState() != null)) {
        last = sql;
      }
    }
    return last == null ? null : problem(place, last);
  }

  // https://www.postgresql.org/docs/current/errcodes-appendix.html; two characters name the class.
  private static StorageProblem problem(String place, SQLException e) {
    String detail = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String state = e.getSQLState() == null ? "08000" : e.getSQLState();
    if (state.equals("53100")) {
      return new StorageProblem.Full(place);
    }
    return switch (state.substring(0, 2)) {
      case "08", "28", "3D", "53", "57" -> new StorageProblem.Unreachable(place, detail);
      case "40", "55" -> new StorageProblem.Busy(place);
      case "22", "23" -> new StorageProblem.ValuesRefused(place, detail);
      default -> new StorageProblem.Failed(place, detail);
    };
  }
}
