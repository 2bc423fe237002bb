package dev.forebay.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// Files that nobody but this user may read, written whole or not at all.
///
/// Where the file system knows no POSIX permissions, the directory's own rules apply.
public final class PrivateFiles {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /// Creates the directory and its missing parents with mode 0700; what exists stays as it is.
  public static void createDirectories(Path directory) throws IOException {
    // createDirectories refuses a symbolic link to a directory, which is a usual way to move data.
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, attributes(directory, OWNER_ONLY_DIRECTORY));
    }
  }

  /// Creates an empty file of mode 0600, or takes the permissions of others away from an existing
  /// one.
  public static void createOrRestrict(Path file) throws IOException {
    try {
      Files.createFile(file, attributes(file, OWNER_ONLY));
    } catch (FileAlreadyExistsException exists) {
      if (readableByOthers(file)) {
        Files.setPosixFilePermissions(file, OWNER_ONLY);
      }
    }
  }

  /// Whether somebody else may read or write the file.
  public static boolean readableByOthers(Path file) throws IOException {
    return posix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
  }

  /// Creates the file with this content; false, and nothing changes, when it exists already. A
  /// crash leaves either no file or the whole one.
  public static boolean create(Path file, byte[] content) throws IOException {
    Path temporary = temporary(file, content);
    try {
      linkOrMove(temporary, file);
    } catch (FileAlreadyExistsException exists) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncDirectory(file);
    return true;
  }

  /// Replaces the file's content. A crash leaves either the old content or the new one.
  public static void replace(Path file, byte[] content) throws IOException {
    Path temporary = temporary(file, content);
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncDirectory(file);
  }

  private static Path temporary(Path file, byte[] content) throws IOException {
    Path temporary =
        Files.createTempFile(
            directory(file), "." + file.getFileName(), ".tmp", attributes(file, OWNER_ONLY));
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    return temporary;
  }

  /// A link fails when the name is taken, at the same instant in which it takes it; a move would
  /// replace silently what another process has just written.
  private static void linkOrMove(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException exists) {
      throw exists;
    } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
      Files.move(temporary, file);
    }
  }

  private static void syncDirectory(Path file) throws IOException {
    if (posix(file)) {
      try (FileChannel directory = FileChannel.open(directory(file), StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  /// The directory that holds the file.
  static Path directory(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return posix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
