package dev.forebay.storage.sql;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import dev.forebay.secrets.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The claim of one process on a data directory. It ends with the process, however that ends.
///
/// Two servers on one SQLite file would each keep budgets and cooldowns of their own and overwrite
/// the other's.
final class DirectoryLock implements AutoCloseable {

  private static final String NAME = "forebay.lock";

  /// Beyond the process id in the file, because some systems forbid reading a locked range.
  private static final long LOCKED_POSITION = 1L << 30;

  private static final int LONGEST_PID = 20;

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Claims the directory, which exists and can be written.
  ///
  /// @throws StorageException when another process has it
  static DirectoryLock claim(Path data) throws IOException {
    Path file = data.resolve(NAME);
    PrivateFiles.createOrRestrict(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (lock(channel) == null) {
        throw new StorageException(new StorageProblem.InUse(data, owner(channel)));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
      return new DirectoryLock(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_POSITION, 1, false);
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  private static long owner(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
    channel.read(pid, 0);
    try {
      return Long.parseLong(new String(pid.array(), 0, pid.position(), US_ASCII));
    } catch (NumberFormatException notWrittenYet) {
      return 0;
    }
  }

  /// Gives the directory free. The file stays: deleting it would let two later processes lock two
  /// files.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StorageException(new StorageProblem.Failed(NAME, e.toString()), e);
    }
  }
}
