package dev.forebay.storage.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/// The driver's native library. Thread-safe.
///
/// Left alone, the driver starts a process to learn where it is, unpacks the library, compares the
/// copy byte by byte and leaves it behind when the process is killed: a tenth of the time of a
/// start. On the usual Linux machines the library is unpacked here instead; the file is gone before
/// the first connection.
final class SqliteLibrary {

  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private static boolean tried;
  private static @Nullable Exception failure;

  private SqliteLibrary() {}

  /// Loads the library, once: the driver would fail with an error the second time.
  ///
  /// @throws Exception what the driver threw the first time
  static synchronized void load() throws Exception {
    if (!tried) {
      tried = true;
      try {
        initialize();
      } catch (Exception e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void initialize() throws Exception {
    Path unpacked = System.getProperty(PATH) == null ? unpack() : null;
    try {
      SQLiteJDBCLoader.initialize();
    } finally {
      if (unpacked != null) {
        System.clearProperty(PATH);
        System.clearProperty(NAME);
        Files.deleteIfExists(unpacked);
      }
    }
  }

  /// Null where the driver has to find out by itself.
  private static @Nullable Path unpack() {
    String resource = resource();
    if (resource == null) {
      return null;
    }
    Path file = null;
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      String directory =
          System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir", "."));
      file = Files.createTempFile(Path.of(directory), "forebay-sqlite", ".so");
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      System.setProperty(PATH, directory);
      System.setProperty(NAME, Path.of(directory).relativize(file).toString());
      return file;
    } catch (IOException e) {
      // The driver meets the same and says so.
      return file;
    }
  }

  private static @Nullable String resource() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux") || otherLibc()) {
      return null;
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> "/org/sqlite/native/Linux/x86_64/libsqlitejdbc.so";
      case "aarch64" -> "/org/sqlite/native/Linux/aarch64/libsqlitejdbc.so";
      default -> null;
    };
  }

  /// musl, or Android's.
  private static boolean otherLibc() {
    return Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
        || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"))
        || Files.exists(Path.of("/system/bin"));
  }
}
