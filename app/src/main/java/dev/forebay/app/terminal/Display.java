package dev.forebay.app.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/// Puts pages on a terminal: in place where a person looks, one after the other where not.
/// *Confined to one thread.*
public sealed interface Display extends AutoCloseable {

  /// How often a page is worth drawing.
  Duration interval();

  /// How wide a page may be now.
  int width();

  /// How many lines of a page are seen.
  int height();

  /// Shows a page.
  void show(List<String> lines);

  /// Gives the terminal back.
  @Override
  void close();

  /// The display that suits the terminal.
  static Display on(Terminal terminal) {
    return terminal.interactive() ? new InPlace(terminal) : new Rolling(terminal.out());
  }

  /// Redraws the same page, on the terminal's second screen so that the first one stays as it was.
  final class InPlace implements Display {
    // The second screen, no cursor, no wrapping of lines that a narrow window can not hold.
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J";
    private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    // Terminals that know it show the page only when it is complete; others ignore it.
    private static final String BEGIN = "\u001b[?2026h\u001b[H";
    private static final String END = "\u001b[J\u001b[?2026l";
    private static final String END_OF_LINE = "\u001b[K";

    private final Terminal terminal;

    InPlace(Terminal terminal) {
      this.terminal = terminal;
      terminal.out().print(ENTER);
      terminal.out().flush();
    }

    @Override
    public Duration interval() {
      return Duration.ofMillis(250);
    }

    @Override
    public int width() {
      return terminal.window().size().columns();
    }

    @Override
    public int height() {
      return terminal.window().size().rows();
    }

    @Override
    public void show(List<String> lines) {
      int rows = terminal.window().size().rows();
      StringBuilder page = new StringBuilder(BEGIN);
      for (int i = 0; i < Math.min(lines.size(), rows); i++) {
        page.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(END_OF_LINE);
      }
      terminal.out().print(page.append(END));
      terminal.out().flush();
    }

    @Override
    public void close() {
      terminal.out().print(LEAVE);
      terminal.out().flush();
    }
  }

  /// Prints a page now and then, for logs and pipes.
  final class Rolling implements Display {
    private static final int WIDE = 140;

    private final PrintWriter out;

    Rolling(PrintWriter out) {
      this.out = out;
    }

    @Override
    public Duration interval() {
      return Duration.ofSeconds(5);
    }

    @Override
    public int width() {
      return WIDE;
    }

    @Override
    public int height() {
      return Integer.MAX_VALUE;
    }

    @Override
    public void show(List<String> lines) {
      lines.forEach(out::println);
      out.println();
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
