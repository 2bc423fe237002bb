package dev.forebay.app.cli;

import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Terminal;
import dev.forebay.control.yaml.Problem;
import java.util.List;

/// The few forms in which commands speak to people.
final class Say {
  private Say() {}

  /// What went wrong, in one paragraph.
  static void error(Terminal terminal, String message) {
    terminal.err().println(terminal.style().paint(Ink.RED, "error:") + " " + message);
    terminal.err().flush();
  }

  /// What wants attention.
  static void warning(Terminal terminal, String message) {
    terminal.err().println(terminal.style().paint(Ink.YELLOW, "warning:") + " " + message);
    terminal.err().flush();
  }

  /// What is good to know.
  static void note(Terminal terminal, String message) {
    terminal.err().println(terminal.style().dim("note:") + " " + message);
    terminal.err().flush();
  }

  /// Everything that is wrong with a settings file.
  static void problems(Terminal terminal, List<Problem> problems) {
    for (Problem problem : problems) {
      String place = problem.line() > 0 ? problem.file() + ":" + problem.line() : problem.file();
      terminal.err().println(terminal.style().bold(place + ":") + " " + problem.message());
    }
    error(
        terminal,
        problems.size() == 1
            ? "1 problem in the settings"
            : problems.size() + " problems in the settings");
  }
}
