package dev.forebay.telemetry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that is appended to and put aside when it has grown large: `access.log` becomes
/// `access.log.1`, that one `access.log.2`, and the oldest goes. Used by one thread.
///
/// Somebody else may rename or remove the file (logrotate): the next write notices and begins a new
/// one. After a failure the next write opens the file again.
final class LogFile implements LogOutput {

  private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

  private final Path path;
  private final long maxBytes;
  private final int kept;
  private @Nullable FileChannel channel;
  private @Nullable Object key;
  private long size;

  /// @param maxBytes a write that would make the file larger begins a new one
  /// @param kept how many older files stay
  LogFile(Path path, long maxBytes, int kept) {
    this.path = path.toAbsolutePath();
    this.maxBytes = maxBytes;
    this.kept = kept;
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    try {
      FileChannel open = current(length);
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      while (buffer.hasRemaining()) {
        open.write(buffer);
      }
      size += length;
    } catch (IOException failed) {
      forget();
      throw failed;
    }
  }

  /// Takes back what a full disk let in of the last write, so that no line begins in another's
  /// middle.
  private void forget() {
    try {
      if (channel != null) {
        channel.truncate(size);
      }
      close();
    } catch (IOException alsoFailed) {
      LOG.debug("{} could not be closed in order", path, alsoFailed);
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  private FileChannel current(int length) throws IOException {
    if (channel != null && !Objects.equals(key, keyOnDisk())) {
      close();
    }
    FileChannel open = channel == null ? open() : channel;
    if (size > 0 && size + length > maxBytes) {
      close();
      putAside();
      open = open();
    }
    return open;
  }

  private FileChannel open() throws IOException {
    Path directory = path.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    FileChannel opened =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    channel = opened;
    size = opened.size();
    key = keyOnDisk();
    return opened;
  }

  private @Nullable Object keyOnDisk() throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  private void putAside() throws IOException {
    if (kept == 0) {
      Files.deleteIfExists(path);
      return;
    }
    for (int number = kept - 1; number >= 1; number--) {
      Path older = numbered(number);
      if (Files.exists(older)) {
        Files.move(older, numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(path, numbered(1), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }
}
