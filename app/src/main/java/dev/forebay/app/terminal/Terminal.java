package dev.forebay.app.terminal;

import java.io.Console;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where a command writes, and what it knows of its surroundings. *Thread-safe* as far as its
/// writers are.
///
/// People read `err` (what happens, what is wrong); what `out` gets may be piped on.
///
/// @param raw standard output for machines, such as an access log
/// @param interactive whether a person looks at `out` on a screen
/// @param style how to paint
/// @param environment answers a variable's value, or null
/// @param window how large the screen is now
/// @param input what people and pipes give
public record Terminal(
    OutputStream raw,
    PrintWriter out,
    PrintWriter err,
    boolean interactive,
    Style style,
    Function<String, @Nullable String> environment,
    Window window,
    Input input) {

  /// Asks for the size of the screen.
  @FunctionalInterface
  public interface Window {
    /// The size now.
    Size size();
  }

  /// Columns and rows.
  public record Size(int columns, int rows) {}

  /// The same, painted otherwise.
  public Terminal with(Style other) {
    return new Terminal(raw, out, err, interactive, other, environment, window, input);
  }

  /// The terminal this process was started in.
  public static Terminal ofProcess() {
    Function<String, @Nullable String> environment = System::getenv;
    Console console = System.console();
    boolean interactive = console != null && console.isTerminal();
    Charset charset = charset(environment);
    Style style =
        new Style(colours(environment, interactive), charset.equals(StandardCharsets.UTF_8));
    return new Terminal(
        System.out,
        new PrintWriter(System.out, false, charset),
        new PrintWriter(System.err, true, charset),
        interactive,
        style,
        environment,
        interactive ? WindowSize.system(environment) : () -> WindowSize.USUAL,
        new SystemInput(interactive ? console : null, System.in, charset));
  }

  /// A variable of the environment, or null.
  @Nullable String variable(String name) {
    return environment.apply(name);
  }

  /// `NO_COLOR` and `FORCE_COLOR` decide before the terminal does.
  ///
  /// See https://no-color.org and https://force-color.org.
  static boolean colours(Function<String, @Nullable String> environment, boolean interactive) {
    if (isSet(environment.apply("NO_COLOR"))) {
      return false;
    }
    String force = environment.apply("FORCE_COLOR");
    if (isSet(force)) {
      return !"0".equals(force) && !"false".equals(force);
    }
    return interactive && !"dumb".equals(environment.apply("TERM"));
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  /// The locale's character set by POSIX rules; the JVM's own idea of it depends on the C library.
  static Charset charset(Function<String, @Nullable String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.apply(name);
      if (value != null && !value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8")
            ? StandardCharsets.UTF_8
            : StandardCharsets.US_ASCII;
      }
    }
    // No locale at all is how containers start; what reads their output is almost always UTF-8.
    return StandardCharsets.UTF_8;
  }
}
