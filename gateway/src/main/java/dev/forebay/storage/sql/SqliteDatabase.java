package dev.forebay.storage.sql;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import dev.forebay.secrets.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/// SQLite in the data directory: one file in WAL mode, one connection that writes, a few that read.
///
/// Every commit is on the disk when it returns (`synchronous=FULL`): commits are one or two a
/// second, off the data path, and so a power failure loses no more than a `kill -9`.
final class SqliteDatabase {

  /// The database's name in the data directory.
  static final String FILE = "forebay.db";

  private static final byte[] HEADER = "SQLite format 3\0".getBytes(US_ASCII);

  /// How long a statement waits for a tool that has the file open.
  private static final Duration BUSY = Duration.ofSeconds(2);

  /// How long a caller waits for its turn to write.
  private static final Duration CONNECTION = Duration.ofSeconds(5);

  /// A WAL that one long reader let grow is cut back to this many bytes.
  private static final int JOURNAL_LIMIT = 64 << 20;

  /// Requests of the control plane that read at the same time.
  private static final int READERS = 3;

  /// Less than this, and a file system counts as full.
  private static final long LEAST_FREE_BYTES = 64 << 10;

  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "text", "TEXT",
          "long", "INTEGER",
          "bytes", "BLOB",
          "options", "STRICT, WITHOUT ROWID");

  private SqliteDatabase() {}

  /// Claims the directory and opens its database, which is made when missing.
  ///
  /// @throws StorageException when that cannot be done
  static Database open(Path data) {
    Path file = data.resolve(FILE);
    DirectoryLock lock = null;
    try {
      requireLibrary();
      requireWritable(data);
      lock = DirectoryLock.claim(data);
      requireDatabase(file);
      return open(file, lock);
    } catch (IOException e) {
      release(lock);
      throw new StorageException(problem(data, e), e);
    } catch (StorageException e) {
      release(lock);
      throw e;
    }
  }

  /// Uses every library once, on a database in memory: most of the time of a first use goes into
  /// that.
  static void prepare() {
    try {
      SqliteLibrary.load();
      SQLiteDataSource source = new SQLiteDataSource(config());
      source.setUrl("jdbc:sqlite::memory:");
      try (HikariDataSource pool = pool("forebay-sqlite-prepared", source, 1)) {
        NamedParameters.over(pool)
            .inTransaction(handle ->
                handle
                    .createQuery("SELECT :one WHERE :one = 1")
                    .bind("one", 1)
                    .map((row, context) -> row.getLong(1))
                    .list());
      }
    } catch (Exception later) {
      // Whoever opens the database hears of it.
    }
  }

  private static void release(@Nullable DirectoryLock lock) {
    if (lock != null) {
      lock.close();
    }
  }

  private static void requireLibrary() {
    try {
      SqliteLibrary.load();
    } catch (Exception e) {
      String directory =
          System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir", "."));
      throw new StorageException(new StorageProblem.NoLibrary(directory), e);
    }
  }

  private static void requireWritable(Path data) throws IOException {
    PrivateFiles.createDirectories(data);
    if (!Files.isWritable(data)) {
      throw new StorageException(new StorageProblem.NotWritable(data, "it is read-only"));
    }
  }

  private static void requireDatabase(Path file) throws IOException {
    PrivateFiles.createOrRestrict(file);
    if (!Files.isWritable(file)) {
      // SQLite would open it for reading without a word.
      throw new StorageException(new StorageProblem.NotWritable(file, "it is read-only"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(HEADER.length);
      if (start.length > 0 && !Arrays.equals(start, HEADER)) {
        throw new StorageException(
            new StorageProblem.NotADatabase(file, "it does not begin like one"));
      }
    }
  }

  private static Database open(Path file, DirectoryLock lock) {
    SQLiteDataSource source = new SQLiteDataSource(config());
    source.setUrl("jdbc:sqlite:" + file);
    useWriteAheadLog(file, source);
    HikariDataSource writer = pool("forebay-sqlite-writer", source, 1);
    HikariDataSource readers = pool("forebay-sqlite-readers", source, READERS);
    return new Database(
        file.toString(),
        NamedParameters.over(readers),
        NamedParameters.over(writer),
        source,
        null,
        PLACEHOLDERS,
        failure -> problem(file, failure),
        List.of(readers::close, writer::close, lock::close));
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(JOURNAL_LIMIT);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout((int) BUSY.toMillis());
    config.enforceForeignKeys(true);
    return config;
  }

  /// Turns a new file to its WAL mode before there is a second connection: of several that would do
  /// so at once, SQLite refuses all but one, and lets none of them wait.
  private static void useWriteAheadLog(Path file, DataSource source) {
    try (Connection _ = source.getConnection()) {
      // Opening sets the mode.
    } catch (SQLException e) {
      StorageProblem problem = problem(file, e);
      throw new StorageException(
          problem == null ? new StorageProblem.Failed(file.toString(), detail(e)) : problem, e);
    }
  }

  private static String detail(SQLException e) {
    return String.valueOf(e.getMessage());
  }

  private static HikariDataSource pool(String name, DataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(CONNECTION.toMillis());
    // Opening is tried when the first connection is asked for, where its failure can be told.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private static StorageProblem problem(Path data, IOException e) {
    return full(data)
        ? new StorageProblem.Full(data.toString())
        : new StorageProblem.NotWritable(data, detail(e));
  }

  private static String detail(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it is a file";
      case FileSystemException known when known.getReason() != null -> known.getReason();
      default -> e.toString();
    };
  }

  private static boolean full(Path path) {
    try {
      FileStore store = Files.getFileStore(path);
      // File systems of the kernel's own have no space at all, and are not full.
      return store.getTotalSpace() > 0 && store.getUsableSpace() < LEAST_FREE_BYTES;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static @Nullable StorageProblem problem(Path file, Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLiteException known) {
        return problem(file, known);
      }
    }
    return null;
  }

  // https://sqlite.org/rescode.html; the low byte is the primary code.
  private static StorageProblem problem(Path file, SQLiteException e) {
    String place = file.toString();
    String detail = String.valueOf(e.getMessage());
    return switch (e.getResultCode().code & 0xff) {
      case 3, 8, 14, 23 -> new StorageProblem.NotWritable(file, detail);
      case 5, 6 -> new StorageProblem.Busy(place);
      case 13 -> new StorageProblem.Full(place);
      case 10 ->
          full(file) ? new StorageProblem.Full(place) : new StorageProblem.Failed(place, detail);
      case 11, 26 -> new StorageProblem.NotADatabase(file, detail);
      case 18, 19, 20 -> new StorageProblem.ValuesRefused(place, detail);
      default -> new StorageProblem.Failed(place, detail);
    };
  }
}
