package dev.forebay.app.cli;

import dev.forebay.app.terminal.Terminal;
import dev.forebay.control.Config;
import dev.forebay.control.ConfigReader;
import dev.forebay.control.ConfigReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a gateway on this machine keeps its data: the directory given, else the one that the
/// settings file names, else `./data`.
final class DataDirectory {
  private static final Path USUAL = Path.of("data");

  private DataDirectory() {}

  static Path find(@Nullable Path given, Terminal terminal) {
    if (given != null) {
      return given;
    }
    Path settings = ConfigSource.find(null, terminal);
    if (settings == null) {
      return USUAL;
    }
    try {
      // The shell of a command need not have the secrets that the settings take from theirs.
      Reading reading =
          ConfigReader.read(
              settings.toString(),
              Files.readString(settings),
              name -> {
                String value = terminal.environment().apply(name);
                return value == null ? "unknown-here" : value;
              });
      return reading instanceof Reading.Good(Config config) ? config.data() : USUAL;
    } catch (IOException unreadable) {
      return USUAL;
    }
  }
}
