package dev.forebay.app.terminal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The desktop around a terminal, if there is one. *Immutable.*
///
/// @param opener what opens a link; empty where nobody sits in front of a screen
public record Desktop(List<String> opener) {

  /// Copies the list.
  public Desktop {
    opener = List.copyOf(opener);
  }

  /// What the terminal is in.
  public static Desktop of(Terminal terminal) {
    return terminal.interactive()
        ? of(System.getProperty("os.name", ""), terminal::variable)
        : new Desktop(List.of());
  }

  /// Reads a variable of the environment.
  @FunctionalInterface
  interface Environment {
    @Nullable String get(String name);
  }

  static Desktop of(String system, Environment environment) {
    String name = system.toLowerCase(Locale.ROOT);
    boolean remote = isSet(environment.get("SSH_CONNECTION"));
    if (remote) {
      return new Desktop(List.of());
    }
    if (name.startsWith("mac")) {
      return new Desktop(List.of("open"));
    }
    if (name.startsWith("windows")) {
      return new Desktop(List.of("rundll32", "url.dll,FileProtocolHandler"));
    }
    boolean screen = isSet(environment.get("DISPLAY")) || isSet(environment.get("WAYLAND_DISPLAY"));
    return new Desktop(screen ? List.of("xdg-open") : List.of());
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  /// Tries to open a link; when it does not work, nothing happens.
  public void open(String link) {
    if (opener.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(opener);
    command.add(link);
    try {
      new ProcessBuilder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException nothingToOpenItWith) {
      // The link is on the screen as well.
      return;
    }
  }
}
