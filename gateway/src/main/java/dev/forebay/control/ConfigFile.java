package dev.forebay.control;

import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.control.yaml.Problem;
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
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The settings file on disk, and how it looked when it was last read. *Thread-safe.*
///
/// A change is noticed by the file's time, size and identity, so that both an editor that writes in
/// place and a mounted volume that swaps a link are seen. A change counts once it has stood still
/// from one look to the next: a file that is being written is never read half-way.
public final class ConfigFile {
  private static final long LARGEST = 4 << 20;

  private final @Nullable Path path;
  private final Function<String, @Nullable String> environment;
  private final UnaryOperator<Config> overrides;

  // guarded by this
  private @Nullable Stamp read;
  private @Nullable Stamp seen;

  private record Stamp(@Nullable FileTime modified, long size, @Nullable Object identity) {
    static final Stamp MISSING = new Stamp(null, -1, null);
  }

  /// Reads the file at `path`, or defaults alone when it is null.
  ///
  /// @param environment answers a variable's value, or null
  /// @param overrides what the command line says, applied to every reading
  public ConfigFile(
      @Nullable Path path,
      Function<String, @Nullable String> environment,
      UnaryOperator<Config> overrides) {
    this.path = path;
    this.environment = environment;
    this.overrides = overrides;
  }

  /// The file's name as it was given, or null when there is none.
  public @Nullable Path path() {
    return path;
  }

  /// Reads the file as it is now.
  public synchronized Reading read() {
    if (path == null) {
      return new Reading.Good(overrides.apply(ConfigReader.defaults()));
    }
    read = stamp(path);
    seen = read;
    return switch (readText(path)) {
      case Text.Whole(String text) ->
          switch (ConfigReader.read(path.toString(), text, environment)) {
            case Reading.Good(Config config) -> new Reading.Good(overrides.apply(config));
            case Reading.Broken broken -> broken;
          };
      case Text.Unreadable(String why) ->
          new Reading.Broken(List.of(new Problem(path.toString(), 0, why)));
    };
  }

  /// Whether the file differs from what was last read, and did so already at the last look.
  public synchronized boolean changed() {
    if (path == null) {
      return false;
    }
    Stamp now = stamp(path);
    boolean settled = now.equals(seen);
    seen = now;
    return settled && !now.equals(read);
  }

  private static Stamp stamp(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return Stamp.MISSING;
    }
  }

  private sealed interface Text {
    record Whole(String text) implements Text {}

    record Unreadable(String why) implements Text {}
  }

  private static Text readText(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return new Text.Unreadable("is a directory; name the file in it");
      }
      long size = Files.size(path);
      if (size > LARGEST) {
        return new Text.Unreadable(
            "has " + size + " bytes; a settings file may have " + LARGEST + " at most");
      }
      return new Text.Whole(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
              .toString());
    } catch (NoSuchFileException e) {
      return new Text.Unreadable("there is no such file; name another with --config");
    } catch (AccessDeniedException e) {
      return new Text.Unreadable("this user may not read it; change its permissions");
    } catch (CharacterCodingException e) {
      return new Text.Unreadable("is not UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      return new Text.Unreadable("can not be read: " + e.getMessage());
    }
  }
}
