package dev.forebay.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// A text file, and how it looked when it was last read. *Guarded by its owner.*
///
/// A change is noticed by the file's time, size and identity, so that both an editor that writes in
/// place and a mounted volume that swaps a link are seen. A change counts once it has stood still
/// from one look to the next: a file that is being written is never read half-way.
final class WatchedFile {
  private static final long LARGEST = 4 << 20;

  private final Path path;
  private final String kind;
  private final String otherwise;

  private @Nullable Stamp read;
  private @Nullable Stamp seen;

  private record Stamp(@Nullable FileTime modified, long size, @Nullable Object identity) {
    static final Stamp MISSING = new Stamp(null, -1, null);
  }

  /// What came of reading it.
  sealed interface Text {
    record Whole(String text) implements Text {}

    record Unreadable(String why) implements Text {}
  }

  /// @param kind what it is, for messages
  /// @param otherwise what to do when it is not there, for messages
  WatchedFile(Path path, String kind, String otherwise) {
    this.path = path;
    this.kind = kind;
    this.otherwise = otherwise;
  }

  Path path() {
    return path;
  }

  /// Reads the file as it is now.
  Text read() {
    read = stamp();
    seen = read;
    return text();
  }

  /// Whether the file differs from what was last read, and did so already at the last look.
  boolean changed() {
    Stamp now = stamp();
    boolean settled = now.equals(seen);
    seen = now;
    return settled && !now.equals(read);
  }

  private Stamp stamp() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return Stamp.MISSING;
    }
  }

  private Text text() {
    try {
      if (Files.isDirectory(path)) {
        return new Text.Unreadable("is a directory; name the file in it");
      }
      long size = Files.size(path);
      if (size > LARGEST) {
        return new Text.Unreadable(
            "has " + size + " bytes; a " + kind + " may have " + LARGEST + " at most");
      }
      return new Text.Whole(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
              .toString());
    } catch (NoSuchFileException e) {
      return new Text.Unreadable("there is no such file; " + otherwise);
    } catch (AccessDeniedException e) {
      return new Text.Unreadable("this user may not read it; change its permissions");
    } catch (CharacterCodingException e) {
      return new Text.Unreadable("is not UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      return new Text.Unreadable("can not be read: " + e.getMessage());
    }
  }
}
