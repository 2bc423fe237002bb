package dev.forebay.app;

import dev.forebay.app.cli.ForebayCommand;
import dev.forebay.app.cli.Stop;
import dev.forebay.app.terminal.Terminal;

/// The entry point of the process.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new ForebayCommand(Terminal.ofProcess(), new Stop()).run(arguments));
  }
}
