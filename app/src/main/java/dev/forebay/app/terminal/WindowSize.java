package dev.forebay.app.terminal;

import dev.forebay.app.terminal.Terminal.Size;
import dev.forebay.app.terminal.Terminal.Window;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks the operating system how large the terminal is: `ioctl(1, TIOCGWINSZ, …)`.
///
/// Asking again is cheap, so nobody has to listen for a resize. Where the call is not to be had,
/// the variables `COLUMNS` and `LINES` or a usual size stand in. *Thread-safe.*
final class WindowSize implements Window {
  static final Size USUAL = new Size(100, 30);

  private static final int STANDARD_OUTPUT = 1;
  private static final long LINUX = 0x5413;
  private static final long MAC_OS = 0x40087468;

  private final MethodHandle ioctl;
  private final long request;
  private final Size otherwise;

  private WindowSize(MethodHandle ioctl, long request, Size otherwise) {
    this.ioctl = ioctl;
    this.request = request;
    this.otherwise = otherwise;
  }

  // Calling into the C library is what this class is for.
  @SuppressWarnings("restricted")
  static Window system(Function<String, @Nullable String> environment) {
    Size otherwise =
        new Size(
            number(environment.apply("COLUMNS"), USUAL.columns()),
            number(environment.apply("LINES"), USUAL.rows()));
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (!system.contains("linux") && !system.contains("mac")) {
      return () -> otherwise;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle ioctl =
          linker.downcallHandle(
              linker.defaultLookup().find("ioctl").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              // ioctl(int, unsigned long, ...): some platforms pass variable arguments differently.
              Linker.Option.firstVariadicArg(2));
      return new WindowSize(ioctl, system.contains("linux") ? LINUX : MAC_OS, otherwise);
    } catch (RuntimeException e) {
      return () -> otherwise;
    }
  }

  private static int number(@Nullable String text, int otherwise) {
    try {
      return text == null ? otherwise : Math.max(20, Integer.parseInt(text.trim()));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  @Override
  public Size size() {
    try (Arena arena = Arena.ofConfined()) {
      // struct winsize { unsigned short rows, columns, widthPixels, heightPixels; }
      MemorySegment window = arena.allocate(8);
      int result = (int) ioctl.invokeExact(STANDARD_OUTPUT, request, window);
      int rows = Short.toUnsignedInt(window.get(ValueLayout.JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(window.get(ValueLayout.JAVA_SHORT, 2));
      return result == 0 && columns > 0 && rows > 0 ? new Size(columns, rows) : otherwise;
    } catch (Throwable e) {
      return otherwise;
    }
  }
}
