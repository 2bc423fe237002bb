package dev.forebay.app.cli;

import dev.forebay.app.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which settings file holds: the one given, else `./forebay.yaml`, else the one `FOREBAY_CONFIG`
/// names.
final class ConfigSource {
  static final String FILE = "forebay.yaml";
  static final String VARIABLE = "FOREBAY_CONFIG";

  private ConfigSource() {}

  /// The file to read, or null when the defaults alone hold.
  static @Nullable Path find(@Nullable Path given, Terminal terminal) {
    if (given != null) {
      return given;
    }
    if (Files.exists(Path.of(FILE))) {
      return Path.of(FILE);
    }
    String named = terminal.environment().apply(VARIABLE);
    return named == null || named.isBlank() ? null : Path.of(named);
  }
}
