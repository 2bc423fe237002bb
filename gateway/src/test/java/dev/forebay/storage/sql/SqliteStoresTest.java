package dev.forebay.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import dev.forebay.control.UsageRow;
import dev.forebay.storage.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqliteStoresTest extends SqlStoreContract {

  @Override
  StorageSpec spec() {
    return StorageSpec.in(data.resolve("deep/data"));
  }

  @Test
  void noFileHoldsASecretInClear() throws IOException {
    stores().keys().put(key("k1", "a", SECRET));
    assertNowhere(SECRET);
    stores().close();
    assertNowhere(SECRET);
  }

  private void assertNowhere(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSizeGreaterThan(2);
      for (Path file : all) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
  }

  @Test
  void nobodyElseCanReadTheData() throws IOException {
    stores().keys().put(key("k1", "a", SECRET));
    assertThat(mode(spec().data())).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(spec().data())) {
      List<Path> all = files.toList();
      assertThat(all)
          .extracting(file -> file.getFileName().toString())
          .contains("forebay.db", "forebay.db-wal", "forebay.lock", "keyset.json");
      for (Path file : all) {
        assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void takesOthersTheirAccessToAnExistingDatabase() throws IOException {
    stores().close();
    Path file = spec().data().resolve(SqliteDatabase.FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    restart();

    assertThat(mode(file)).isEqualTo("rw-------");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aSecondProcessIsToldWhoUsesTheData() {
    StorageProblem problem = refused(SqlStores.open(spec()));

    assertThat(problem).isInstanceOf(StorageProblem.InUse.class);
    assertThat(problem.message())
        .startsWith("another Forebay (pid " + ProcessHandle.current().pid() + ") uses ")
        .contains("deep/data");
  }

  /// Of several connections that would turn a new file to its WAL mode at once, SQLite refuses all
  /// but one.
  @Test
  void aNewFileIsInItsModeBeforeItsPoolsOpen() throws IOException {
    Path fresh = data.resolve("fresh");
    try (Database opened = SqliteDatabase.open(fresh)) {
      byte[] file = Files.readAllBytes(fresh.resolve(SqliteDatabase.FILE));
      // https://sqlite.org/fileformat.html: the versions for writing and reading; 2 is WAL.
      assertThat(file).hasSizeGreaterThan(19);
      assertThat(Arrays.copyOfRange(file, 18, 20)).containsExactly(2, 2);
      assertThat(opened.place()).endsWith(SqliteDatabase.FILE);
    }
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    stores().close();
    Files.writeString(spec().data().resolve(SqliteDatabase.FILE), "Dear diary, today I");

    StorageProblem problem = refused(SqlStores.open(spec()));

    assertThat(problem).isInstanceOf(StorageProblem.NotADatabase.class);
    assertThat(problem.message()).contains("forebay.db").contains("restore it from a backup");
    Files.delete(spec().data().resolve(SqliteDatabase.FILE));
    open();
  }

  @Test
  void refusesADamagedDatabase() throws IOException {
    stores().close();
    Path file = spec().data().resolve(SqliteDatabase.FILE);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, bytes.length, (byte) 7);
    Files.write(file, bytes);

    assertThat(refused(SqlStores.open(spec()))).isInstanceOf(StorageProblem.NotADatabase.class);
    Files.delete(file);
    open();
  }

  @Test
  void refusesADirectoryThatIsAFile() throws IOException {
    Path file = Files.writeString(data.resolve("file"), "x");

    StorageProblem problem = refused(SqlStores.open(StorageSpec.in(file)));

    assertThat(problem).isInstanceOf(StorageProblem.NotWritable.class);
    assertThat(problem.message()).contains(file.toString()).contains("`data:`");
  }

  @Test
  void refusesADirectoryThatCannotBeWritten() throws IOException {
    Path readOnly = Files.createDirectory(data.resolve("read-only"));
    Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
    // Nothing is read-only to root, but for a file system of the kernel's own.
    Path place = Files.isWritable(readOnly) ? Path.of("/proc") : readOnly;

    StorageProblem problem = refused(SqlStores.open(StorageSpec.in(place)));
    StorageProblem below = refused(SqlStores.open(StorageSpec.in(place.resolve("data"))));

    assertThat(problem).isInstanceOf(StorageProblem.NotWritable.class);
    assertThat(problem.message()).contains(place.toString());
    assertThat(below).isInstanceOf(StorageProblem.NotWritable.class);
  }

  @Test
  void aFullDiskLosesNothingAndPasses() {
    List<UsageRow> many = Rows.rows(0, 10_000);
    long pages =
        database().write(handle -> handle.select("PRAGMA page_count").mapTo(long.class).one());
    limitPages(pages + 2);

    assertThatThrownBy(() -> stores().usage().append(many))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.problem()).isInstanceOf(StorageProblem.Full.class);
              assertThat(e.problem().passing()).isTrue();
              assertThat(e.getMessage()).contains("no space left").contains("by itself");
            });
    assertThat(stores().usage().rows(HOME, 1, 0)).isEmpty();

    limitPages(1_000_000);
    stores().usage().append(many);
    assertThat(stores().usage().rows(HOME, 20_000, 0)).hasSize(10_000);
  }

  /// The limit is of the one connection that writes.
  private void limitPages(long pages) {
    database()
        .write(handle -> handle.select("PRAGMA max_page_count = " + pages).mapTo(long.class).one());
  }

  private Database database() {
    return ((SqlStores) stores()).database();
  }

  @Test
  void everyCommitIsOnTheDiskAndReadersDoNotWait() {
    assertThat(pragma("journal_mode")).isEqualTo("wal");
    assertThat(pragma("synchronous")).isEqualTo("2");
    assertThat(pragma("foreign_keys")).isEqualTo("1");
    long during =
        database()
            .write(handle -> {
              handle.execute("INSERT INTO setting VALUES ('default', 'a', 'b')");
              return (long) stores().settings().settings(HOME).size();
            });
    assertThat(during).isZero();
  }

  private String pragma(String name) {
    return database().write(handle -> handle.select("PRAGMA " + name).mapTo(String.class).one());
  }
}
